using Relief.Flow.Activities.Agents;
using Relief.Flow.Activities.HelpDays;
using Relief.Flow.Tests.Storage;
using Relief.Flow.Workflows;
using static System.Threading.CancellationToken;
using static Relief.Flow.Tests.Pathways.Town;
using Deed = Relief.Flow.Activities.Deed;

namespace Relief.Flow.Tests.Pathways;

/// <summary>"procedure.helpday": a day that is made known, two desks that write down leaflets and help on behalf, an evening, and a week until all of it is closed.</summary>
public abstract class HelpDayPathway : PathwayStory
{
    private static readonly Deed Plan = new("county-officer-1", Local(6, 1), "plan");

    public override IReadOnlyList<string> Plays => ["procedure.helpday"];

    public override DateTimeOffset Begins => Local(6, 1);

    private protected override async Task Tell(Town town)
    {
        await town.Set(db => new HelpDayBook(db).Plan(
            new HelpDay { Id = "day-1", CountyCode = "999900", CreatedAt = Local(6, 1), CreatedBy = "county-officer-1", AreaCode = "999901", Place = "甲镇文化广场", HeldOn = new DateOnly(2026, 6, 6), Status = HelpDayStatus.Planned },
            [Desk("desk-1", "township-a", "clerk-1"), Desk("desk-2", "dept-health", "health-1")], Plan, None));
        await town.Start("procedure.helpday", new { helpDayId = "day-1" });
        await town.At(Local(6, 6, 9));
        Assert.Equal(HelpDayStatus.Open, (await Find(town)).Status);
        var mandate = new MandateEntry { CountyCode = "999900", AreaCode = "99990101", PersonRef = "person-zhang", Wording = "代办残疾证" };
        await town.Set(async db =>
        {
            var asked = await new MandateBook(db).Ask(mandate, new Deed("clerk-1", Local(6, 6), "mandate-1"), None);
            await Writes(db, HelpKind.Mandate, null, asked.Id);
            await Writes(db, HelpKind.Leaflet, 120, null);
            await Writes(db, HelpKind.Leaflet, 120, null);   // the same form once more
        });
        await town.At(Local(6, 6, 18));
        await town.Complete("helpday.reconcile", "county-officer-1", "Reconciled", new { applications = 195 });   // nobody types a total
        await town.Complete("helpday.reconcile", "county-officer-1", "Reconciled", new { remark = "顺利" });
        var report = await town.Read(db => new HelpDayQueries(db).Report("day-1", None));
        Assert.Equal((120, 1, 1), (report.Leaflets, report.Mandates, report.Open));
        await town.At(Local(6, 14));
        await town.Set(db => new MandateBook(db).End("mandate-1", ("Done", null), new Deed("agent-jiang", Local(6, 14), "end"), None));
        await town.At(Local(6, 28));
        Assert.Equal(HelpDayStatus.Closed, (await Find(town)).Status);
    }

    private static Task<HelpEntry> Writes(Relief.Flow.Activities.ReliefDbContext db, HelpKind kind, int? number, string? objectId) => new HelpDayBook(db).Take(new HelpEntry
    {
        Id = $"entry-{kind}", CountyCode = "999900", CreatedAt = Local(6, 6), CreatedBy = "clerk-1", HelpDayId = "day-1", DeskId = "desk-1", Kind = kind, Number = number, ObjectId = objectId,
        DeviceKey = $"key-{kind}", DeviceAt = Local(6, 6)
    }, new Deed("clerk-1", Local(6, 6), $"form-{kind}"), None);

    private static HelpDesk Desk(string id, string unit, string member) => new()
    {
        Id = id, CountyCode = "999900", CreatedAt = Local(6, 1), CreatedBy = "county-officer-1", HelpDayId = "day-1", Name = id, UnitCode = unit, Team = [member]
    };

    private static Task<HelpDay> Find(Town town) => town.Read(db => new HelpDayQueries(db).Get("day-1", None));

    public sealed class OnSqlite : HelpDayPathway
    {
        public override StorageKind Kind => StorageKind.Sqlite;
    }

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres : HelpDayPathway
    {
        public override StorageKind Kind => StorageKind.PostgreSql;
    }
}
