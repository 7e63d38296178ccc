using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Funds;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Referrals;

/// <summary>The waiting list for money: by urgency, then by the date of the need (E08). Whoever is first tries again when money comes.</summary>
/// <remarks>Nothing is dispatched while an order waits here. Money that comes is announced by the event <c>funds:{county}</c>.</remarks>
[ChangesRecords]
[Activity("Relief Funds", "Keeps an order on the waiting list until there is money.", Chinese = "资金轮候", Waits = true)]
[Outcomes("Retry", "Withdrawn")]
public sealed class WaitForFunds : Activity
{
    [Input("The order.", Chinese = "订单")]
    public required string OrderId { get; init; }

    [Input("Why there is no money: Short, Blocked, NotEligibleFund.", Chinese = "原因")]
    public string Reason { get; init; } = "Short";

    [Output("Its place on the list, from 1.", Chinese = "轮候名次")]
    public int Rank { get; private set; }

    /// <summary>The event that money has come to a county's accounts.</summary>
    public static string EventOf(string countyCode) => FundAdjust.MoneyCame(countyCode);

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var scene = await new OrderScenes(db).Of(OrderId, cancellationToken);
        var isNew = scene.Needs.Any(need => need.Status == NeedStatus.Confirmed);
        foreach (var need in scene.Needs.Where(need => need.Status == NeedStatus.Confirmed))
            await new CaseBook(db).Decide(need with { Status = NeedStatus.Waiting }, context.DeedOf("wait:" + need.Id), cancellationToken);
        Rank = await RankOf(db, scene, cancellationToken);
        var notices = new { order = OrderId, caseNumber = scene.Case.Number, rank = Rank, reason = Reason };
        return new Waiting([OrderStop.Of(OrderId), .. Bookmarks(scene), Bookmark.For("task", TaskFor(scene))])
        {
            Send = isNew
                ? [ActivityDeeds.Tell("fund.short", "A", scene.Order.PersonId, notices), ActivityDeeds.Tell("fund.short", "C", scene.TownshipCode, notices)]
                : []
        };
    }

    protected override async Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        if (wakeup.Bookmark == OrderStop.Name)
            return new Completed("Withdrawn");
        if (wakeup.Kind == BookmarkKind.Task)
            return new Completed(wakeup.As<TaskDecision>()!.Outcome);
        await using var db = ReliefDbContext.Over(context.Records);
        var scene = await new OrderScenes(db).Of(OrderId, cancellationToken);
        Rank = await RankOf(db, scene, cancellationToken);
        return Rank == 1 || wakeup.IsTimer ? new Completed("Retry") : new Waiting([Bookmark.Event("funds", EventOf(scene.Order.CountyCode))]);
    }

    private static IEnumerable<Bookmark> Bookmarks(OrderScene scene) => [Bookmark.Event("funds", EventOf(scene.Order.CountyCode))];

    private HumanTask TaskFor(OrderScene scene) => new()
    {
        Title = $"资金不足轮候 {scene.Case.Number}",
        Kind = "waitingList",
        Role = ReliefRoles.ReliefClerk,
        Unit = scene.TownshipCode,
        Subject = "order:" + OrderId,
        Outcomes = ["Retry", "Withdrawn"]
    };

    private static async Task<int> RankOf(ReliefDbContext db, OrderScene scene, CancellationToken cancellationToken)
    {
        var waiting = await db.Set<NeedItem>()
            .Where(need => need.CountyCode == scene.Order.CountyCode && need.Status == NeedStatus.Waiting).ToListAsync(cancellationToken);
        var order = waiting.OrderByDescending(need => need.Urgency).ThenBy(need => need.CreatedAt).ThenBy(need => need.Id, StringComparer.Ordinal)
            .Select(need => need.CaseId).Distinct().ToList();
        return order.IndexOf(scene.Case.Id) + 1;
    }
}
