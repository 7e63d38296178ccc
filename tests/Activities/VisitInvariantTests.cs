using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities;
using Relief.Flow.Activities.Grids;
using Relief.Flow.Activities.Parameters;
using Relief.Flow.Activities.People;
using Relief.Flow.Activities.Rounds;
using Relief.Flow.Activities.Seed;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Tests.Storage;
using Relief.Flow.Workflows;
using static System.Threading.CancellationToken;

namespace Relief.Flow.Tests.Activities;

/// <summary>The attempts to break INV-20 and the rules of visits (P18): at the same time, through the books, and past them by bare statements.</summary>
public abstract class VisitInvariantTests(StorageKind kind) : ReliefTest(kind)
{
    private const string Round = "999900-Village-2026-03";
    private static readonly string[] Cells = ["C-1", "C-2"];

    [Fact]
    public async Task INV_20_a_village_lies_in_one_cell_of_the_third_level_also_when_two_take_it_at_once()
    {
        await Laid();
        var taken = await Task.WhenAll(Cells.Select(cell => Task.Run(() => DoApart(db => new GridBook(db).Keep(Cell(cell, "99990101"), ByClerk(), None)))));
        Assert.Equal("grid.villageTaken", Assert.Single(taken, fault => fault is not null)!.Code);
        Assert.Equal(1, await Do(db => db.Set<GridVillage>().CountAsync()));
        await Refused(Unique, "insert into {grid_village} (id, county_code, created_at, created_by, cell_id) select id, county_code, created_at, created_by, 'C-2' from {grid_village}");
        await Refused("INV-20", "update {grid_village} set cell_id = 'T'");
        await Refused("INV-20", "update {grid_village} set id = '999901'");
        await Refused("INV-20", "update {grid_cell} set level = 2 where id = 'C-1'");
        await Refused("INV-20", "update {grid_cell} set parent_id = 'N' where id = 'C-1'");
        await Refused("INV-20", "delete from {grid_cell} where id = 'C-2'");
        foreach (var (entry, code) in new[]
        {
            (Cell("C-1", "999901"), "grid.villageUnknown"), (Cell("C-1", "nowhere"), "grid.villageUnknown"), (Cell("C-1") with { Level = 2, ParentId = "N" }, "grid.levelKept"),
            (Cell("C-3") with { ParentId = "N" }, "grid.parent"), (Cell("C-3") with { ParentId = null }, "grid.parent"), (Cell("T", "99990102") with { Level = 2, ParentId = "N" }, "grid.villages")
        })
            Assert.Equal(code, (await Do(db => new GridBook(db).Keep(entry, ByClerk(), None)))?.Code);
    }

    [Fact]
    public async Task INV_20_a_cell_has_one_worker_and_nobody_is_the_worker_of_two_also_at_once()
    {
        await Laid();
        await Do(db => db.InsertAll(new[] { "a", "b" }.Select(Member).ToList(), None));
        await Do(db => db.InsertAll(new[] { "a", "b" }.Select(Role).ToList(), None));
        var both = await Task.WhenAll(Cells.Select(cell => Task.Run(() => DoApart(async db => await new PostBook(db).Appoint((await new GridQueries(db).Find(cell, None))!, "a", ByClerk(), None)))));
        Assert.Equal("grid.hasCell", Assert.Single(both, fault => fault is not null)!.Code);
        var cell = (await Do(db => db.Set<GridPost>().SingleAsync())).CellId;
        await Task.WhenAll(new[] { "a", "b" }.Select(who => Task.Run(() => DoApart(async db => await new PostBook(db).Appoint((await new GridQueries(db).Find(cell, None))!, who, ByClerk(), None)))));
        Assert.Single(await Do(db => db.Set<GridPost>().Where(row => row.CellId == cell && row.EndedAt == null).ToListAsync()));
        await Refused(Unique, "insert into {grid_post} (id, county_code, created_at, created_by, cell_id, staff_id, kind, valid_from) select 'x', county_code, created_at, created_by, cell_id, 'c', kind, valid_from from {grid_post} where ended_at is null");
        await Refused(Unique, "insert into {grid_post} (id, county_code, created_at, created_by, cell_id, staff_id, kind, valid_from) select 'x', county_code, created_at, created_by, case cell_id when 'C-1' then 'C-2' else 'C-1' end, staff_id, kind, valid_from from {grid_post} where ended_at is null");
        await Refused("INV-20", "delete from {grid_post}");
    }

