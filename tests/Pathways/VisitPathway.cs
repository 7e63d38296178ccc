using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Grids;
using Relief.Flow.Activities.Rounds;
using Relief.Flow.Tests.Storage;
using Relief.Flow.Workflows;
using static System.Threading.CancellationToken;
using static Relief.Flow.Tests.Pathways.Town;
using Deed = Relief.Flow.Activities.Deed;

namespace Relief.Flow.Tests.Pathways;

/// <summary>"procedure.visits", "procedure.visits.report" and "procedure.grid": a cell gets its worker, a month and a half-year of visits, a family whom nobody finds, and what was missed.</summary>
public abstract class VisitPathway : PathwayStory
{
    private const string April = "999900-Village-2026-04";

    private int reports;

    public override IReadOnlyList<string> Plays => ["procedure.visits", "procedure.visits.report", "procedure.grid", "procedure.hotline"];

    public override DateTimeOffset Begins => Local(3, 31);

    private protected override async Task Tell(Town town)
    {
        reports = 0;
        await town.Set(async db =>
        {
            var book = new GridBook(db);
            Assert.Null(await book.Keep(new CellEntry("N", "999900", "北区", 1, null, []), By("north"), None));
            Assert.Null(await book.Keep(new CellEntry("N-1", "999900", "甲镇网格", 2, "N", []), By("town"), None));
            Assert.Null(await book.Keep(new CellEntry("N-1-1", "999900", "一村网格", 3, "N-1", ["99990101"]), By("village"), None));
        });
        await town.Start("procedure.grid", new { cellId = "N-1-1" });
        await town.Complete("grid.vacant", "county-officer-1", "Filled", new { staffId = "clerk-1" });
        await town.Complete("grid.vacant", "county-officer-1", "Filled", new { staffId = "grid-1" });
        Assert.Equal("grid-1", await town.Read(db => new GridQueries(db).WorkerOf("99990101", new DateOnly(2026, 4, 1), None)));

        foreach (var (duty, period) in new[] { (VisitDuty.Village, "2026-04"), (VisitDuty.Street, "2026-H1"), (VisitDuty.Elderly, "2026-04") })
        {
            var (id, _, input) = OpenVisitRound.Of("999900", duty, period);
            await town.Start("procedure.visits", input, id);
        }

        await town.At(Local(4, 1, 1));
        Assert.Equal(["person-hua", "person-zhang", "person-zhao"], (await Open(town)).Order());

        await town.At(Local(4, 2));
        await Reports(town, "person-zhao", VisitOutcome.Done);
        await Reports(town, "person-zhang", VisitOutcome.NobodyHome);
        await Reports(town, "person-zhang", VisitOutcome.NobodyHome);
        await town.Complete("welfare-check", "surveyor-qian", "NotFound", new { note = "邻居也未见到" });
        await town.Complete("ticket.transfer", "hotline-1", "Transferred", new { unit = "999901" });
        await town.Complete("ticket.accept", "clerk-1", "Accepted");
        await town.Complete("ticket.resolve", "clerk-1", "Unfounded", new { measures = "已找到", answer = "在女儿家" });
        await town.Complete("ticket.review", "reviewer-li", "Closed");

        await town.At(Local(5, 1, 1));
        var (round, units) = await town.Read(async db => (await new RoundBook(db).Get(April, None), await new RoundQueries(db).Units(await new RoundBook(db).Get(April, None), VisitDuty.Village, None)));
        Assert.Equal((RoundStatus.Closed, new UnitCompliance("99990101", 3, 1, 0, 2, 0, 0.3333m)), (round.Status, Assert.Single(units)));
        Assert.Equal(3, await town.Read(db => db.Set<HomeVisit>().CountAsync(row => row.RoundId == "999900-Village-2026-05")));
        Assert.Equal(3, await town.Read(db => db.Set<HomeVisit>().CountAsync(row => row.RoundId == "999900-Street-2026-H1" && row.Status == HomeVisitStatus.Open)));
    }

    private static Deed By(string key) => new("county-officer-1", Local(3, 31), key);

    private static Task<List<string>> Open(Town town) => town.Read(db => db.Set<HomeVisit>().Where(row => row.RoundId == April && row.Status == HomeVisitStatus.Open).Select(row => row.PersonId).ToListAsync());

    private async Task Reports(Town town, string person, VisitOutcome outcome)
    {
        var key = Guid.Parse($"00000000-0000-0000-0000-{++reports:000000000000}").ToString("N");
        var entry = new ReportEntry { VisitId = $"{April}-{person}-1", Outcome = outcome, Mode = VisitMode.Home, VisitedBy = "grid-1", VisitedAt = Local(4, 2), Situation = "一切正常", PolicyExplained = true };
        var leads = false;
        await town.Set(async db =>
        {
            var taken = await new VisitDesk(db).Report(entry, new Deed("grid-1", Local(4, 2), key), None);
            Assert.Null(taken.Fault);
            leads = taken.Leads;
        });
        if (leads)
            await town.Start("procedure.visits.report", new { reportId = key });
    }

    public sealed class OnSqlite : VisitPathway
    {
        public override StorageKind Kind => StorageKind.Sqlite;
    }

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres : VisitPathway
    {
        public override StorageKind Kind => StorageKind.PostgreSql;
    }
}
