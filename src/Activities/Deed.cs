using Relief.Flow.Workflows;

namespace Relief.Flow.Activities;

/// <summary>Who does something, when, and under which key: a repeat with the same key does nothing and gets the first answer.</summary>
/// <param name="By">The user, or <c>system</c>.</param>
/// <param name="At">The business time of the deed.</param>
/// <param name="Key">The idempotency key, the same on every retry.</param>
public sealed record Deed(string By, DateTimeOffset At, string Key)
{
    /// <summary>What an activity does on its own account, under the key of its run.</summary>
    public static Deed Of(ActivityContext context) => new("system", context.Now, context.Key.ToString("N"));

    /// <summary>What a person decided on the task of a waiting activity; each of its wake-ups has a key of its own.</summary>
    public static Deed Of(ActivityContext context, Wakeup wakeup, string by) => new(by, context.Now, context.KeyFor(wakeup.Bookmark).ToString("N"));

    /// <summary>An identifier for a row made at this time; identifiers sort by the time they were made.</summary>
    public string NewId() => Guid.CreateVersion7(At).ToString("N");

    /// <summary>The same deed under a key of its own, for one of several steps.</summary>
    public Deed Step(string name) => this with { Key = $"{Key}/{name}" };
}
