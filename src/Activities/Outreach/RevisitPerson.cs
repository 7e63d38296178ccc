using Relief.Flow.Activities.Discoveries;
using Relief.Flow.Activities.Parameters;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Outreach;

/// <summary>Ninety days after somebody declined, somebody asks once more, by a discovery of its own; who declines twice is left in peace (P02 step 2, E01).</summary>
[ChangesRecords]
[Activity("Relief Discovery", "Has somebody who declined asked once more.", Chinese = "到期回访", Waits = true)]
[Outcomes("Begun", "LeftInPeace")]
public sealed class RevisitPerson : Activity
{
    [Input("The discovery.", Chinese = "主动发现")]
    public required string DiscoveryId { get; init; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var found = await new DiscoveryQueries(db).Get(DiscoveryId, cancellationToken);
        if (found.RevisitOf is not null)
            return new Completed("LeftInPeace");
        return new Waiting([Bookmark.Timer("revisit", (await new Deadlines(db).Of("discovery.revisit", found.AreaCode, context.Now, cancellationToken)).Due)]);
    }

    protected override async Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var before = await new DiscoveryQueries(db).Get(DiscoveryId, cancellationToken);
        var deed = context.DeedOf("revisit", before.CreatedBy);
        var again = await new DiscoveryBook(db).Register(new Discovery
        {
            Id = deed.Key, CountyCode = before.CountyCode, CreatedAt = deed.At, CreatedBy = deed.By, AreaCode = before.AreaCode, Origin = DiscoveryOrigin.Visit, OriginId = "revisit:" + before.Id,
            Channel = before.Channel, PersonId = before.PersonId, PersonRef = before.PersonRef, Seen = before.Seen, Risk = before.Risk, RevisitOf = before.Id
        }, deed, cancellationToken);
        return new Completed("Begun") { Send = [Message.Of(DiscoveryBook.StartOf(again))] };
    }
}