    [Fact]
    public async Task A_stand_in_has_two_cells_for_thirty_days_at_most_and_112_cells_have_112_workers()
    {
        await Laid();
        var numbers = Enumerable.Range(1, 112).ToList();
        await Do(db => db.InsertAll([.. numbers.Select(number => Member($"w-{number}"))], None));
        await Do(db => db.InsertAll([.. numbers.Select(number => Role($"w-{number}"))], None));
        await Do(db => db.InsertAll([.. numbers.Skip(2).Select(number => new GridCell { Id = $"C-{number}", CountyCode = County, CreatedAt = Morning(3, 16), CreatedBy = "x", Name = "网格", Level = 3, ParentId = "T" })], None));
        await Do(db => db.InsertAll([.. numbers.Select(number => new GridPost
        {
            Id = $"p-{number}", CountyCode = County, CreatedAt = Morning(3, 16), CreatedBy = "x", CellId = $"C-{number}", StaffId = $"w-{number}", Kind = GridPostKind.Worker, ValidFrom = new DateOnly(2026, 1, 1)
        })], None));
        await Sets("grid.cells", "114");
        var grid = await Do(db => new GridQueries(db).Of(County, new DateOnly(2026, 3, 16), None));
        Assert.Equal((112, 112, 0), (grid.Levels[3], grid.Cells.Select(cell => cell.Current).OfType<string>().Distinct().Count(), grid.Vacant.Count));
        Assert.Equal(["UncoveredVillages"], grid.Warnings);
        Assert.All(grid.Cells.Where(cell => cell.Cell.Level == 3), cell => Assert.Equal(["FewVillages"], cell.Warnings));   // a warning, and no fault

        Assert.Equal("grid.standInTooLong", (await StandsIn("C-2", "w-1", new DateOnly(2026, 4, 15)))?.Code);
        Assert.Null(await StandsIn("C-2", "w-1", new DateOnly(2026, 4, 14)));
        Assert.Equal("grid.tooManyCells", (await StandsIn("C-3", "w-1", new DateOnly(2026, 3, 20)))?.Code);
        Assert.Equal("grid.standInTooLong", (await Do(async db => await new PostBook(db).StandIn((await new GridQueries(db).Find("C-2", None))!, "w-1", new DateOnly(2026, 4, 20), ByClerk(at: Morning(4, 10)), None)))?.Code);
        var view = await Do(db => new GridQueries(db).View("C-2", new DateOnly(2026, 4, 14), None));
        Assert.Equal(("w-2", "w-1"), (view!.Worker, view.Current));
        Assert.Equal("w-2", (await Do(db => new GridQueries(db).View("C-2", new DateOnly(2026, 4, 15), None)))!.Current);
    }

    [Fact]
    public async Task Each_family_has_its_visit_once_also_when_two_generate_at_once()
    {
        await Laid();
        await Families(250);
        await Do(db => new RoundBook(db).Open(County, VisitDuty.Village, "2026-03", ByClerk(), None));
        async Task<int> Generates()
        {
            var parts = 1;
            while (!await DoApart(db => new RoundBook(db).Generate(Round, 40, ByClerk(), None)))
                parts++;
            return parts;
        }

        var parts = await Task.WhenAll(Task.Run(Generates), Task.Run(Generates));
        Assert.InRange(parts.Sum(), 7, 9);   // 253 families, forty at a time, whoever writes which
        Assert.Equal(253, await Do(db => db.Set<HomeVisit>().Select(row => row.FamilyId).Distinct().CountAsync()));
        Assert.Equal(253, await Do(db => db.Set<HomeVisit>().CountAsync()));
        await Refused(Unique, "insert into {home_visit} (id, county_code, created_at, created_by, area_code, round_id, duty, slot, family_id, person_id, due_on, status, misses) select id || 'x', county_code, created_at, created_by, area_code, round_id, duty, slot, family_id, person_id, due_on, status, misses from {home_visit}");
        await Do(db => new RoundBook(db).Open(County, VisitDuty.Village, "2026-03", ByClerk(), None));
        await Refused(Unique, "insert into {visit_round} (id, county_code, created_at, created_by, duty, period, starts_on, ends_on, times, status) select 'x', county_code, created_at, created_by, duty, period, starts_on, ends_on, times, 'Open' from {visit_round}");
    }

