using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Lifecycle;

/// <summary>Waits for an interrupt of a person (A58, 3.3) and says which.</summary>
[Activity("Relief Case", "Waits for an interrupt of a person.", Chinese = "等待中断信号", Waits = true)]
[Outcomes(Interrupted)]
public sealed class OnInterrupt : Activity
{
    private const string Interrupted = nameof(Interrupted);

    [Input("The person.", Chinese = "服务对象")]
    public required string PersonId { get; init; }

    [Output("PersonDied, PersonMoved, CaseFrozen, CaseMerged, EligibilityLost ….", Chinese = "信号")]
    public string? Kind { get; private set; }

    protected override Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken) => Wait("interrupt:" + PersonId);

    protected override Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        Kind = FormData.Read<Signal>(wakeup.Payload)?.Kind;
        return Complete(Interrupted);
    }

    private sealed record Signal(string? Kind);
}
