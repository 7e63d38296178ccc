using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Lifecycle;

/// <summary>Stops everything of a person at once, timers and messages that are already committed too, and tells every instance that waits for it (A58, 3.3).</summary>
/// <remarks>
/// The halt leaves with the commit of this step, before the event; the instance that raises it goes on. Both pass the halt. A second raise of
/// the same kind changes nothing.
/// </remarks>
[Activity("Relief Case", "Stops a person's timers, messages and instances and tells whoever waits for it.", Chinese = "发出中断信号")]
[Outcomes(Raised)]
public sealed class RaiseInterrupt : Activity
{
    private const string Raised = nameof(Raised);

    [Input("The person.", Chinese = "服务对象")]
    public required string PersonId { get; init; }

    [Input("PersonDied, PersonMoved, CaseFrozen, CaseMerged, EligibilityLost ….", Chinese = "信号")]
    public required string Kind { get; init; }

    protected override Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken) =>
        Complete(Raised, Message.Of(new PersonHalted("person:" + PersonId, Kind)), Message.Of(new EventPublished("interrupt:" + PersonId, null, Json(new { kind = Kind }))) with { PassesHalt = true });
}
