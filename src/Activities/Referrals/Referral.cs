using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.Parameters;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Referrals;

/// <summary>Sends an order to its supplier and waits for the answer (P07 step 4): by the task or by the event <c>referral:{orderId}</c>.</summary>
/// <remarks>
/// Two working days, 24 hours when it is urgent, one hour on the fast track; then <c>Timeout</c> and the next candidate. An order that is stopped is revoked. The supplier sees the
/// order, never an illness.
/// </remarks>
[ChangesRecords]
[Activity("Relief Delivery", "Sends an order to a supplier and waits for its answer.", Chinese = "转介", Waits = true)]
[Outcomes("Accepted", "PartlyAccepted", "Declined", "InfoNeeded", "Timeout", "Revoked")]
public sealed class Referral : Activity
{
    private static readonly string[] Answers = ["Accepted", "PartlyAccepted", "Declined", "InfoNeeded", "Revoked"];

    [Input("The order.", Chinese = "订单")]
    public required string OrderId { get; init; }

    [Input("The supplier.", Chinese = "服务主体")]
    public required string SupplierId { get; init; }

    [Output("Why it was declined, or what is asked.", Chinese = "说明")]
    public string Reason { get; private set; } = "";

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        await new OrderBook(db).Send(OrderId, SupplierId, context.DeedOf("send"), cancellationToken);
        var scene = await new OrderScenes(db).Of(OrderId, cancellationToken);
        await new CaseBook(db).Move(scene.Case.Id, CaseStatus.Referring, null, context.DeedOf("case"), cancellationToken);
        var key = scene.IsEmergency ? "emergency.accept" : scene.IsUrgent ? "referral.accept.urgent" : "referral.accept";
        var deadline = await new Deadlines(db).Of(key, scene.TownshipCode, context.Now, cancellationToken);
        return new Waiting([OrderStop.Of(OrderId), Bookmark.Event("answer", "referral:" + OrderId), .. deadline.Bookmarks("task", TaskFor(scene))])
        {
            Send = [ActivityDeeds.Tell("referral.new", "S", SupplierId, new { order = OrderId, due = deadline.Due })]
        };
    }

    protected override async Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        if (wakeup.IsTimer && wakeup.Bookmark != "task.due")
            return new Waiting([]) { Send = [ActivityDeeds.Tell("task.remind", "S", SupplierId, new { order = OrderId })] };
        var isStopped = wakeup.Bookmark == OrderStop.Name;
        var answer = isStopped ? new Answer("Revoked", null, ActivityDeeds.System) : wakeup.IsTimer ? new Answer("Timeout", null, ActivityDeeds.System) : Answer.From(wakeup);
        if (!wakeup.IsTimer && !isStopped && (!Answers.Contains(answer.Decision) || (answer.Text("supplierId") ?? SupplierId) != SupplierId))
            return new Waiting([Bookmark.Event("answer", "referral:" + OrderId)]);   // an answer that says nothing, or of a supplier asked before

        Reason = answer.Reason ?? "";
        await using var db = ReliefDbContext.Over(context.Records);
        var scene = await new OrderScenes(db).Of(OrderId, cancellationToken);
        if (StatusAfter(answer.Decision) is { } status)
            await new OrderBook(db).Move(OrderId, status, context.DeedOf("answer", answer.By), cancellationToken);
        return new Completed(answer.Decision) { Send = [.. Told(scene, answer.Decision)] };
    }

    private static OrderStatus? StatusAfter(string decision) => decision switch
    {
        "Accepted" or "PartlyAccepted" => OrderStatus.Accepted,
        "Declined" => OrderStatus.Declined,
        "Timeout" => OrderStatus.TimedOut,
        "Revoked" => OrderStatus.Cancelled,
        _ => null
    };

    private IEnumerable<Message> Told(OrderScene scene, string decision)
    {
        yield return ActivityDeeds.Tell("referral.answered", "C", scene.TownshipCode, new { order = OrderId, caseNumber = scene.Case.Number, decision });
        if (decision == "Accepted")
            yield return ActivityDeeds.Tell("referral.accepted", "P", scene.Order.PersonId, new { order = OrderId, supplier = scene.Supplier!.Name });
    }

    private HumanTask TaskFor(OrderScene scene) => new()
    {
        Title = $"转介单 {scene.Case.Number}",
        Kind = "referral",
        Role = ReliefRoles.SupplierLead,
        Unit = scene.SupplierUnit,
        Subject = "order:" + OrderId,
        Outcomes = ["Accepted", "PartlyAccepted", "Declined", "InfoNeeded"],
        Form = [new FormField("reason", "说明", "string", ["Declined", "InfoNeeded", "PartlyAccepted"])],
        Data = Json(new { items = scene.Needs.Select(need => new { need.ItemCode, need.Quantity }), scene.Order.PlannedFrom, scene.Order.PlannedTo })
    };
}
