using Relief.Flow.Activities.Referrals;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Activities.Suppliers;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.SpotChecks;

/// <summary>The supplier says within ten working days what it puts right and how (P14 step 4).</summary>
[ChangesRecords]
[Activity("Relief Oversight", "The supplier hands in a corrective plan.", Chinese = "整改方案", Waits = true)]
[Outcomes("Submitted")]
public sealed class CorrectivePlan : OrderStep
{
    [Input("The item.", Chinese = "抽查项")]
    public required string ItemId { get; init; }

    protected override async Task<Question> Ask(StepScene scene, CancellationToken cancellationToken)
    {
        var queries = new SpotCheckQueries(scene.Db);
        var record = await queries.Record(await queries.Item(ItemId, cancellationToken), cancellationToken);
        var supplier = await new SupplierQueries(scene.Db).Find(record.SupplierId, cancellationToken);
        return new Question("spotcheck.plan", "提交整改方案", ReliefRoles.SupplierLead, supplier?.OrganisationId ?? record.SupplierId)
        {
            Outcomes = ["Submitted"],
            Form = [FormField.Of("measures", "整改措施", "string", "Submitted")],
            Data = new { record.Id, record.ItemCode, record.ServiceDate, record.WorkerId },
            DueKey = "spotcheck.correct",
            Audience = "S"
        };
    }

    protected override Task<StepEnd> Decide(StepScene scene, Answer answer, CancellationToken cancellationToken) => Task.FromResult(
        answer.Text("measures") is { Length: > 0 and <= 4000 } measures ? StepEnd.By("Submitted") with { Kept = new { ItemId, measures } } : StepEnd.Not("MeasuresMissing"));
}