    [Fact]
    public async Task One_visit_never_serves_village_and_street_and_what_came_of_it_stays()
    {
        await Laid();
        foreach (var (duty, period) in new[] { (VisitDuty.Village, "2026-03"), (VisitDuty.Street, "2026-H1") })
        {
            await Do(db => new RoundBook(db).Open(County, duty, period, ByClerk(), None));
            await Do(db => new RoundBook(db).Generate(RoundBook.IdOf(County, duty, period), 100, ByClerk(), None));
        }

        var report = (await Made("person-zhao", 9, 0)).Report!;
        await Refused("P18", "update {home_visit} set report_id = '" + report.Id + "', status = 'Done' where family_id = 'person-zhao' and duty = 'Street'");
        await Refused("P18", "update {home_visit} set report_id = '" + report.Id + "', status = 'Done' where family_id = 'person-hua' and duty = 'Village'");
        await Refused("P18", "update {home_visit} set status = 'Open', report_id = null where family_id = 'person-zhao' and duty = 'Village'");
        await Refused("constraint", "update {home_visit} set status = 'Done' where family_id = 'person-hua'");
        await Refused("INV-25", "update {home_report} set situation = '另写'");
        await Refused("INV-25", "delete from {home_report}");
        await Refused("INV-25", "delete from {home_visit}");
        await Refused(Unique, db => db.Insert(report with { Id = "again" }, None));
        await Refused("constraint", db => db.Insert(report with { Id = "call", VisitedBy = "surveyor-qian", Mode = VisitMode.Phone }, None));
    }

    [Fact]
    public async Task Twenty_visits_in_ten_minutes_are_marked_and_told_once()
    {
        await Laid();
        await Families(30);
        await Do(db => new RoundBook(db).Open(County, VisitDuty.Village, "2026-03", ByClerk(), None));
        await Do(db => new RoundBook(db).Generate(Round, 100, ByClerk(), None));
        List<ReportResult> reports = [];
        foreach (var number in Enumerable.Range(1, 22))
            reports.Add(await Made(Family(number), 9, 0, seconds: 30 * number));
        Assert.Equal(20, reports.FindIndex(result => result.Report!.PaceAlarm) + 1);
        Assert.Single(reports, result => result.Leads);
        Assert.Equal(22, await Do(db => db.Set<HomeReport>().CountAsync(row => row.FlaggedAt != null)));
        Assert.Null((await Made(Family(23), 10, 0)).Report!.FlaggedAt);
        Assert.Equal(22, Assert.Single(await Do(async db => await new RoundQueries(db).Units(await new RoundBook(db).Get(Round, None), VisitDuty.Village, None)), unit => unit.Unit == "99990101").Flagged);
    }

    [Fact]
    public async Task Special_elderly_are_visited_as_often_as_policy_says_and_only_who_is_still_there_was_missed()
    {
        await Laid();
        await Sets("visit.specialElderly", "weekly");
        await Do(db => new RoundBook(db).Open(County, VisitDuty.Elderly, "2026-03", ByClerk(), None));
        const string Elderly = "999900-Elderly-2026-03";
        await Do(db => new RoundBook(db).Generate(Elderly, 100, ByClerk(), None));
        var visits = await Do(db => db.Set<HomeVisit>().Where(row => row.FamilyId == "person-zhang").OrderBy(row => row.Slot).Select(row => row.DueOn.Day).ToListAsync());
        Assert.Equal([7, 15, 23, 31], visits);
        await Do(async db => await db.Replace(await db.Set<Person>().SingleAsync(row => row.Id == "person-zhao") with { LifeStatus = LifeStatus.Dead, DiedOn = new DateOnly(2026, 3, 20), DeathSource = "家属" }, None));
        for (var part = 1; !await Do(db => new RoundBook(db).Close(Elderly, 3, ByClerk(at: Morning(4, 1)), None)); part++)
            Assert.InRange(part, 1, 4);   // twelve visits, three at a time
        Assert.Equal(["person-feng Missed", "person-zhang Missed", "person-zhao Lapsed"], (await Do(db => db.Set<HomeVisit>().ToListAsync())).Select(row => $"{row.FamilyId} {row.Status}").Distinct().Order());
        Assert.Equal([4, 4], (await Do(async db => await new RoundQueries(db).Units(await new RoundBook(db).Get(Elderly, None), VisitDuty.Elderly, None))).Select(unit => unit.Required));
    }

