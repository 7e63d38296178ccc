using Relief.Flow.Activities.Referrals;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Guidance;

/// <summary>The city says whether an answer does, or asks once more (催办, CZ-158).</summary>
[ChangesRecords]
[Activity("Relief Oversight", "Has the city settle what it asked, or ask once more.", Chinese = "催办审阅", Waits = true)]
[Outcomes("Settled", "AskAgain")]
public sealed class JudgeUrging : AskedStep<UrgingScene>
{
    private const int Longest = 2000;

    [Input("What was asked.", Chinese = "催办")]
    public required string UrgingId { get; init; }

    protected override Task<UrgingScene> Scene(ReliefDbContext db, ActivityContext context, CancellationToken cancellationToken) => UrgingScene.Of(db, UrgingId, context, cancellationToken);

    protected override Task<Question> Ask(UrgingScene scene, CancellationToken cancellationToken) => Task.FromResult(
        new Question("urging.judge", "审阅催办答复", ReliefRoles.CityGuide, scene.Bureau)
        {
            Outcomes = ["Settled", "AskAgain"], Form = [FormField.Of("judgement", "意见", "string", "AskAgain")], Data = scene.Shown, Excluded = scene.Urging.AnsweredBy is { } who ? [who] : [], DueKey = "urging.judge"
        });

    protected override async Task<StepEnd> Decide(UrgingScene scene, Answer answer, CancellationToken cancellationToken)
    {
        if (answer.By == scene.Urging.AnsweredBy)
            return StepEnd.Not("SamePerson");
        var said = answer.Text("judgement")?.Trim() is { Length: > 0 and <= Longest } text ? text : null;
        var book = new UrgingBook(scene.Db);
        var deed = scene.Context.DeedOf("judge", answer.By);
        if (answer.Decision == "Settled")
        {
            await book.Settle(UrgingId, said, deed, cancellationToken);
            return StepEnd.By("Settled", scene.ToAsked("urging.settled"));
        }

        if (said is null)
            return StepEnd.Not("JudgementMissing");
        await book.AskAgain(UrgingId, said, deed, cancellationToken);
        return StepEnd.By("AskAgain");
    }

    protected override IEnumerable<Message> Nudges(UrgingScene scene, Question question, bool isLate) => [scene.ToCity(isLate ? "urging.late" : "urging.remind")];
}
