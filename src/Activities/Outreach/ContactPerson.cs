using Relief.Flow.Activities.Discoveries;
using Relief.Flow.Activities.Referrals;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Activities.Surveys;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Outreach;

/// <summary>The township speaks with somebody who was found, within three working days or, at high risk, within 24 hours on the clock (P02 step 2).</summary>
/// <remarks>
/// Whether they want help is theirs to say. Without three attempts on two days nobody is not found; at high risk one is enough, because the village
/// then looks within hours (E06). Why there is no need is kept.
/// </remarks>
[ChangesRecords]
[Activity("Relief Discovery", "Has somebody speak with a person who was found in need.", Chinese = "联系本人", Waits = true)]
[Outcomes("WantsHelp", "Declines", "NoNeed", "CannotDecide", "NotFound")]
public sealed class ContactPerson : OutreachStep
{
    private static readonly string[] Answers = ["WantsHelp", "Declines", "NoNeed", "CannotDecide", "NotFound"];

    protected override Task<Question> Ask(OutreachScene scene, CancellationToken cancellationToken) => Task.FromResult(
        new Question("discovery.contact", "联系主动发现对象", ReliefRoles.ReliefClerk, scene.Township)
        {
            Outcomes = Answers,
            Form = [FormField.Of("reason", "理由", "string", "Declines", "NoNeed"), FormField.Of("attempts", "历次联系时间", "array", "NotFound")],
            Data = scene.Shown, Excluded = scene.Kin, DueKey = scene.Found.Risk == DiscoveryRisk.High ? "discovery.contact.high" : "discovery.contact"
        });

    protected override async Task<StepEnd> Decide(OutreachScene scene, Answer answer, CancellationToken cancellationToken)
    {
        if (answer.Decision is "Declines" or "NoNeed" && scene.Found.ApplicationId is not null)
            return StepEnd.Not("HasApplied");
        var isMissing = answer.Decision == "NotFound";
        if (answer.Decision is "Declines" or "NoNeed" && answer.Reason is not { Length: > 0 and <= 1000 })
            return StepEnd.Not("ReasonMissing");
        if (isMissing && !WasSought(scene, answer))
            return StepEnd.Not("AttemptsMissing");
        IReadOnlyList<DateTimeOffset> tried = isMissing ? AttemptCount.Times(answer) ?? [] : [scene.Context.Now];
        await new DiscoveryBook(scene.Db).Contacted(DiscoveryId, answer.Decision, (tried, isMissing ? null : answer.Reason), scene.Context.DeedOf("contact", answer.By), cancellationToken);
        return StepEnd.By(answer.Decision, answer.Decision == "Declines" ? scene.ToPerson("discovery.leaflet") : []);
    }

    private static bool WasSought(OutreachScene scene, Answer answer) =>
        AttemptCount.Times(answer) is { Count: > 0 } times && times.All(at => at <= scene.Context.Now) && (scene.Found.Risk == DiscoveryRisk.High || AttemptCount.Of(times).Unreachable);
}
