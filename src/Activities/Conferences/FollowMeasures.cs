using Relief.Flow.Activities.Funds;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Conferences;

/// <summary>Follows each measure until it is done or has failed with a reason; one whose day has passed is told to the county and to its unit, and stays (A39, P16 step 7).</summary>
/// <remarks>What a fund of ours pays is paid by the county's finance with a voucher, committed and spent in the same transaction; when it fails the money is free again. All other money is the units' own and only recorded.</remarks>
[ChangesRecords]
[Activity("Relief Conference", "Follows each measure of a resolution to its end.", Chinese = "跟踪措施落实", Waits = true, MovesMoney = true)]
[Outcomes("AllDone", "PartlyDone")]
public sealed class FollowMeasures : Activity
{
    private const string Measure = "measure:";
    private const string Late = "due:";

    [Input("The conference.", Chinese = "会商")]
    public required string ConferenceId { get; init; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var scene = await ConferenceScene.Of(db, ConferenceId, context, cancellationToken);
        var measures = await new ConferenceQueries(db).Measures(ConferenceId, cancellationToken);
        return new Waiting([.. measures.SelectMany(measure => new[] { Bookmark.For(Measure + measure.Id, TaskOf(scene, measure, null)), Bookmark.Timer(Late + measure.Id, measure.DueAt) })]);
    }

    protected override async Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var scene = await ConferenceScene.Of(db, ConferenceId, context, cancellationToken);
        var measures = await new ConferenceQueries(db).Measures(ConferenceId, cancellationToken);
        if (wakeup.IsTimer)
            return await Overdue(scene, measures.Single(measure => Late + measure.Id == wakeup.Bookmark), cancellationToken);
        var measure = measures.Single(one => wakeup.Bookmark == Measure + one.Id || wakeup.Bookmark.StartsWith($"{Measure}{one.Id}#", StringComparison.Ordinal));
        if (await Ended(scene, measure, wakeup, cancellationToken) is { } problem)
            return new Waiting([Bookmark.For($"{Measure}{measure.Id}#{context.KeyFor(wakeup.Bookmark):N}", TaskOf(scene, measure, problem))]);
        measures = await new ConferenceQueries(db).Measures(ConferenceId, cancellationToken);
        return measures.Any(one => one.Status is MeasureStatus.Open or MeasureStatus.Overdue) ? new Waiting([])
            : new Completed(measures.All(one => one.Status == MeasureStatus.Done) ? "AllDone" : "PartlyDone");
    }

    private static async Task<string?> Ended(ConferenceScene scene, ConferenceMeasure measure, Wakeup wakeup, CancellationToken cancellationToken)
    {
        var answer = Answer.From(wakeup);
        if (answer.Text("result") is not { Length: > 0 and <= 2000 } result)
            return "ResultMissing";
        var (isDone, deed) = (answer.Decision == "Done", scene.Context.DeedOf("end-" + measure.Id, answer.By));
        if (measure.ReservationId is not null && await new ResolutionBook(scene.Db).Settle(measure, isDone, deed, cancellationToken) is not FundResult.Posted)
            return "NotPosted";
        await new ConferenceBook(scene.Db).Follow(measure, isDone ? MeasureStatus.Done : MeasureStatus.Failed, result, deed, cancellationToken);
        return null;
    }

    private static async Task<ActivityResult> Overdue(ConferenceScene scene, ConferenceMeasure measure, CancellationToken cancellationToken)
    {
        var told = new { caseNumber = scene.Number, what = measure.What, unit = measure.UnitCode };
        return new Waiting([])
        {
            Send = await new ConferenceBook(scene.Db).Follow(measure, MeasureStatus.Overdue, null, scene.Context.DeedOf("late-" + measure.Id), cancellationToken)
                ? [scene.ToCounty("conference.overdue", told), scene.ToUnit("conference.overdue", measure.UnitCode, told)]
                : []
        };
    }

    private static HumanTask TaskOf(ConferenceScene scene, ConferenceMeasure measure, string? problem) => new()
    {
        Title = $"落实会商措施 {scene.Number}",
        Kind = measure.AccountId is null ? "conference.measure" : "conference.payment",
        Role = measure.AccountId is null ? ReliefRoles.LeadingGroup : ReliefRoles.CountyFinance,
        Unit = measure.AccountId is null ? measure.UnitCode : scene.Conference.CountyCode,
        Subject = Conference.Chain(scene.Conference.Id),
        Outcomes = ["Done", "Failed"],
        Form = [FormField.Of("result", "凭证号、办理结果或未落实的原因", "string", "Done", "Failed")],
        Data = Json(new { measure.Id, measure.UnitCode, measure.What, measure.Amount, measure.AccountId, problem }),
        Due = measure.DueAt
    };
}
