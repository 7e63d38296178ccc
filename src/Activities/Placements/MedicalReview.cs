using Relief.Flow.Activities.Referrals;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Placements;

/// <summary>The hospital and the county look again whether the stay still is right (PW2 step 8). A person who came of their own will and asks to leave may go.</summary>
[ChangesRecords]
[Activity("Relief Care", "Has a stay in a hospital reviewed.", Chinese = "专门机构复核", Waits = true)]
[Outcomes("Stay", "ReturnInstitution", "ReturnHome", "AsksToLeave")]
public sealed class MedicalReview : OrderStep
{
    protected override Task<Question> Ask(StepScene scene, CancellationToken cancellationToken) =>
        Task.FromResult(new Question("placement.review", "专门机构救治复核", ReliefRoles.MedicalInstitution, scene.Order.SupplierUnit ?? scene.Order.Order.SupplierId ?? scene.Order.Order.CountyCode)
        {
            Outcomes = ["Stay", "ReturnInstitution", "ReturnHome", "AsksToLeave"],
            Form = [FormField.Of("report", "复核意见编号", "string", "Stay", "ReturnInstitution", "ReturnHome"), FormField.Of("contactsKept", "通信会见权利已告知", "boolean", "Stay")],
            WhenStopped = "ReturnHome",
            DueKey = "placement.bed",
            Audience = "K"
        });

    protected override async Task<StepEnd> Decide(StepScene scene, Answer answer, CancellationToken cancellationToken)
    {
        if (answer.Decision == "Stay" && !answer.Flag("contactsKept"))
            return StepEnd.Not("CommunicationRightsNotTold");
        var placement = await new PlacementBook(scene.Db).Find(OrderId, cancellationToken);
        Message[] told = answer.Decision == "AsksToLeave" ? [ActivityDeeds.Tell("placement.asksToLeave", "K", scene.Order.Order.CountyCode, scene.Order.Reference)] : [];
        return StepEnd.By(answer.Decision, told) with { Kept = new { since = placement?.AdmittedOn } };
    }
}
