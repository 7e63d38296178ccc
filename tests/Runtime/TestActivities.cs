using System.Collections.Concurrent;
using Relief.Flow.Workflows;

namespace Relief.Flow.Tests.Runtime;

/// <summary>What the test activities did outside, by instance: shows what ran twice.</summary>
internal static class Deeds
{
    public static readonly ConcurrentDictionary<Guid, ConcurrentQueue<string>> Done = new();

    public static string[] Of(Guid instance) => Done.TryGetValue(instance, out var deeds) ? [.. deeds] : [];
}

[Activity("Test", "Notes that it ran.", Type = "Test.Note")]
public sealed class NoteStep : Activity
{
    [Input("What to note.")]
    public string? Text { get; init; }

    protected internal override Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        Deeds.Done.GetOrAdd(context.InstanceId, _ => new()).Enqueue(Text ?? context.ActivityId);
        return Complete();
    }
}

[Activity("Test", "Fails until told otherwise.", Type = "Test.Fail")]
public sealed class FailStep : Activity
{
    public static readonly ConcurrentDictionary<Guid, bool> Mended = new();

    protected internal override Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken) =>
        Mended.ContainsKey(context.InstanceId) ? Complete() : throw new InvalidOperationException("planted");
}

[Activity("Test", "A person's decision, with a deadline.", Type = "Test.Decide", Waits = true)]
[Outcomes("Yes", "No", "Late")]
public sealed class DecideStep : Activity
{
    [Input("Hours until it is late.")]
    public int Hours { get; init; } = 24;

    protected internal override Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken) => WaitAt(
        [
            Bookmark.For("task", new HumanTask { Title = "decide", Kind = "decision", Outcomes = ["Yes", "No"] }),
            Bookmark.Timer("due", context.Now + TimeSpan.FromHours(Hours))
        ]);

    protected internal override Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken) =>
        wakeup.IsTimer ? Complete("Late") : Complete(wakeup.As<TaskDecision>()!.Outcome);
}
