using Relief.Flow.Activities;
using Relief.Flow.Activities.Parameters;
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

/// <summary>"procedure.spotcheck" and "procedure.spotcheck.item": December is drawn, nobody can tell of one service and the next one did not happen; the year closes, and late records open it again.</summary>
public abstract class SpotCheckPathway : PathwayStory
{
    private string order = "";

    public override IReadOnlyList<string> Plays => ["procedure.spotcheck", "procedure.spotcheck.item"];

    public override DateTimeOffset Begins => Local(12, 28);

    private protected override async Task Tell(Town town)
    {
        await Served(town);
        await town.Start("procedure.spotcheck", new { countyCode = "999900", year = 2026 });
        Assert.Equal(11, (await Plans(town)).Count);   // the months before are drawn at once, though nothing was served in them
        await IsDrawnAndFound(town);
        await IsCorrected(town);
        await IsClosedAndOpenedAgain(town);
    }

    private Task Served(Town town) => town.Set(async db =>
    {
        await new ParameterBook(db).Set(new ParameterChange
        {
            Key = "spotcheck.majors", AreaCode = "999900", Value = "1", Unit = "count", ValidFrom = new DateOnly(2026, 1, 1), Basis = "示例民发〔2026〕3号"
        }, new Deed("county-officer-2", Local(1, 5), "majors"), None);
        order = Assert.Single(await ServedOrders.Of(db, "person-zhao", ReliefCategory.Dibao, "PV-A", "cleaning"));
        foreach (var day in new[] { 10, 14, 17 })
            await Serve(db, day, Local(12, day, 12));
    });

    private async Task Serve(ReliefDbContext db, int day, DateTimeOffset sent)
    {
        var entry = new RecordEntry
        {
            OrderId = order, WorkerId = "worker-a1", ItemCode = "cleaning", StartAt = Local(12, day), EndAt = Local(12, day, 10), Quantity = 1, Content = "done", ConfirmedBy = "赵某某 签字"
        };
        Assert.IsType<RecordResult.Done>(await new RecordBook(db).Submit(entry, new Deed("worker-a1", sent, "served-" + day), None));
    }

    private static async Task IsDrawnAndFound(Town town)
    {
        await town.At(NextYear(1, 5));
        var drawn = (await Plans(town))[^1];
        Assert.Equal((3, 1), (drawn.Services, drawn.Sample));
        await town.Complete("spotcheck", "county-officer-1", "CannotVerify", new { method = "Phone", findings = "三次无人接听" });
        await town.Complete("spotcheck", "county-officer-1", "Major", new { method = "HomeVisit", happened = false, findings = "当日无人上门" });
        Assert.True((await town.Read(db => new SpotCheckQueries(db).Proof(drawn.Id, None)))!.Holds);
    }

    private static async Task IsCorrected(Town town)
    {
        await town.Complete("spotcheck.supplier", "county-officer-2", "Suspended", new { reason = "停止派单" });
        Assert.Equal(SupplierStatus.Suspended, (await town.Read(db => new SupplierQueries(db).Find("PV-A", None)))!.Status);
        await town.Complete("spotcheck.plan", "supplier-a", "Submitted", new { measures = "培训" });
        await town.Complete("spotcheck.recheck", "county-officer-1", "NotCorrected", new { reason = "措施不具体" });
        await town.Complete("spotcheck.plan", "supplier-a", "Submitted", new { measures = "更换服务人员" });
        await town.Complete("spotcheck.recheck", "county-officer-1", "Corrected", new { reason = "已更换" });
    }

    private async Task IsClosedAndOpenedAgain(Town town)
    {
        await town.At(NextYear(1, 7));
        Assert.Equal((YearStatus.Closed, 3, 1, 0), await Year(town));
        await town.Set(async db =>
        {
            await Serve(db, 21, NextYear(1, 8));
            await Serve(db, 24, NextYear(1, 8));
        });
        Assert.Equal((YearStatus.Open, 3, 1, 1), await Year(town));
        await town.At(NextYear(2, 1));
        var late = (await Plans(town))[^1];
        Assert.Equal((DrawKind.TopUp, 5, 1), (late.Kind, late.Services, late.Sample));
        await town.Complete("spotcheck", "county-officer-1", "Pass", new { method = "HomeVisit", happened = true, satisfaction = 4 });
        await town.At(NextYear(2, 3));
        Assert.Equal((YearStatus.Closed, 5, 2, 1), await Year(town));
    }

    private static DateTimeOffset NextYear(int month, int day) => Local(month, day).AddYears(1);

    private static Task<IReadOnlyList<SpotCheckPlan>> Plans(Town town) => town.Read(db => new SpotCheckQueries(db).Plans("999900", 2026, None));

    private static async Task<(YearStatus Status, int Services, int Checked, int Reopened)> Year(Town town) =>
        await town.Read(db => new SpotCheckQueries(db).Year("999900", 2026, None)) is { } year ? (year.Status, year.Services, year.Checked, year.Reopened) : default;

    public sealed class OnSqlite : SpotCheckPathway
    {
        public override StorageKind Kind => StorageKind.Sqlite;
    }

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres : SpotCheckPathway
    {
        public override StorageKind Kind => StorageKind.PostgreSql;
    }
}
