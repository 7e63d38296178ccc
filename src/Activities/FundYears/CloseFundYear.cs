using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.FundYears;

/// <summary>
/// Closes a county's year of money: what was delivered and is not billed is committed by accrual, the rest of each open reservation is carried over by the decision of two people or
/// given back, and each order that runs on has its next year's money sought (P24 step 6, E22, 0.2b).
/// </summary>
/// <remarks>So many at a time, each part with a commit of its own: no account stays locked for long, and a crash goes on where it stood. It ends by <c>Refused</c> when something decided could not be carried over.</remarks>
[ChangesRecords]
[Activity("Relief Funds", "Closes a county's year of money.", Chinese = "资金年度关账", Waits = true)]
[Outcomes("Closed", "Refused")]
public sealed class CloseFundYear : Activity
{
    private const int AtOnce = 5;
    private const string Settling = "settle-";
    private const string Renewing = "renew-";

    [Input("The county's year.", Chinese = "资金年度")]
    public required string FundYearId { get; init; }

    protected override Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken) => Settle(context, "", cancellationToken);

    protected override Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken) =>
        wakeup.Bookmark.StartsWith(Settling, StringComparison.Ordinal) ? Settle(context, wakeup.Bookmark[Settling.Length..], cancellationToken) : Renew(context, wakeup.Bookmark[Renewing.Length..], cancellationToken);

    private async Task<ActivityResult> Settle(ActivityContext context, string after, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var last = await new YearClose(db).Settle(FundYearId, (after, AtOnce), context.DeedOf("settle"), cancellationToken);
        return new Waiting([Bookmark.Timer(last is null ? Renewing : Settling + last, context.Now)]);
    }

    private async Task<ActivityResult> Renew(ActivityContext context, string after, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var scene = await FundYearScene.Of(db, FundYearId, context, cancellationToken);
        var close = new YearClose(db);
        var running = await new FundYearQueries(db).Running(scene.Year).Where(order => order.Id.CompareTo(after) > 0).OrderBy(order => order.Id).Take(AtOnce).ToListAsync(cancellationToken);
        List<Message> send = [];
        foreach (var order in running)
            if (!await close.Waits(scene.Year, order.Id, cancellationToken))
                send.Add(StartOf(order, scene.Year.Year + 1));
        if (running.Count == AtOnce)
            return new Waiting([Bookmark.Timer(Renewing + running[^1].Id, context.Now)]) { Send = [.. send] };
        var sums = await close.Sums(FundYearId, cancellationToken);
        return new Completed(sums.Refused == 0 ? "Closed" : "Refused") { Send = [.. send, scene.Tell("fund.closed", new { year = scene.Year.Year, accrued = sums.Accrued, carried = sums.Carried, released = sums.Released, refused = sums.Refused })] };
    }

    private static Message StartOf(Order order, int year)
    {
        var key = $"renewal:{order.Id}:{year}";
        return Message.Of(new ChildStart(InstanceIds.Of(key), "procedure.fund.renewal", Json(new { orderId = order.Id, fiscalYear = year }), "order:" + order.Id, key, "person:" + order.PersonId));
    }
}
