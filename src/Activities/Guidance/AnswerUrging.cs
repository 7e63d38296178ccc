using Relief.Flow.Activities.Referrals;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Guidance;

/// <summary>A county or township answers what the city asks (催办, CZ-158).</summary>
/// <remarks>Late, the city is told and the task stays: nobody answers in the unit's place. Whoever asked does not answer.</remarks>
[ChangesRecords]
[Activity("Relief Oversight", "Has a county or township answer what the city asks.", Chinese = "催办答复", Waits = true)]
[Outcomes("Answered")]
public sealed class AnswerUrging : AskedStep<UrgingScene>
{
    private const int Longest = 2000;

    [Input("What is asked.", Chinese = "催办")]
    public required string UrgingId { get; init; }

    protected override Task<UrgingScene> Scene(ReliefDbContext db, ActivityContext context, CancellationToken cancellationToken) => UrgingScene.Of(db, UrgingId, context, cancellationToken);

    protected override Task<Question> Ask(UrgingScene scene, CancellationToken cancellationToken) => Task.FromResult(
        new Question("urging.answer", "市级催办", scene.Urging.TownshipCode is null ? ReliefRoles.CountyOfficer : ReliefRoles.ReliefClerk, scene.Urging.Asked)
        {
            Outcomes = ["Answered"], Form = [FormField.Of("answer", "答复(原因、措施、完成日期)", "string", "Answered")], Data = scene.Shown, Excluded = [scene.Urging.CreatedBy],
            DueKey = "urging.answer", Send = [scene.ToAsked("urging.asked")]
        });

    protected override async Task<StepEnd> Decide(UrgingScene scene, Answer answer, CancellationToken cancellationToken)
    {
        if (answer.Text("answer")?.Trim() is not { Length: > 0 and <= Longest } text)
            return StepEnd.Not("AnswerMissing");
        await new UrgingBook(scene.Db).Answer(UrgingId, text, scene.Context.DeedOf("answer", answer.By), cancellationToken);
        return StepEnd.By("Answered", scene.ToCity("urging.answered"));
    }

    protected override IEnumerable<Message> Nudges(UrgingScene scene, Question question, bool isLate) => isLate ? [scene.ToAsked("urging.late"), scene.ToCity("urging.late")] : [scene.ToAsked("urging.remind")];
}
