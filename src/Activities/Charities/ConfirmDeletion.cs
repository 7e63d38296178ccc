using Relief.Flow.Activities.Referrals;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Charities;

/// <summary>The charity confirms within 30 days that it has deleted its list; the certificate is kept (INV-26).</summary>
[ChangesRecords]
[Activity("Relief Partners", "The charity confirms that it has deleted its list.", Chinese = "确认删除名单", Waits = true)]
[Outcomes("Deleted")]
public sealed class ConfirmDeletion : ListStep
{
    protected override Task<Question> Ask(ListScene scene, CancellationToken cancellationToken) => Task.FromResult(
        new Question("charity.deletion", "确认删除转介名单", ReliefRoles.Charity, scene.List.CharityId)
        {
            Outcomes = ["Deleted"],
            Form = [FormField.Of("certificate", "删除证明", "string", "Deleted")],
            DueKey = "charity.deletion",
            Audience = "S",
            Send = [ActivityDeeds.Tell("charity.delete", "S", scene.List.CharityId, Reference(scene))]
        });

    protected override async Task<StepEnd> Decide(ListScene scene, Answer answer, CancellationToken cancellationToken)
    {
        if (answer.Text("certificate") is not { Length: > 0 } certificate)
            return StepEnd.Not("NoCertificate");
        return await new CharityLists(scene.Db).Delete(ListId, certificate, scene.Context.DeedOf("delete", answer.By), cancellationToken)
            ? StepEnd.By("Deleted")
            : StepEnd.Not("NotFinished");
    }
}
