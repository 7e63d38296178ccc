using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.Referrals;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Neighbours;

/// <summary>A simple plan (PW6 step 4): what the neighbours do and how often; nursing is not for neighbours.</summary>
[ChangesRecords]
[Activity("Relief Neighbours", "The village writes a simple plan of help.", Chinese = "互助计划", Waits = true)]
[Outcomes("Planned")]
public sealed class HelpPlan : OrderStep
{
    private static readonly string[] Simple = ["Company", "Shopping", "Cooking", "Cleaning", "Errand", "SafetyCheck", "Message"];

    protected override Task<Question> Ask(StepScene scene, CancellationToken cancellationToken) => Task.FromResult(
        new Question("help.plan", "拟定互助计划", ReliefRoles.VillageWorker, scene.Order.Case.AreaCode)
        {
            Outcomes = ["Planned"],
            Form = [FormField.Of("tasks", "互助内容", "array", "Planned").OneOf(Simple), FormField.Of("visitsPerMonth", "每月次数", "integer", "Planned")],
            Data = new { allowed = Simple },
            WhenStopped = "Planned",
            DueKey = "plan.submit",
            Audience = "V"
        });

    protected override async Task<StepEnd> Decide(StepScene scene, Answer answer, CancellationToken cancellationToken)
    {
        if (FormData.Read<PlanLines>(answer.Data) is not { Tasks: { Count: > 0 } tasks, VisitsPerMonth: > 0 and <= 62 } plan)
            return StepEnd.Not("PlanIncomplete");
        if (tasks.Any(task => !Simple.Contains(task)))
            return StepEnd.Not("NotSimpleHelp");
        var entry = new PlanEntry(OrderId, string.Join(',', tasks), Json(new { visitsPerMonth = plan.VisitsPerMonth }).GetRawText(),
            [new PlannedItem(scene.Order.Needs[0].ItemCode, plan.VisitsPerMonth, plan.VisitsPerMonth)]);
        return await new PlanBook(scene.Db).Submit(entry, scene.Context.DeedOf("plan", answer.By), cancellationToken) is OrderResult.Done
            ? StepEnd.By("Planned")
            : StepEnd.Not("OrderNotPaired");
    }

    private sealed record PlanLines(IReadOnlyList<string>? Tasks, int VisitsPerMonth);
}
