using Relief.Flow.Activities.Discoveries;
using Relief.Flow.Activities.Referrals;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Outreach;

/// <summary>The village looks for somebody who could not be reached: among neighbours and at home, within four hours when they are at high risk (E06).</summary>
[ChangesRecords]
[Activity("Relief Discovery", "Has the village look for somebody who could not be reached.", Chinese = "村(社区)查找", Waits = true)]
[Outcomes("Found", "NotFound")]
public sealed class SeekPerson : OutreachStep
{
    protected override Task<Question> Ask(OutreachScene scene, CancellationToken cancellationToken) => Task.FromResult(
        new Question("discovery.seek", "查找联系不上的居民", ReliefRoles.VillageWorker, scene.Found.AreaCode)
        {
            Outcomes = ["Found", "NotFound"],
            Form = [FormField.Of("reason", "查找情况", "string", "Found", "NotFound")],
            Data = scene.Shown, Excluded = scene.Kin, DueKey = scene.Found.Risk == DiscoveryRisk.High ? "discovery.welfare" : "discovery.seek", Audience = "V"
        });

    protected override async Task<StepEnd> Decide(OutreachScene scene, Answer answer, CancellationToken cancellationToken)
    {
        if (answer.Reason is not { Length: > 0 and <= 1000 } said)
            return StepEnd.Not("ReasonMissing");
        await new DiscoveryBook(scene.Db).Contacted(DiscoveryId, answer.Decision, ([scene.Context.Now], answer.Decision == "NotFound" ? said : null), scene.Context.DeedOf("seek", answer.By), cancellationToken);
        return StepEnd.By(answer.Decision);
    }
}
