using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Lifecycle;

/// <summary>Tells every instance that waits for it that a person's affairs are interrupted (A58). The message itself passes a halt.</summary>
[Activity("Relief Case", "Tells every waiting instance that a person's affairs are interrupted.", Chinese = "发出中断信号")]
[Outcomes(Raised)]
public sealed class RaiseInterrupt : Activity
{
    private const string Raised = nameof(Raised);

    [Input("The person.", Chinese = "服务对象")]
    public required string PersonId { get; init; }

    [Input("PersonDied, PersonMoved, CaseFrozen, CaseMerged, EligibilityLost ….", Chinese = "信号")]
    public required string Kind { get; init; }

    protected override Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken) =>
        Complete(Raised, Message.Of(new EventPublished("interrupt:" + PersonId, null, Json(new { kind = Kind }))) with { PassesHalt = true });
}
