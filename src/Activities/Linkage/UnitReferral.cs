using Relief.Flow.Activities.Audit;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.Parameters;
using Relief.Flow.Activities.Referrals;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Linkage;

/// <summary>Refers an order to a member unit and waits for its answer (PW3 step 3): reminders after 5 and 8 working days, due after 10, and after 15 it lies before the leading group.</summary>
/// <remarks>
/// Late is told, never decided: the unit may still answer on day 16, unless the leading group has given the matter to another unit. Who
/// holds the ball and since when stands on the order. Also by the event <c>linkage:{orderId}</c>.
/// </remarks>
[ChangesRecords]
[Activity("Relief Partners", "Refers an order to a member unit and waits for its answer.", Chinese = "转介成员单位", Waits = true)]
[Outcomes("Accepted", "AgencyNeeded", "Refused", "Stopped")]
public sealed class UnitReferral : Activity
{
    private const string Answered = "answer";
    private static readonly string[] Answers = ["Accepted", "AgencyNeeded", "Refused"];

    [Input("The order.", Chinese = "订单")]
    public required string OrderId { get; init; }

    [Input("The unit.", Chinese = "成员单位")]
    public required string UnitId { get; init; }

    [Output("Why it was refused, or what was said.", Chinese = "说明")]
    public string Reason { get; private set; } = "";

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        await new OrderBook(db).Send(OrderId, UnitId, context.DeedOf("send"), cancellationToken);
        var scene = await new OrderScenes(db).Of(OrderId, cancellationToken);
        await new CaseBook(db).Move(scene.Case.Id, CaseStatus.Referring, null, context.DeedOf("case"), cancellationToken);
        var reply = await Of(db, scene, "dept.reply", context.Now, cancellationToken);
        return new Waiting(
        [
            Bookmark.Event(Answered, "linkage:" + OrderId), OrderStop.Of(OrderId), Bookmark.For("task", TaskFor(scene) with { Due = reply.Due }),
            Timer("remind.first", await Of(db, scene, "dept.remind.first", context.Now, cancellationToken)),
            Timer("remind.second", await Of(db, scene, "dept.remind.second", context.Now, cancellationToken)),
            Timer("due", reply), Timer("escalate", await Of(db, scene, "dept.escalate", context.Now, cancellationToken))
        ])
        { Send = [ActivityDeeds.Tell("linkage.new", "D", UnitId, new { order = OrderId, due = reply.Due })] };
    }

    protected override async Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        if (wakeup.Bookmark == "stop")
            return new Completed("Stopped");
        await using var db = ReliefDbContext.Over(context.Records);
        var scene = await new OrderScenes(db).Of(OrderId, cancellationToken);
        if (wakeup.IsTimer)
            return Late(scene, wakeup.Bookmark);
        var answer = Answer.From(wakeup);
        if (!Answers.Contains(answer.Decision))
            return new Waiting([Bookmark.Event(Answered, "linkage:" + OrderId)]);
        Reason = answer.Reason ?? "";
        var status = answer.Decision == "Refused" ? OrderStatus.Declined : OrderStatus.Accepted;
        await new OrderBook(db).Move(OrderId, status, context.DeedOf("answer", answer.By), cancellationToken);
        await db.Audit(AuditTrail.Case(scene.Case.Id), new AuditDetail("UnitReferral" + answer.Decision, new { OrderId, UnitId, answer.Reason }), context.DeedOf("audit", answer.By), cancellationToken);
        return new Completed(answer.Decision) { Send = [ActivityDeeds.Tell("referral.answered", "C", scene.TownshipCode, new { order = OrderId, caseNumber = scene.Case.Number, decision = answer.Decision })] };
    }

    private Waiting Late(OrderScene scene, string timer) => timer switch
    {
        "escalate" => new Waiting([Bookmark.For("leaders", LeadersTask(scene))]) { Send = [ActivityDeeds.Tell("linkage.escalated", "K", scene.Order.CountyCode, Words(scene))] },
        "due" => new Waiting([]) { Send = [ActivityDeeds.Tell("linkage.overdue", "D", UnitId, Words(scene)), ActivityDeeds.Tell("linkage.overdue", "K", scene.Order.CountyCode, Words(scene))] },
        _ => new Waiting([]) { Send = [ActivityDeeds.Tell("linkage.remind", "D", UnitId, Words(scene))] }
    };

    private object Words(OrderScene scene) => new { order = OrderId, caseNumber = scene.Case.Number, unit = UnitId };

    private static Bookmark Timer(string name, Deadline deadline) => Bookmark.Timer(name, deadline.Due, deadline.Rule);

    private static Task<Deadline> Of(ReliefDbContext db, OrderScene scene, string key, DateTimeOffset now, CancellationToken cancellationToken) =>
        new Deadlines(db).Of(key, scene.TownshipCode, now, cancellationToken);

    private HumanTask TaskFor(OrderScene scene) => new()
    {
        Title = $"部门联动转介 {scene.Case.Number}",
        Kind = "linkage",
        Role = ReliefRoles.DepartmentLiaison,
        Unit = UnitId,
        Subject = "order:" + OrderId,
        Outcomes = [.. Answers],
        Form = [new FormField("reason", "说明", "string", ["Refused", "AgencyNeeded"]), new FormField("from", "开始日期", "string", [])],
        Data = Json(new { items = scene.Needs.Select(need => new { need.ItemCode, need.Quantity }), scene.Order.PlannedFrom, scene.Order.PlannedTo })
    };

    private HumanTask LeadersTask(OrderScene scene) => new()
    {
        Title = $"部门联动逾期协调 {scene.Case.Number}",
        Kind = "linkage.escalation",
        Role = ReliefRoles.LeadingGroup,
        Unit = scene.Order.CountyCode,
        Subject = "order:" + OrderId,
        Outcomes = ["Refused"],   // the matter goes to another unit
        Form = [new FormField("reason", "改派理由", "string", ["Refused"])],
        Data = Json(Words(scene))
    };
}
