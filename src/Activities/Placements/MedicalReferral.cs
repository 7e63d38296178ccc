using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.Organisations;
using Relief.Flow.Activities.Referrals;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Placements;

/// <summary>The county asks the health department for a hospital that takes the person (PW2 step 8): 24 hours when it is urgent, else three working days.</summary>
/// <remarks>It coordinates, it never decides a placement (X07). An answer that names no organisation we know is refused.</remarks>
[ChangesRecords]
[Activity("Relief Care", "Asks the health department for a hospital.", Chinese = "商卫健部门转介", Waits = true)]
[Outcomes("Accepted", "Refused", "Timeout")]
public sealed class MedicalReferral : OrderStep
{
    [Input("The health department.", Chinese = "卫健部门")]
    public required string Department { get; init; }

    protected override Task<Question> Ask(StepScene scene, CancellationToken cancellationToken) =>
        Task.FromResult(new Question("placement.medical", "商请安排专门机构", ReliefRoles.DepartmentLiaison, Department)
        {
            Outcomes = ["Accepted", "Refused"],
            Form = [FormField.Of("hospital", "接收机构", "string", "Accepted"), FormField.Of("reason", "理由", "string", "Refused")],
            WhenStopped = "Refused",
            DueKey = scene.Order.IsUrgent ? "placement.medical.urgent" : "placement.medical",
            WhenLate = "Timeout",
            Event = "placement:" + OrderId + ":hospital",
            Audience = "D",
            Send = [ActivityDeeds.Tell("placement.medical", "D", Department, new { order = OrderId })]
        });

    protected override async Task<StepEnd> Decide(StepScene scene, Answer answer, CancellationToken cancellationToken)
    {
        if (answer.Decision != "Accepted")
            return StepEnd.By(answer.Decision);
        var hospital = answer.Text("hospital");
        if (!await scene.Db.Set<Organisation>().AnyAsync(row => row.Id == hospital && row.Kind == OrganisationKind.Institution, cancellationToken))
            return StepEnd.Not("HospitalUnknown");
        var orders = new OrderBook(scene.Db);
        await orders.Send(OrderId, hospital!, scene.Context.DeedOf("send"), cancellationToken);
        await orders.Move(OrderId, OrderStatus.Accepted, scene.Context.DeedOf("accept", answer.By), cancellationToken);
        await new CaseBook(scene.Db).Move(scene.Order.Case.Id, CaseStatus.Referring, null, scene.Context.DeedOf("case"), cancellationToken);
        return StepEnd.By("Accepted");
    }
}
