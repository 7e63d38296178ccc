using Relief.Flow.Activities.Referrals;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Conferences;

/// <summary>What was passed is written down as measures, each with its unit, its amount and its day; the minutes are sealed (A39, P16 step 6).</summary>
/// <remarks>No measure goes beyond what its unit may do by itself, nor a fund beyond its purpose (INV-22, INV-02). A town that goes beyond its limit goes to the district.</remarks>
[ChangesRecords]
[Activity("Relief Conference", "Writes down who does what, how much and by when.", Chinese = "形成会商决议", Waits = true, MovesMoney = true)]
[Outcomes("Resolved", "OverLimit")]
public sealed class Resolution : ConferenceStep
{
    [Input("The conference.", Chinese = "会商")]
    public required string ConferenceId { get; init; }

    protected override Task<string> Open(ReliefDbContext db, ActivityContext context, CancellationToken cancellationToken) => Task.FromResult(ConferenceId);

    protected override async Task<Question> Ask(ConferenceScene scene, CancellationToken cancellationToken) =>
        new("conference.resolution", "一事一议:形成决议", ReliefRoles.CountyOfficer, scene.Conference.CountyCode)
        {
            Outcomes = ["Resolved"],
            Form =
            [
                FormField.Of("measures", "救助措施", "array", "Resolved").Made(
                    FormField.Of("unitCode", "单位", "string").OneOf((await Present(scene, cancellationToken)).Select(opinion => opinion.UnitCode)), FormField.Of("what", "内容", "string"),
                    FormField.Of("amount", "金额（元）", "number"), FormField.Of("dueOn", "完成日", "string"), FormField.Of("accountId", "本单位资金账户", "string"))
            ],
            Data = new
            {
                units = (await Present(scene, cancellationToken)).Select(opinion => new { opinion.UnitCode, opinion.Policy, opinion.UpTo })
            },
            DueKey = "conference.resolution"
        };

    protected override async Task<StepEnd> Decide(ConferenceScene scene, Answer answer, CancellationToken cancellationToken)
    {
        var (book, now) = (new ResolutionBook(scene.Db), scene.Context.Now);
        if (answer.ListOf<MeasureForm>("measures") is not { } measures)
            return StepEnd.Not("MeasuresInvalid");
        if (await book.Problem(scene.Conference, measures, now, cancellationToken) is { } problem)
            return StepEnd.Not(problem);
        if (await book.IsOverLimit(scene.Conference, measures, now, cancellationToken))
            return StepEnd.By("OverLimit");
        var deed = scene.Context.DeedOf("resolve", answer.By);
        if (await book.Write(scene.Conference, measures, deed, cancellationToken) is { } refused)
            return StepEnd.Not(refused);
        await new ConferenceBook(scene.Db).Seal(ConferenceId, deed.Step("seal"), cancellationToken);
        return StepEnd.By("Resolved", [.. measures.Select(measure => scene.ToUnit("conference.measure", measure.UnitCode!, new { caseNumber = scene.Number, what = measure.What, amount = measure.Amount, due = measure.DueOn }))]);
    }

    private static async Task<IReadOnlyList<UnitOpinion>> Present(ConferenceScene scene, CancellationToken cancellationToken) =>
        [.. (await new ConferenceQueries(scene.Db).Opinions(scene.Conference, cancellationToken)).Where(opinion => opinion is { Present: true, Conflict: false })];
}
