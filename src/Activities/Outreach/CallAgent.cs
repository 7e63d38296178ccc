using Relief.Flow.Activities.Agents;
using Relief.Flow.Activities.Discoveries;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Outreach;

/// <summary>Calls help on behalf (P20) for somebody who was found and cannot apply alone; the village's supervisor names the agent.</summary>
[ChangesRecords]
[Activity("Relief Discovery", "Calls an agent for somebody who was found in need.", Chinese = "启动帮办代办")]
public sealed class CallAgent : Activity
{
    [Input("The discovery.", Chinese = "主动发现")]
    public required string DiscoveryId { get; init; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var found = await new DiscoveryQueries(db).Get(DiscoveryId, cancellationToken);
        var entry = new MandateEntry { CountyCode = found.CountyCode, AreaCode = found.AreaCode, PersonRef = found.PersonId ?? found.PersonRef!, Wording = found.Seen, RelativeRef = found.GuardianRef };
        var mandate = await new MandateBook(db).Ask(entry, context.DeedOf("mandate"), cancellationToken);
        await new DiscoveryBook(db).Helped(DiscoveryId, mandate.Id, context.DeedOf("helped"), cancellationToken);
        return new Completed(Done) { Send = [MandateBook.StartOf(mandate, context.SubjectId)] };
    }
}
