using Relief.Flow.Activities.Emergencies;
using Relief.Flow.Activities.Funds;
using Relief.Flow.Activities.Referrals;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.FastTracks;

/// <summary>Neither the county's F2 nor the township's petty cash can carry it: the clerk hands it to charity or gives up; money that comes is tried at once (P29 step 3).</summary>
[ChangesRecords]
[Activity("Relief Emergency", "Has the clerk say what follows when there is no money.", Chinese = "急难资金不足处置", Waits = true)]
[Outcomes("Retry", "Charity", "Stop")]
public sealed class WithoutMoney : EmergencyStep
{
    protected override Task<Question> Ask(EmergencyScene scene, CancellationToken cancellationToken) => Task.FromResult(
        new Question("emergency.short", "急难资金不足处置", ReliefRoles.ReliefClerk, scene.Township)
        {
            Outcomes = ["Retry", "Charity", "Stop"],
            Form = [FormField.Of("reason", "说明", "string", "Charity", "Stop")],
            Data = new { scene.Emergency.PersonId, scene.Emergency.Amount }, DueAt = scene.Emergency.DispatchDue
        });

    protected override IEnumerable<Bookmark> Also(EmergencyScene scene) => [Bookmark.Event("money", FundAdjust.MoneyCame(scene.CountyCode))];

    protected override Task<StepEnd?> Hear(EmergencyScene scene, Wakeup wakeup, CancellationToken cancellationToken) => Task.FromResult<StepEnd?>(StepEnd.By("Retry"));

    protected override async Task<StepEnd> Decide(EmergencyScene scene, Answer answer, CancellationToken cancellationToken)
    {
        if (answer.Decision == "Retry")
            return StepEnd.By("Retry");
        if (answer.Reason is not { Length: > 0 and <= 1000 } reason)
            return StepEnd.Not("ReasonMissing");
        await new EmergencyBook(scene.Db).Change(EmergencyId, ("EmergencyShort", new { answer.Decision, reason }), row => row with { Reason = reason }, scene.Deed("short", answer.By), cancellationToken);
        return StepEnd.By(answer.Decision, answer.Decision == "Charity" ? [scene.ToTownship("emergency.charity")] : []);
    }
}
