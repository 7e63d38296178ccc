using System.Text.Json;

namespace Relief.Flow.Workflows;

/// <summary>What the author of an activity derives from: one class, typed inputs and outputs, named outcomes.</summary>
/// <remarks>
/// The object is new for each call of <see cref="Start"/> or <see cref="Resume"/>; its inputs are bound before the call and its
/// outputs are read after it. Nothing it decides is visible before the burst has committed (I3), and after a crash the call is
/// made again (I4). What leaves the house is therefore returned as a <see cref="Message"/>, never sent from here.
/// </remarks>
public abstract class Activity
{
    /// <summary>The outcome of an activity that names no other.</summary>
    public const string Done = nameof(Done);

    /// <summary>Called when the activity is entered.</summary>
    protected internal abstract Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken);

    /// <summary>Called when one of the activity's bookmarks has been consumed.</summary>
    /// <remarks>Its other bookmarks still stand: they are dropped when this returns a completion and stay when it returns <see cref="KeepWaiting"/>.</remarks>
    protected internal virtual Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken) =>
        Fault("activity.cannotResume", $"{GetType().Name} has no wait to be woken from.");

    /// <summary>Ends the activity by one of its declared outcomes.</summary>
    protected static Task<ActivityResult> Complete(string outcome = Done, params Message[] send) =>
        Task.FromResult<ActivityResult>(new Completed(outcome) { Send = [.. send] });

    /// <summary>Waits for a stimulus with the key <paramref name="for"/>, or until a moment, whichever comes first; sends a message with the wait.</summary>
    protected static Task<ActivityResult> Wait(string? @for = null, DateTimeOffset? until = null, params Message[] send) =>
        WaitAt([.. Bookmarks(@for, until)], send);

    /// <summary>Waits at several bookmarks at once.</summary>
    protected static Task<ActivityResult> WaitAt(IReadOnlyList<Bookmark> bookmarks, params Message[] send) =>
        Task.FromResult<ActivityResult>(new Waiting([.. bookmarks]) { Send = [.. send] });

    /// <summary>Goes on waiting at the bookmarks that still stand, and at those that are added.</summary>
    protected static Task<ActivityResult> KeepWaiting(IReadOnlyList<Bookmark>? also = null, params Message[] send) =>
        Task.FromResult<ActivityResult>(new Waiting([.. also ?? []]) { Send = [.. send] });

    /// <summary>Raises an incident on the instance: for what an operator must look at, not for an outcome of the trade.</summary>
    protected static Task<ActivityResult> Fault(string code, string message) =>
        Task.FromResult<ActivityResult>(new Faulted(code, message));

    /// <summary>A record as a JSON value, in the web's camel case.</summary>
    protected static JsonElement Json(object? value) => FlowJson.Of(value);

    private static IEnumerable<Bookmark> Bookmarks(string? key, DateTimeOffset? until)
    {
        if (key is not null)
        {
            yield return Bookmark.Event("for", key);
        }

        if (until is { } due)
        {
            yield return Bookmark.Timer("until", due);
        }
    }
}
