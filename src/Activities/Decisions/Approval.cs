using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Parameters;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Activities.Surveys;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Decisions;

/// <summary>A person's decision on a case, need by need (A12). Time never approves: a passed deadline, of this step or of the whole decision, only tells the superior.</summary>
/// <remarks>Surveyors, the accepting clerk, kin, and at the county whoever approved before may not decide (INV-09).</remarks>
[Activity("Relief Review", "A reviewer approves, rejects, returns or escalates.", Chinese = "审核确认", Waits = true, Approves = true, ExcludesInvestigators = true)]
[Outcomes(ReviewForm.Approved, ReviewForm.Rejected, ReviewForm.Returned, ReviewForm.Escalated)]
[ChangesRecords]
public sealed class Approval(ReliefDatabase database) : Activity
{
    private const string County = "county";
    private const string TotalTime = "total";

    [Input("The case.", Chinese = "个案")]
    public required string CaseId { get; init; }

    [Input("township or county.", Chinese = "层级")]
    public string Level { get; init; } = "township";

    [Input("Who decided before and may not decide again.", Chinese = "已审核人员")]
    public string[] Earlier { get; init; } = [];

    [Output("Who decided.", Chinese = "审核人")]
    public string? DecidedBy { get; private set; }

    [Output("The decision, when it was rejected, returned or escalated.", Chinese = "决定")]
    public string? DecisionId { get; private set; }

    [Output("What the needs cost in a month, in yuan.", Chinese = "月度金额")]
    public decimal MonthlyAmount { get; private set; }

    [Output("True when the amount is above what the township may approve alone.", Chinese = "超出乡镇限额")]
    public bool AboveLimit { get; private set; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var records = database.Over(context.Records);
        var desk = new CaseDesk(records);
        var scene = await desk.Open(CaseId, cancellationToken);
        var survey = await new SurveyQueries(records).Valid(CaseId, cancellationToken);
        var from = Level == County ? context.Now : survey?.SubmittedAt ?? context.Now;
        var deadline = await desk.Deadline(scene, "review.decide", from, cancellationToken);
        var work = await Work(records, scene, (null, null), cancellationToken);
        return await WaitAt([.. await Total(desk, scene, context.Now, cancellationToken), .. CaseDesk.Bookmarks(scene, work, deadline, context.Now)],
            Tell.Unit("review.due", "R", Level == County ? scene.County : scene.Township, new { caseNumber = scene.Case.Number, due = ChinaTime.DayOf(deadline.Due) }));
    }

    protected override async Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        await using var records = database.Over(context.Records);
        var scene = await new CaseDesk(records).Open(CaseId, cancellationToken);
        if (wakeup.As<TaskDecision>() is not { } decision)
            return await KeepWaiting(null, wakeup.Bookmark.StartsWith(TotalTime, StringComparison.Ordinal) ? TotalOver(scene) : CaseDesk.Nudge(scene, wakeup, ReviewForm.Kind));
        var review = new Review(records, scene, Level == County, decision);
        var problem = (await Excluded(records, scene, cancellationToken)).Contains(decision.By)
            ? "ConflictOfInterest"
            : await review.Apply(Deed.Of(context, wakeup, decision.By), cancellationToken);
        if (problem is not null)
            return await KeepWaiting([CaseDesk.Again(scene, await Work(records, scene, (problem, review.Ban), cancellationToken), wakeup)]);

        DecidedBy = decision.By;
        DecisionId = review.DecisionId;
        var today = ChinaTime.DayOf(context.Now);
        MonthlyAmount = await new ReviewQueries(records).MonthlyAmount(scene, await review.Approved(cancellationToken), today, cancellationToken);
        AboveLimit = MonthlyAmount > await new ParameterQueries(records).Number("review.limit", scene.Case.AreaCode, today, cancellationToken);
        return await Complete(decision.Outcome);
    }

    // decision.total runs from acceptance over every step before (3.0.3). Its end decides nothing: the county is told, and the task stays.
    private static async Task<IReadOnlyList<Bookmark>> Total(CaseDesk desk, CaseScene scene, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (scene.Case.AcceptedAt is not { } acceptedAt)
            return [];
        var total = await desk.Deadline(scene, "decision.total", acceptedAt, cancellationToken);
        return CaseDesk.Ahead([Bookmark.Timer(TotalTime + ".due", total.Due, total.Rule)], now);
    }

    private static Message TotalOver(CaseScene scene) =>
        Tell.Unit("decision.overdue", "K", scene.County, new { caseNumber = scene.Case.Number, acceptedAt = ChinaTime.DayOf(scene.Case.AcceptedAt!.Value) });

    private async Task<IReadOnlyList<string>> Excluded(ReliefDbContext records, CaseScene scene, CancellationToken cancellationToken) =>
        [.. await new ReviewQueries(records).Excluded(scene, cancellationToken), .. Earlier];

    private async Task<DeskWork> Work(ReliefDbContext records, CaseScene scene, (string? Problem, RowBan? Ban) wrong, CancellationToken cancellationToken)
    {
        var trace = await new ReviewQueries(records).Trace(CaseId, cancellationToken);
        var survey = await new SurveyQueries(records).Valid(CaseId, cancellationToken);
        var needs = await new CaseQueries(records).Needs(CaseId, cancellationToken);
        var routings = await new RoutingQueries(records).Last(CaseId, cancellationToken);
        return ReviewForm.Work(Level == County, [.. needs.Where(need => need.Status is NeedStatus.Recommended or NeedStatus.NotRecommended)], routings) with
        {
            Excluded = await Excluded(records, scene, cancellationToken),
            Data = Json(new
            {
                verdict = trace?.Verdict,
                ruleVersion = trace?.Version,
                surveyId = survey?.Id,
                opinion = survey?.Opinion?.ToString(),
                needs = needs.Select(need => new { need.Id, need.ItemCode, need.Quantity, need.Pathways, status = need.Status.ToString(), routing = routings.GetValueOrDefault(need.Id)?.ToProposal() }),
                forbidden = wrong.Ban,
                problem = wrong.Problem
            })
        };
    }
}
