using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Audit;
using Relief.Flow.Activities.Parameters;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Activities.Suppliers;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Evaluations;

/// <summary>Reckons a period's scores and has the county confirm them; a supplier's score is its rating from then on, by which it is ranked (P14 step 7, CZ-035).</summary>
/// <remarks>No figure is typed: whoever disagrees with one puts the records right and has it reckoned again. Nothing is confirmed by time.</remarks>
[ChangesRecords]
[Activity("Relief Oversight", "Reckons a period's scores and has the county confirm them.", Chinese = "绩效评价", Waits = true)]
[Outcomes("Confirmed", "Dismissed", "Empty")]
public sealed class PerformanceEvaluation : Activity
{
    private const int PointsPerStar = 20;

    [Input("The county.", Chinese = "县")]
    public required string CountyCode { get; init; }

    [Input("The first service day, as 2026-01-01.", Chinese = "起始日")]
    public required string From { get; init; }

    [Input("The last service day.", Chinese = "截止日")]
    public required string To { get; init; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var scores = await Reckon(db, context.DeedOf("reckon"), cancellationToken);
        if (scores.Count == 0)
            return new Completed("Empty");
        var deadline = await new Deadlines(db).Of("evaluation.confirm", CountyCode, context.Now, cancellationToken);
        return new Waiting([.. deadline.Bookmarks("task", TaskFor(scores))]);
    }

    protected override async Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        if (wakeup.IsTimer)
            return new Waiting([]) { Send = [ActivityDeeds.Tell(wakeup.Bookmark == "task.due" ? "evaluation.late" : "evaluation.remind", "K", CountyCode, new { from = From, to = To })] };
        await using var db = ReliefDbContext.Over(context.Records);
        var answer = Answer.From(wakeup);
        if (answer.Decision != "Confirmed")
            return new Completed("Dismissed");
        var deed = context.DeedOf("confirm", answer.By);
        var scores = await Reckon(db, deed, cancellationToken);
        await db.LockWord("evaluation:" + CountyCode, cancellationToken);
        var known = await db.Set<Evaluation>().Where(row => row.CountyCode == CountyCode).Select(row => row.Id).ToListAsync(cancellationToken);
        List<Evaluation> kept = [.. scores.Where(score => !known.Contains(score.Id))];
        await db.InsertAll(kept, cancellationToken);
        var suppliers = kept.Where(score => score.Kind == EvaluatedUnit.Supplier).ToList();
        foreach (var score in suppliers)
            await Rate(db, score, deed, cancellationToken);
        return new Completed("Confirmed") { Send = [.. suppliers.Select(score => ActivityDeeds.Tell("evaluation.score", "S", score.UnitCode, new { from = From, to = To, score = score.Score, services = score.Services }))] };
    }

    private Task<IReadOnlyList<Evaluation>> Reckon(ReliefDbContext db, Deed deed, CancellationToken cancellationToken) =>
        new EvaluationQueries(db).Reckon(CountyCode, (Day(From), Day(To)), deed, cancellationToken);

    private static async Task Rate(ReliefDbContext db, Evaluation score, Deed deed, CancellationToken cancellationToken)
    {
        var supplier = await db.Locked<Supplier>(score.UnitCode).SingleAsync(cancellationToken);
        var rating = decimal.Round(score.Score / PointsPerStar, 1);
        await db.Replace(supplier with { Rating = rating }, cancellationToken);
        await db.Audit("supplier:" + supplier.Id, new AuditDetail("SupplierRated", new { From = supplier.Rating, To = rating, score.Id }), deed, cancellationToken);
    }

    private HumanTask TaskFor(IReadOnlyList<Evaluation> scores) => new()
    {
        Title = $"确认绩效评价 {From} 至 {To}",
        Kind = "evaluation",
        Role = ReliefRoles.CountyOfficer,
        Unit = CountyCode,
        Subject = $"evaluation:{CountyCode}:{From}:{To}",
        Outcomes = ["Confirmed", "Dismissed"],
        Form = [FormField.Of("reason", "不予确认的理由", "string", "Dismissed")],
        Data = Json(new { scores = scores.Select(score => new { kind = score.Kind.ToString(), score.UnitCode, score.Services, score.Timely, score.Quality, score.Checked, score.Content, score.Trained, score.Complaints, score.Score }) })
    };

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
