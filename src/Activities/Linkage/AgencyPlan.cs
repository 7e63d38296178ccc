using System.Text.Json;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.Referrals;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Activities.Suppliers;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Linkage;

/// <summary>The agency writes its plan; each submission is a version of its own (CZ-083).</summary>
[ChangesRecords]
[Activity("Relief Partners", "The agency writes its plan.", Chinese = "编制专业服务方案", Waits = true)]
[Outcomes("Submitted", "Stopped")]
public sealed class AgencyPlan : OrderStep
{
    [Input("The agency.", Chinese = "专业机构")]
    public required string AgencyId { get; init; }

    protected override async Task<Question> Ask(StepScene scene, CancellationToken cancellationToken)
    {
        var agency = await new SupplierQueries(scene.Db).Find(AgencyId, cancellationToken);
        return new Question("linkage.plan", "编制专业服务方案", ReliefRoles.SupplierLead, agency!.OrganisationId ?? AgencyId)
        {
            Outcomes = ["Submitted"],
            Form = [FormField.Of("goals", "服务目标", "string", "Submitted"), FormField.Of("measures", "服务措施", "array", "Submitted")],
            Data = new { items = scene.Order.Needs.Select(need => need.ItemCode), returned = await new PartnerPlans(scene.Db).LastReturn(OrderId, cancellationToken) },
            DueKey = "plan.submit",
            Audience = "S",
            WhenStopped = "Stopped"
        };
    }

    protected override async Task<StepEnd> Decide(StepScene scene, Answer answer, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(answer.Text("goals")) || answer.List("measures") is not { } measures || measures.GetArrayLength() == 0)
            return StepEnd.Not("NoMeasures");
        var entry = new PlanEntry(OrderId, answer.Text("goals")!, measures.GetRawText(), []);
        return await new PlanBook(scene.Db).Submit(entry, scene.Context.DeedOf("plan", answer.By), cancellationToken) is OrderResult.Done
            ? StepEnd.By("Submitted")
            : StepEnd.Not("WrongState");
    }
}
