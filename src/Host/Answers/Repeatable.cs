namespace Relief.Flow.Host.Answers;

/// <summary>How a route honours <c>Idempotency-Key</c>.</summary>
public sealed record Repeatable(bool InStatement, bool IsHonoured = true)
{
    /// <summary>The first answer is kept beside the deed, and given again. The deed itself must bear to be repeated after a crash between the two.</summary>
    public static readonly Repeatable Kept = new(InStatement: false);

    /// <summary>The deed's own statement keeps the answer: a start.</summary>
    public static readonly Repeatable Stated = new(InStatement: true);

    /// <summary>The answer holds a secret and is never kept.</summary>
    public static readonly Repeatable Never = new(InStatement: false, IsHonoured: false);
}
