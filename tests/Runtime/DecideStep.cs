using Relief.Flow.Workflows;

namespace Relief.Flow.Tests.Runtime;

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
