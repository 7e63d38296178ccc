using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities;
using Relief.Flow.Activities.Doorbell;
using Relief.Flow.Activities.People;
using Relief.Flow.Tests.Storage;
using Relief.Flow.Workflows;
using Relief.Flow.Workflows.Kernel;
using Deed = Relief.Flow.Activities.Deed;
using static System.Threading.CancellationToken;
using static Relief.Flow.Tests.Pathways.Town;

namespace Relief.Flow.Tests.Pathways;

/// <summary>"procedure.doorbell": a device is installed and heard; it is pressed, nobody comes at first, then a neighbour does, and the follow-up finds need; later it falls silent and is swapped.</summary>
public abstract class DoorbellPathway : PathwayStory
{
    private Town town = null!;
    private string device = "", he = "", lv = "", alert = "";

    public override IReadOnlyList<string> Plays => ["procedure.doorbell", "procedure.doorbell.fault", "procedure.doorbell.install", "procedure.fasttrack"];

    public override DateTimeOffset Begins => Local(3, 10);

    private protected override async Task Tell(Town town)
    {
        this.town = town;
        await Installed();
        await Pressed(Local(3, 10, 10));
        await town.At(Local(3, 10, 10).AddSeconds(95));
        Assert.Equal(2, (await Alert()).Tier);
        await Does(db => new AlertBook(db).Accept(alert, lv, "voice", By("lv"), None));
        await Does(db => new AlertBook(db).Arrive(alert, lv, By("lv"), None));
        await Does(db => new AlertDesk(db).Resolve(alert, new Ending(AlertOutcome.Medical, "sight", "120-1"), By("lv"), None));
        await town.Complete("doorbell-follow-up", "surveyor-qian", "NeedsHelp", new { note = "家中断粮" });
        await town.Complete("emergency.propose", "clerk-1", "NotNeeded", new { reason = "亲属已送来食物" });   // on the fast track since then
        await town.Complete("doorbell-review", "county-officer-1", "Reviewed", new { note = "及时" });
        Assert.Equal((AlertStatus.Closed, lv), ((await Alert()).Status, (await Alert()).AccepterId));

        await town.At(Local(3, 11, 11, 30));
        await town.Complete("doorbell-call", "duty-1", "NoAnswer");
        await town.Complete("doorbell-check", "surveyor-qian", "Safe");
        await town.Complete("doorbell-swap", "surveyor-qian", "Swapped");
        await town.Complete("doorbell-test", "surveyor-qian", "Heard", new { heardBy = new[] { he } });
        Assert.Equal(DeviceStatus.Commissioned, (await town.Read(db => db.Set<DoorbellDevice>().SingleAsync())).Status);
        await Does(db => Retired(db), "device:" + device);
        await town.Complete("doorbell-fetch", "surveyor-qian", "Done");
    }

    private async Task Installed()
    {
        await town.Set(async db =>
        {
            var book = new DeviceBook(db, new PersonalDataKey(new byte[32]));
            var entry = new DeviceEntry { Serial = "D-001", CountyCode = "999900", AreaCode = "99990101", Place = "一村3组12号", PersonId = "person-zhang" };   // no note: a seal differs at each telling
            device = (await book.Register(entry, By("duty-1"), None)).Id;
            he = (await book.Link(Neighbour("何某某", 1), By("duty-1"), None)).Id;
            lv = (await book.Link(Neighbour("吕某某", 2), By("duty-1"), None)).Id;
        });
        await town.Start("procedure.doorbell.install", new { deviceId = device });
        await town.Complete("doorbell-install", "surveyor-qian", "Installed");
        await town.Complete("doorbell-test", "surveyor-qian", "Heard", new { heardBy = new[] { he } });
    }

    private async Task Pressed(DateTimeOffset at)
    {
        await town.At(at);
        var id = StableId.Of("alert");
        alert = id.ToString("N");
        await town.Set(db => new AlertIntake(db).Press(new SignalEntry(device, "n-1", "press", at) { AlertId = id }, new Deed("device:D-001", at, "press"), None));
        await town.Start("procedure.doorbell", new { alertId = alert }, id);
    }

    // A deed in one transaction, then the procedure looks again: as the host does it.
    private async Task Does(Func<ReliefDbContext, Task> deed, string? tell = null)
    {
        await town.Set(deed);
        await town.Publish(tell ?? "alert:" + alert, new { });
    }

    private async Task Retired(ReliefDbContext db) => await db.Replace(await db.Set<DoorbellDevice>().SingleAsync() with { Status = DeviceStatus.Retired }, None);

    private ResponderLink Neighbour(string name, int tier) => new()
    {
        Id = "", CountyCode = "999900", CreatedAt = Begins, CreatedBy = "duty-1", DeviceId = device, UserId = "person:" + name, Name = name, Tier = tier, Ord = tier, Channels = ["push", "voice"]
    };

    private Task<Alert> Alert() => town.Read(db => db.Set<Alert>().SingleAsync(row => row.Id == alert));

    private static Deed By(string who) => new(who, Local(3, 10, 10).AddSeconds(120), "story:" + who);

    public sealed class OnSqlite : DoorbellPathway
    {
        public override StorageKind Kind => StorageKind.Sqlite;
    }

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres : DoorbellPathway
    {
        public override StorageKind Kind => StorageKind.PostgreSql;
    }
}
