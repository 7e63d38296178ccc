using Relief.Flow.Activities.Parameters;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Entrants;

/// <summary>Waits until everybody on a list has an outcome, then closes the month (INV-23). Late, the county is told and it waits on.</summary>
[ChangesRecords]
[Activity("Relief Dynamic", "Waits until everybody on a list has an outcome and closes the month.", Chinese = "新增对象跟进办结", Waits = true)]
[Outcomes("AllClosed")]
public sealed class AwaitEntrants : Activity
{
    [Input("The list.", Chinese = "名单")]
    public required string ListId { get; init; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        if (await Closed(db, context, cancellationToken) is { } closed)
            return closed;
        var due = await new Deadlines(db).Of("newEntrant.followUp", (await new EntrantBook(db).Find(ListId, cancellationToken))!.CountyCode, context.Now, cancellationToken);
        return new Waiting([Waits(context), Bookmark.Timer("due", due.Due, due.Rule)]);
    }

    protected override async Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var list = (await new EntrantBook(db).Find(ListId, cancellationToken))!;
        if (wakeup.IsTimer)
            return new Waiting([]) { Send = [Tell.Unit("entrant.overdue", "K", list.CountyCode, new { month = list.Month })] };
        return await Closed(db, context, cancellationToken) is { } closed ? closed : new Waiting([Waits(context)]);
    }

    private Bookmark Waits(ActivityContext context) => Bookmark.Event($"settled-{context.Now.ToUnixTimeMilliseconds()}", EntrantBook.Settled(ListId));

    private async Task<ActivityResult?> Closed(ReliefDbContext db, ActivityContext context, CancellationToken cancellationToken)
    {
        var book = new EntrantBook(db);
        if (!await book.Close(ListId, context.DeedOf("close"), cancellationToken))
            return null;
        var (list, people) = ((await book.Find(ListId, cancellationToken))!, await book.People(ListId, cancellationToken));
        return new Completed("AllClosed")
        {
            Send = [Tell.Unit("entrant.closed", "K", list.CountyCode, new { month = list.Month, people = people.Count, needs = people.Count(one => one.Outcome == EntrantOutcome.HasNeed) })]
        };
    }
}
