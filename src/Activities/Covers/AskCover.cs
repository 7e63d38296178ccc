using Relief.Flow.Activities.Referrals;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Activities.Suppliers;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Covers;

/// <summary>Asks a supplier to go on with another's order; silence for a working day is a no. With its yes the new agreement is drafted.</summary>
[ChangesRecords]
[Activity("Relief Suppliers", "Asks a supplier to go on with an order.", Chinese = "商请接续", Waits = true)]
[Outcomes("Accepted", "Declined")]
public sealed class AskCover : OrderStep
{
    [Input("The supplier.", Chinese = "接续主体")]
    public required string SupplierId { get; init; }

    protected override async Task<Question> Ask(StepScene scene, CancellationToken cancellationToken)
    {
        var supplier = await new SupplierQueries(scene.Db).Find(SupplierId, cancellationToken);
        return new Question("cover.ask", "商请接续服务", ReliefRoles.SupplierLead, supplier?.OrganisationId ?? SupplierId)
        {
            Outcomes = ["Accepted", "Declined"],
            Form = [FormField.Of("reason", "理由", "string", "Declined")],
            Data = new { items = scene.Order.Needs.Select(need => new { need.ItemCode, need.Quantity }) },
            WorkingDays = 1,
            WhenLate = "Declined",
            Audience = "S"
        };
    }

    protected override async Task<StepEnd> Decide(StepScene scene, Answer answer, CancellationToken cancellationToken)
    {
        if (answer.Decision != "Accepted")
            return StepEnd.By("Declined");
        var book = new CoverBook(scene.Db);
        await book.Agreed((await book.Open(OrderId, cancellationToken))!, SupplierId, scene.Context.DeedOf("agreed", answer.By), cancellationToken);
        return StepEnd.By("Accepted", ActivityDeeds.Tell("cover.agreed", "P", scene.Order.Order.PersonId, scene.Order.Reference)) with { Kept = new { SupplierId } };
    }
}
