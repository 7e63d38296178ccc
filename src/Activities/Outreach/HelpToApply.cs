using Relief.Flow.Activities.Discoveries;
using Relief.Flow.Activities.Referrals;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Outreach;

/// <summary>The township helps somebody who was found to apply; the step ends by itself when the application comes in at the intake (P02 step 2).</summary>
/// <remarks>An application of a discovery goes the way of every other: it is surveyed and decided. Without one there is nothing to confirm.</remarks>
[ChangesRecords]
[Activity("Relief Discovery", "Helps somebody who was found to apply.", Chinese = "帮助申请", Waits = true)]
[Outcomes("Applied", "WithAgent", "Declines")]
public sealed class HelpToApply : OutreachStep
{
    protected override Task<Question> Ask(OutreachScene scene, CancellationToken cancellationToken) => Task.FromResult(
        new Question("discovery.apply", "帮助主动发现对象申请", ReliefRoles.ReliefClerk, scene.Township)
        {
            Outcomes = scene.Found.MandateId is null ? ["Applied", "WithAgent", "Declines"] : ["Applied", "Declines"],
            Form = [FormField.Of("reason", "不再申请的理由", "string", "Declines")],
            Data = scene.Shown, DueKey = "discovery.apply", Event = Discovery.Applied(DiscoveryId)
        });

    protected override async Task<StepEnd> Decide(OutreachScene scene, Answer answer, CancellationToken cancellationToken)
    {
        switch (answer.Decision)
        {
            case "Applied":
                return scene.Found.ApplicationId is null ? StepEnd.Not("NoApplication") : StepEnd.By("Applied");
            case "WithAgent":
                return StepEnd.By("WithAgent");
        }

        if (scene.Found.ApplicationId is not null)
            return StepEnd.Not("HasApplied");
        if (answer.Reason is not { Length: > 0 and <= 1000 } reason)
            return StepEnd.Not("ReasonMissing");
        await new DiscoveryBook(scene.Db).Contacted(DiscoveryId, "Declines", ([scene.Context.Now], reason), scene.Context.DeedOf("declines", answer.By), cancellationToken);
        return StepEnd.By("Declines", scene.ToPerson("discovery.leaflet"));
    }
}
