using Relief.Flow.Activities.Evaluations;
using Relief.Flow.Activities.People;
using Relief.Flow.Activities.SpotChecks;
using Relief.Flow.Activities.Suppliers;
using Relief.Flow.Activities.Visits;
using Relief.Flow.Tests.Storage;
using Relief.Flow.Workflows;
using static Relief.Flow.Tests.Pathways.Town;
using static System.Threading.CancellationToken;
using Deed = Relief.Flow.Activities.Deed;

namespace Relief.Flow.Tests.Pathways;

/// <summary>"procedure.evaluation": December's scores are reckoned from three records and one finding, dismissed once, confirmed, and become the supplier's rating.</summary>
public abstract class EvaluationPathway : PathwayStory
{
    public override IReadOnlyList<string> Plays => ["procedure.evaluation"];

    public override DateTimeOffset Begins => Local(12, 28);

    private protected override async Task Tell(Town town)
    {
        await Served(town);
        await town.Start("procedure.evaluation", new { countyCode = "999900", from = "2026-01-01", to = "2026-06-30" });   // nothing was served
        await town.Start("procedure.evaluation", new { countyCode = "999900", from = "2026-12-01", to = "2026-12-31" });
        await town.Complete("evaluation", "county-officer-1", "Dismissed", new { reason = "等待复核" });
        Assert.Empty(await Scores(town));

        await town.Start("procedure.evaluation", new { countyCode = "999900", from = "2026-12-01", to = "2026-12-31" });
        await town.At(Local(12, 30));
        await town.Complete("evaluation", "county-officer-1", "Confirmed");
        Assert.Equal(["Supplier PV-A 3 66.67 66.67 100 80 100 100 83.67", "Township 999901 3 66.67 66.67 100 80 - 100 81.85"], (await Scores(town)).Select(Text));
        Assert.Equal(4.2m, (await town.Read(db => new SupplierQueries(db).Find("PV-A", None)))!.Rating);
    }

    private static Task Served(Town town) => town.Set(async db =>
    {
        var order = Assert.Single(await ServedOrders.Of(db, "person-zhang", ReliefCategory.Dibao, "PV-A", "cleaning"));
        foreach (var (day, sent) in new[] { (10, Local(12, 10, 12)), (14, Local(12, 14, 12)), (17, Local(12, 19, 12)) })   // the third one is late
        {
            var entry = new RecordEntry
            {
                OrderId = order, WorkerId = "worker-a1", ItemCode = "cleaning", StartAt = Local(12, day), EndAt = Local(12, day, 10), Quantity = 1, Content = "done", ConfirmedBy = "张某某 签字"
            };
            await new RecordBook(db).Submit(entry, new Deed("worker-a1", sent, "served-" + day), None);
        }

        var book = new SpotCheckBook(db);
        var plan = await book.Draw(new DrawRequest("999900", DrawKind.Monthly, new DateOnly(2026, 12, 1), new DateOnly(2026, 12, 31), "seed"), new Deed("system", Local(12, 27), "drawn"), None);
        var item = Assert.Single((await new SpotCheckQueries(db).View(plan.Id, None))!.Items).Item;
        await book.Find(item, new CheckForm { Result = CheckResult.Pass, Method = CheckMethod.HomeVisit, Happened = true, Satisfaction = 4 }, new Deed("county-officer-1", Local(12, 27), "found"), None);
    });

    private static Task<IReadOnlyList<Evaluation>> Scores(Town town) => town.Read(db => new EvaluationQueries(db).Of("999900", None));

    private static string Text(Evaluation score) => FormattableString.Invariant(
        $"{score.Kind} {score.UnitCode} {score.Services} {score.Timely:0.##} {score.Quality:0.##} {score.Checked:0.##} {score.Content:0.##} {(score.Trained is { } trained ? trained.ToString("0.##", System.Globalization.CultureInfo.InvariantCulture) : "-")} {score.Complaints:0.##} {score.Score:0.##}");

    public sealed class OnSqlite : EvaluationPathway
    {
        public override StorageKind Kind => StorageKind.Sqlite;
    }

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres : EvaluationPathway
    {
        public override StorageKind Kind => StorageKind.PostgreSql;
    }
}
