using Relief.Flow.Activities.Emergencies;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.FastTracks;

/// <summary>Hands proposed cash over to temporary relief (P28): what was proposed here is proposed there; approval, money and payment by three people are its own.</summary>
[ChangesRecords]
[Activity("Relief Emergency", "Hands proposed cash over to temporary relief.", Chinese = "转临时救助")]
public sealed class HandToLinkage : Activity
{
    [Input("The emergency.", Chinese = "急难")]
    public required string EmergencyId { get; init; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var emergency = await new EmergencyBook(db).Get(EmergencyId, cancellationToken);
        var start = new LinkageStart(emergency.PersonId, "Temporary", "FastTrack", EmergencyId, emergency.ProposedBy!) { Proposed = (emergency.Amount!.Value, emergency.Purpose!) };
        return new Completed(Done) { Send = [Message.Of(start.Child())] };
    }
}
