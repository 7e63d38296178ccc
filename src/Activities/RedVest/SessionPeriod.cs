using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Audit;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.Parameters;
using Relief.Flow.Activities.Referrals;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.RedVest;

/// <summary>The team works with the household until its goals are reviewed, every three months (PW5 steps 4 and 5).</summary>
/// <remarks>
/// Sessions go straight into the records (<see cref="SessionBook"/>), so that their notes pass through no task. What happens to a volunteer
/// arrives as <c>volunteer:{orderId}</c>: <c>TookMoney</c> or <c>NoShow</c>; they leave the team at once, and who took money is out for good.
/// </remarks>
[ChangesRecords]
[Activity("Relief Partners", "The team works with the household until the next review.", Chinese = "开展帮扶活动", Waits = true)]
[Outcomes("ReviewDue", "TookMoney", "NoShow", "Stopped")]
public sealed class SessionPeriod : Activity
{
    [Input("The order.", Chinese = "订单")]
    public required string OrderId { get; init; }

    [Output("What was said of the volunteer.", Chinese = "说明")]
    public string Reason { get; private set; } = "";

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var scene = await new OrderScenes(db).Of(OrderId, cancellationToken);
        var last = await db.Set<GoalReviewRecord>().Where(row => row.OrderId == OrderId).OrderByDescending(row => row.CreatedAt).FirstOrDefaultAsync(cancellationToken);
        var from = ChinaTime.DayOf(last?.CreatedAt ?? await new HouseholdPlans(db).Began(OrderId, cancellationToken));
        var deadline = await new Deadlines(db).Of("redvest.review", scene.TownshipCode, ChinaTime.At(from, TimeOnly.MinValue), cancellationToken);
        return new Waiting([Volunteer, OrderStop.Of(OrderId), Bookmark.Timer("review", deadline.Due)]);
    }

    protected override async Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        if (wakeup.IsTimer || wakeup.Bookmark == "stop")
            return new Completed(wakeup.IsTimer ? "ReviewDue" : "Stopped");
        await using var db = ReliefDbContext.Over(context.Records);
        var (answer, scene) = (Answer.From(wakeup), await new OrderScenes(db).Of(OrderId, cancellationToken));
        var deed = context.DeedOf("volunteer", answer.By);
        var isKnown = answer.Decision is TeamBook.TookMoney or "NoShow" && await new TeamBook(db).Leave(OrderId, answer.Text("volunteerId") ?? "", answer.Decision, deed, cancellationToken);
        if (!isKnown)
            return new Waiting([Volunteer]);
        Reason = answer.Reason ?? "";
        await db.Audit(AuditTrail.Case(scene.Case.Id), new AuditDetail("Volunteer" + answer.Decision, new { OrderId, volunteerId = answer.Text("volunteerId") }), deed, cancellationToken);
        return new Completed(answer.Decision) { Send = [ActivityDeeds.Tell("redvest.replace", "C", scene.TownshipCode, scene.Reference)] };
    }

    private Bookmark Volunteer => Bookmark.Event("volunteer", "volunteer:" + OrderId);
}
