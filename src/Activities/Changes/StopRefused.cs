using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Changes;

/// <summary>What was refused freely, and was not taken up while it stayed on offer, goes to the township as a change: it proposes the stop, hears the person and has it reviewed (E01, P12).</summary>
[Activity("Relief Dynamic", "Reports that a person wants no more service.", Chinese = "转拒绝服务处置")]
public sealed class StopRefused : Activity
{
    [Input("The person.", Chinese = "服务对象")]
    public required string PersonId { get; init; }

    [Input("The visit that was refused first.", Chinese = "上门服务")]
    public required string VisitId { get; init; }

    protected override Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken) =>
        Complete(Done, Message.Of(ChangeStart.Of(PersonId, ChangeKind.Refusal, (ChangeOrigin.Visit, VisitId), ("连续拒绝服务,经核实为本人意愿,保留期内未改变", ActivityDeeds.System, null))));
}
