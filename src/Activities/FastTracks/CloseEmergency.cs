using Relief.Flow.Activities.Emergencies;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.FastTracks;

/// <summary>Ends an emergency; none ends without saying how (P29). Its order, if it is served, runs its days.</summary>
[ChangesRecords]
[Activity("Relief Emergency", "Ends an emergency.", Chinese = "办结急难")]
public sealed class CloseEmergency : Activity
{
    [Input("The emergency.", Chinese = "急难")]
    public required string EmergencyId { get; init; }

    [Input("NotNeeded, Refused, HandedOver, Charity, NotServed, Regularised or NotEligible.", Chinese = "结果")]
    public required EmergencyOutcome Outcome { get; init; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        await new EmergencyBook(db).End(EmergencyId, Outcome, context.DeedOf("end"), cancellationToken);
        return new Completed(Done) { Send = [Message.Of(new EventPublished(EmergencyRelief.Changed(EmergencyId), null, default))] };
    }
}
