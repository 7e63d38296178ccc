using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Decisions;
using Relief.Flow.Activities.Parameters;
using Relief.Flow.Activities.People;
using Relief.Flow.Activities.Referrals;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Activities.Surveys;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Changes;

/// <summary>Self-care that has changed is looked at again by the six indicators within 10 working days (P12 step 2, tekun rule art. 23).</summary>
/// <remarks>What was known before ends the day before; it stays readable for the days when it held.</remarks>
[ChangesRecords]
[Activity("Relief Dynamic", "Has self-care looked at again.", Chinese = "自理能力重新评估", Waits = true)]
[Outcomes("Assessed")]
public sealed class ReassessSelfCare : ChangeStep
{
    protected override async Task<Question> Ask(ChangeScene scene, CancellationToken cancellationToken) => new("change.assess", "自理能力重新评估", ReliefRoles.Surveyor, scene.Township)
    {
        Outcomes = ["Assessed"],
        Form = [FormField.Of("failedIndicators", "未达标指标", "array", "Assessed"), FormField.Of("evidence", "评估报告编号", "string", "Assessed")],
        Data = new { SelfCare.Indicators, scene.Change.Seen }, Excluded = await scene.Kin(cancellationToken), DueKey = "reassess.selfCare"
    };

    protected override async Task<StepEnd> Decide(ChangeScene scene, Answer answer, CancellationToken cancellationToken)
    {
        string[]? failed = answer.List("failedIndicators") is { } list && list.EnumerateArray().All(one => one.ValueKind == System.Text.Json.JsonValueKind.String)
            ? [.. list.EnumerateArray().Select(one => one.GetString()!)] : null;
        if (failed is null || failed.Except(SelfCare.Indicators).Any() || failed.Distinct().Count() != failed.Length || answer.Text("evidence") is not { Length: > 0 and <= 200 } evidence)
            return StepEnd.Not("AssessmentIncomplete");
        var (deed, today) = (scene.Context.DeedOf("assess", answer.By), ChinaTime.DayOf(scene.Context.Now));
        foreach (var before in await scene.Db.Set<PersonCondition>().Where(row => row.PersonId == scene.Person.Id && row.Kind == ConditionKind.SelfCare && (row.ValidTo == null || row.ValidTo >= today)).ToListAsync(cancellationToken))
            await scene.Db.Replace(before with { ValidTo = today.AddDays(-1) }, cancellationToken);
        await scene.Db.Insert(new PersonCondition
        {
            Id = deed.Key, CountyCode = scene.CountyCode, CreatedAt = deed.At, CreatedBy = deed.By, PersonId = scene.Person.Id, Kind = ConditionKind.SelfCare, Level = failed.Length,
            Evidence = EligibilityQueries.Reassessed + evidence, Confidential = false,
            ValidTo = today.AddMonths(await new ParameterQueries(scene.Db).Whole("reassess.selfCare.period", scene.Township, today, cancellationToken))
        }, cancellationToken);
        await Write(scene, "SelfCareReassessed", change => change with { FailedIndicators = failed.Length }, deed, cancellationToken);
        return StepEnd.By("Assessed");
    }
}
