using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Parameters;
using Relief.Flow.Activities.Referrals;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Activities.Surveys;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Placements;

/// <summary>Has somebody's self-care assessed by the six indicators, and whether an ordinary institution suits (PW2 step 1, tekun rule arts 21–23).</summary>
/// <remarks>What makes an institution unsuitable stays with the assessment: no port, notice or audit entry names it.</remarks>
[ChangesRecords]
[Activity("Relief Care", "Has self-care assessed before an institution is sought.", Chinese = "自理能力评估", Waits = true)]
[Outcomes("Able", "Partial", "Complete", "Unsuitable")]
public sealed class AssessCare : OrderStep
{
    private static readonly string[] Suitabilities = ["Institution", "Mental", "Infectious", "Other"];

    [Output("Able, Partial or Complete.", Chinese = "等级")]
    public string Level { get; private set; } = "";

    protected override Task<Question> Ask(StepScene scene, CancellationToken cancellationToken) =>
        Task.FromResult(new Question("placement.assess", "自理能力与适宜性评估", ReliefRoles.Surveyor, scene.Order.TownshipCode)
        {
            Outcomes = ["Assessed"],
            Form =
            [
                FormField.Of("failedIndicators", "未达标指标", "array", "Assessed").OneOf(SelfCare.Indicators), FormField.Of("suitability", "适宜性", "string", "Assessed").OneOf(Suitabilities),
                FormField.Of("evidence", "评估报告编号", "string", "Assessed")
            ],
            Data = new { SelfCare.Indicators, Suitabilities },
            WhenStopped = "Able",
            DueKey = "reassess.selfCare"
        });

    protected override async Task<StepEnd> Decide(StepScene scene, Answer answer, CancellationToken cancellationToken)
    {
        var failed = answer.Part<string[]>("failedIndicators") ?? [];
        var suitability = answer.Text("suitability") ?? "";
        if (failed.Except(SelfCare.Indicators).Any() || failed.Distinct().Count() != failed.Length || !Suitabilities.Contains(suitability) || answer.Text("evidence") is not { Length: > 0 } evidence)
            return StepEnd.Not("AssessmentIncomplete");

        Level = SelfCare.LevelOf(failed.Length);
        var today = ChinaTime.DayOf(scene.Context.Now);
        var months = await new ParameterQueries(scene.Db).Whole("reassess.selfCare.period", scene.Order.TownshipCode, today, cancellationToken);
        var deed = scene.Context.DeedOf("assess", answer.By);
        await new PlacementBook(scene.Db).Assessed(new CareAssessment
        {
            Id = deed.Key,
            CountyCode = scene.Order.Order.CountyCode,
            CreatedAt = deed.At,
            CreatedBy = deed.By,
            OrderId = OrderId,
            PersonId = scene.Order.Order.PersonId,
            FailedIndicators = failed,
            Level = Level,
            Suitability = suitability,
            Evidence = evidence,
            ValidUntil = today.AddMonths(months)
        }, deed, cancellationToken);
        return StepEnd.By(suitability == "Institution" ? Level : "Unsuitable") with { Kept = new { Level } };
    }
}
