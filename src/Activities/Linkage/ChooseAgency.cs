using Relief.Flow.Activities.Referrals;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Activities.Suppliers;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Linkage;

/// <summary>The coordinator names the professional agency for a need that departments cannot meet alone (PW3 step 4, CZ-082).</summary>
[ChangesRecords]
[Activity("Relief Partners", "The coordinator names the professional agency.", Chinese = "选定专业机构", Waits = true)]
[Outcomes("Chosen", "None", "Stopped")]
public sealed class ChooseAgency : OrderStep
{
    [Output("The agency.", Chinese = "专业机构")]
    public string AgencyId { get; private set; } = "";

    protected override Task<Question> Ask(StepScene scene, CancellationToken cancellationToken) => Task.FromResult(
        new Question("linkage.agency", "选定专业机构", ReliefRoles.CountyOfficer, scene.Order.Order.CountyCode)
        {
            Outcomes = ["Chosen", "None"],
            Form = [FormField.Of("agencyId", "专业机构", "string", "Chosen"), FormField.Of("reason", "理由", "string", "None")],
            WorkingDays = 3,
            Audience = "K",
            WhenStopped = "Stopped"
        });

    protected override async Task<StepEnd> Decide(StepScene scene, Answer answer, CancellationToken cancellationToken)
    {
        if (answer.Decision == "None")
            return StepEnd.By("None");
        if (await new SupplierQueries(scene.Db).Find(answer.Text("agencyId") ?? "", cancellationToken) is not { Status: SupplierStatus.Active } agency)
            return StepEnd.Not("UnknownAgency");
        AgencyId = agency.Id;
        return StepEnd.By("Chosen") with { Kept = new { AgencyId } };
    }
}
