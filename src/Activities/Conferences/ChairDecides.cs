using Relief.Flow.Activities.Referrals;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Conferences;

/// <summary>Where as many units are for it as against it, the chair decides, or has them vote once more (P16 step 5).</summary>
[ChangesRecords]
[Activity("Relief Conference", "The chair decides a tie, or has the units vote once more.", Chinese = "主持人裁定", Waits = true, Approves = true)]
[Outcomes("Passed", "Failed", "SecondRound")]
public sealed class ChairDecides : ConferenceStep
{
    [Input("The conference.", Chinese = "会商")]
    public required string ConferenceId { get; init; }

    protected override Task<string> Open(ReliefDbContext db, ActivityContext context, CancellationToken cancellationToken) => Task.FromResult(ConferenceId);

    protected override async Task<Question> Ask(ConferenceScene scene, CancellationToken cancellationToken) =>
        new("conference.chair", "一事一议:票数相等,主持人裁定", ReliefRoles.LeadingGroup, scene.Conference.CountyCode)
        {
            Outcomes = ["Passed", "Failed", "SecondRound"],
            Form = [FormField.Of("reason", "裁定理由", "string", "Passed", "Failed")],
            Data = new { tally = await new ConferenceQueries(scene.Db).Tally(scene.Conference, cancellationToken), scene.Conference.Round },
            Excluded = await scene.Excluded(cancellationToken),
            DueKey = "conference.vote"
        };

    protected override async Task<StepEnd> Decide(ConferenceScene scene, Answer answer, CancellationToken cancellationToken)
    {
        if (answer.Decision == "SecondRound")
            return await new ConferenceQueries(scene.Db).RoundsOf(scene.Conference, cancellationToken) > 1 ? StepEnd.Not("SecondRoundHeld") : StepEnd.By("SecondRound");
        if (answer.Reason is not { Length: > 0 and <= 2000 } reason)
            return StepEnd.Not("ReasonMissing");
        await new ConferenceBook(scene.Db).Decide(ConferenceId, Enum.Parse<ConferenceStatus>(answer.Decision), reason, scene.Context.DeedOf("chair", answer.By), cancellationToken);
        return StepEnd.By(answer.Decision);
    }
}
