using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Funds;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.Parameters;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Referrals;

/// <summary>The supplier drafts the plan, the person agrees, the township checks; at most two returns (PW1 step 4, CZ-062).</summary>
/// <remarks>
/// With the agreement the reservation is brought to the agreed plan's value for all months; a plan that the money does not carry is not
/// agreed. Late is reported, never decided. Also by the events <c>plan:{orderId}</c> (the draft) and <c>plan:{orderId}:answer</c>.
/// </remarks>
[ChangesRecords]
[Activity("Relief Delivery", "Brings a service plan from draft to agreement.", Chinese = "服务方案", Waits = true)]
[Outcomes("Agreed", "Returned", "PersonRefuses", "NoConsensus")]
public sealed class ServicePlan : Activity
{
    [Input("The order.", Chinese = "订单")]
    public required string OrderId { get; init; }

    [Output("The plan version.", Chinese = "方案")]
    public string PlanId { get; private set; } = "";

    [Output("Yuan per month.", Chinese = "月金额")]
    public decimal MonthlyValue { get; private set; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var scene = await new OrderScenes(db).Of(OrderId, cancellationToken);
        return new Waiting([OrderStop.Of(OrderId), .. await Drafting(db, scene, context.Now, cancellationToken)]);
    }

    protected override async Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var scene = await new OrderScenes(db).Of(OrderId, cancellationToken);
        if (wakeup.Bookmark == OrderStop.Name)
            return new Completed("PersonRefuses") { Send = [OrderStop.PassOn(OrderId, wakeup.Payload)] };
        if (wakeup.IsTimer)
            return Late(scene, wakeup.Bookmark);
        return wakeup.Bookmark.StartsWith("draft", StringComparison.Ordinal)
            ? await Submitted(db, context, scene, Answer.From(wakeup), cancellationToken)
            : await Answered(db, context, scene, Answer.From(wakeup), cancellationToken);
    }

    private async Task<ActivityResult> Submitted(ReliefDbContext db, ActivityContext context, OrderScene scene, Answer answer, CancellationToken cancellationToken)
    {
        var form = answer.Data.ValueKind == JsonValueKind.Object ? answer.Data.Deserialize<PlanForm>(JsonSerializerOptions.Web) : null;
        var lines = form?.Lines ?? [];
        if (lines.Count == 0 || lines.Any(line => line.QuantityPerMonth <= 0 || line.VisitsPerMonth <= 0 || scene.Needs.All(need => need.ItemCode != line.ItemCode)))
            return new Waiting([await Corrected(db, scene, context.Now, cancellationToken)]) { Send = [ActivityDeeds.Tell("plan.invalid", "S", scene.Order.SupplierId!, scene.Reference)] };

        var version = await NextVersion(db, cancellationToken);
        var entry = new PlanEntry(OrderId, form!.Goals ?? "", JsonSerializer.Serialize(form.Schedule ?? [], JsonSerializerOptions.Web), lines);
        await new PlanBook(db).Submit(entry, context.DeedOf($"plan-{version}", answer.By), cancellationToken);
        var deadline = await new Deadlines(db).Of("plan.agree", scene.TownshipCode, context.Now, cancellationToken);
        return new Waiting([.. deadline.Bookmarks($"agree{version}", PlanTasks.Agree(scene, lines))])
        {
            Send = [ActivityDeeds.Tell("plan.toAgree", "P", scene.Order.PersonId, scene.Reference)]
        };
    }

    private async Task<ActivityResult> Answered(ReliefDbContext db, ActivityContext context, OrderScene scene, Answer answer, CancellationToken cancellationToken)
    {
        if (scene.Order.Status != OrderStatus.PlanSubmitted)
            return new Waiting([]);   // an answer to a version that has been answered
        var book = new PlanBook(db);
        var deed = context.DeedOf("answer-" + scene.Order.Status, answer.By);
        if (answer.Decision == "Agreed")
            return await Agreed(db, context, scene, answer, cancellationToken);
        if (answer.Decision != "Returned")
            return new Completed(answer.Decision is "PersonRefuses" ? "PersonRefuses" : "NoConsensus");

        await book.Return(OrderId, answer.Reason ?? "", deed, cancellationToken);
        var returns = await db.Set<PlanVersion>().CountAsync(row => row.OrderId == OrderId && row.Status == PlanStatus.Returned, cancellationToken);
        var most = await new ParameterQueries(db).Whole("plan.returns", scene.TownshipCode, scene.Order.PlannedFrom, cancellationToken);
        return returns > most ? new Completed("Returned") : new Waiting([.. await Drafting(db, scene, context.Now, cancellationToken)]);
    }

    private async Task<ActivityResult> Agreed(ReliefDbContext db, ActivityContext context, OrderScene scene, Answer answer, CancellationToken cancellationToken)
    {
        var view = (await new OrderQueries(db).Find(OrderId, cancellationToken))!;
        var items = view.Lines.Select(line => new PlannedItem(line.ItemCode, line.QuantityPerMonth, line.VisitsPerMonth)).ToList();
        MonthlyValue = (await new OrderQueries(db).MonthlyValue(items, scene.Case.AreaCode, scene.Order.PlannedFrom, cancellationToken))!.Value;
        var value = await new OrderQueries(db).ValueOf(items, scene.Case.AreaCode, (scene.Order.PlannedFrom, scene.Order.PlannedTo), cancellationToken);
        PlanId = view.Plan!.Id;
        var adjusted = scene.Order.ReservationId is { } reservation
            ? await new ReservationBook(db).AdjustTo(reservation, value!.Value, context.DeedOf("adjust-" + PlanId), cancellationToken)
            : new FundResult.Posted([]);
        if (adjusted is not FundResult.Posted)
        {
            await new PlanBook(db).Return(OrderId, "FundShort", context.DeedOf("short-" + PlanId), cancellationToken);
            return new Waiting([.. await Drafting(db, scene, context.Now, cancellationToken)]) { Send = [ActivityDeeds.Tell("plan.fundShort", "C", scene.TownshipCode, scene.Reference)] };
        }

        await new PlanBook(db).Agree(OrderId, answer.By, context.DeedOf("agree", answer.By), cancellationToken);
        await new CaseBook(db).Move(scene.Case.Id, CaseStatus.Planned, null, context.DeedOf("case"), cancellationToken);
        return new Completed("Agreed");
    }

    private static Waiting Late(OrderScene scene, string bookmark)
    {
        var answering = bookmark.StartsWith("agree", StringComparison.Ordinal);
        if (answering != (scene.Order.Status == OrderStatus.PlanSubmitted))
            return new Waiting([]);   // a reminder of a stage that is over
        var late = bookmark.EndsWith(".due", StringComparison.Ordinal);
        var (audience, to) = late ? ("K", scene.Order.CountyCode) : answering ? ("C", scene.TownshipCode) : ("S", scene.Order.SupplierId!);
        return new Waiting([]) { Send = [ActivityDeeds.Tell(late ? "task.late" : "task.remind", audience, to, scene.Reference)] };
    }

    private async Task<IReadOnlyList<Bookmark>> Drafting(ReliefDbContext db, OrderScene scene, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var deadline = await new Deadlines(db).Of("plan.submit", scene.TownshipCode, now, cancellationToken);
        return deadline.Bookmarks($"draft{await NextVersion(db, cancellationToken)}", PlanTasks.Draft(scene));
    }

    // The reminders of the draft still stand; only the task is new.
    private async Task<Bookmark> Corrected(ReliefDbContext db, OrderScene scene, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var deadline = await new Deadlines(db).WorkingDays(2, scene.TownshipCode, now, cancellationToken);
        return Bookmark.For($"draft{await NextVersion(db, cancellationToken)}", PlanTasks.Draft(scene) with { Due = deadline.Due });
    }

    private async Task<int> NextVersion(ReliefDbContext db, CancellationToken cancellationToken) =>
        await db.Set<PlanVersion>().CountAsync(row => row.OrderId == OrderId, cancellationToken) + 1;
}