    private async Task Laid()
    {
        await Do(db => new ExampleCounty(db, new PersonalDataKey(new byte[32])).Write(Morning(1, 4), None));
        foreach (var entry in new[] { new CellEntry("N", County, "北区", 1, null, []), new CellEntry("T", County, "甲镇", 2, "N", []), Cell("C-1"), Cell("C-2") })
            Assert.Null(await Do(db => new GridBook(db).Keep(entry, ByClerk(), None)));
    }

    private static CellEntry Cell(string id, params string[] villages) => new(id, County, "网格", 3, "T", villages);

    private static StaffMember Member(string id) => new() { Id = id, CountyCode = County, Name = "某某某", UnitId = "county-bureau", AreaCode = County, Active = true };

    private static StaffRole Role(string id) => new() { Id = id + ":grid", StaffId = id, Role = ReliefRoles.GridWorker, AreaCode = County, ValidFrom = new DateOnly(2026, 1, 1) };

    private Task<GridFault?> StandsIn(string cell, string who, DateOnly until) => Do(async db => await new PostBook(db).StandIn((await new GridQueries(db).Find(cell, None))!, who, until, ByClerk(), None));

    private Task<bool> Sets(string key, string value) => Do(db => new ParameterBook(db).Set(
        new ParameterChange { Key = key, AreaCode = County, Value = value, Unit = "count", ValidFrom = new DateOnly(2026, 1, 1), Basis = "示例" }, ByClerk(), None));

    private static string Family(int number) => string.Create(CultureInfo.InvariantCulture, $"family-{number:000}");

    private Task Families(int count) => Do(async db =>
    {
        await db.InsertAll([.. Enumerable.Range(1, count).Select(number => new Person
        {
            Id = Family(number), CountyCode = County, CreatedAt = Morning(1, 5), CreatedBy = "seed", IdNumberSealed = "-", IdNumberHash = Family(number), Name = "某某某", Sex = "F", BirthDate = new DateOnly(1960, 1, 1),
            AreaCode = "99990101", Capacity = LegalCapacity.Full, LifeStatus = LifeStatus.Alive
        })], None);
        await db.InsertAll([.. Enumerable.Range(1, count).Select(number => new ReliefIdentity
        {
            Id = Family(number) + ":identity", CountyCode = County, CreatedAt = Morning(1, 5), CreatedBy = "seed", PersonId = Family(number), Category = ReliefCategory.Dibao, ValidFrom = new DateOnly(2025, 1, 1),
            Evidence = "救助登记", Source = "relief-registry"
        })], None);
    });

    private Task<ReportResult> Made(string family, int hour, int minute, int seconds = 0)
    {
        var at = new DateTimeOffset(2026, 3, 16, hour, minute, 0, TimeSpan.FromHours(8)).AddSeconds(seconds).ToUniversalTime();
        var entry = new ReportEntry { VisitId = $"{Round}-{family}-1", Outcome = VisitOutcome.Done, Mode = VisitMode.Home, VisitedBy = "grid-1", VisitedAt = at, Situation = "一切正常", PolicyExplained = true };
        return Do(db => new VisitDesk(db).Report(entry, ByClerk("grid-1", at.AddHours(1)), None));
    }

    public sealed class OnSqlite() : VisitInvariantTests(StorageKind.Sqlite);

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres() : VisitInvariantTests(StorageKind.PostgreSql);
}
