using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Relief.Flow.Activities;
using Relief.Flow.Activities.Doorbell;
using Relief.Flow.Activities.People;
using Relief.Flow.Host.Doorbell;
using Relief.Flow.Tests.Host;
using Relief.Flow.Tests.Pathways;
using Relief.Flow.Tests.Storage;
using Relief.Flow.Workflows;
using Relief.Flow.Workflows.Runtime;
using Deed = Relief.Flow.Activities.Deed;
using static System.Threading.CancellationToken;

namespace Relief.Flow.Tests.Doorbell;

/// <summary>The fallback notifier, look by look: what it rings while engines beat, while none does, and when the records cannot be reached.</summary>
public abstract class FallbackNotifierTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Pressed = Town.Local(3, 10, 2);
    private static readonly PersonalDataKey Key = new(new byte[32]);
    private readonly HttpClient client = new();
    private TownDatabase database = null!;
    private OutsideWorld gateway = null!;
    private FallbackNotifier notifier = null!;

    protected abstract StorageKind Kind { get; }

    [Fact]
    public async Task An_alert_that_a_living_engine_does_not_pick_up_in_15_seconds_is_rung_every_minute_until_it_does()
    {
        Assert.Equal(0, await Looks(14));
        Assert.Equal(4, await Looks(15));
        Assert.Equal(["person:1 sms", "person:1 voice", "person:3 sms", "person:3 voice"], Rung());   // not the second tier; at night a call and a text message
        Assert.Equal(0, await Looks(74));
        Assert.Equal(4, await Looks(75));
        await Changes(alert => alert with { PickedUpAt = Pressed.AddSeconds(80) });
        Assert.Equal(0, await Looks(200));
        await database.Set(async db => Assert.Equal(["notifier"], await db.Set<AlertNotification>().Select(row => row.SentBy).Distinct().ToListAsync()));
        await database.Set(async db => Assert.Equal(8, await db.Set<AlertNotification>().CountAsync()));
    }

    [Fact]
    public async Task When_no_engine_has_beaten_for_60_seconds_every_open_alert_is_rung_that_nobody_leads()
    {
        await Changes(alert => alert with { PickedUpAt = Pressed });
        Assert.Equal(0, await Looks(100, silent: 59));
        Assert.Equal(4, await Looks(102, silent: 61));
        await Changes(alert => alert with { AccepterId = "link-1" });
        Assert.Equal(0, await Looks(300, silent: 259));
        await Changes(alert => alert with { AccepterId = null, Status = AlertStatus.Resolved, Outcome = AlertOutcome.Helped, ResolvedBy = "duty-1", ResolvedAt = Pressed.AddSeconds(301) });
        Assert.Equal(0, await Looks(400, silent: 359));
    }

    [Fact]
    public async Task When_the_records_cannot_be_reached_either_it_rings_what_it_last_saw_open()
    {
        await Changes(alert => alert with { PickedUpAt = Pressed });
        Assert.Equal(0, await Looks(20));
        await database.Set(db => db.Database.ExecuteSqlRawAsync(Away));
        Assert.Equal(0, await Looks(79));
        Assert.Equal(4, await Looks(80));
        Assert.Equal(0, await Looks(139));
        Assert.Equal(4, await Looks(140));
        Assert.Equal(8, Rung().Count);
    }

    public async Task InitializeAsync()
    {
        gateway = (await OutsideWorld.Open()).Answers("POST /notices", OutsideAnswer.Ok);
        database = await TownDatabase.New(Kind);
        var parts = new NotifierParts(client, new Uri(gateway.Address, "notices"), new NoticeTemplates([typeof(ReliefDbContext).Assembly]), new DoorbellOptions { PublicUrl = "https://relief.example" });
        notifier = new FallbackNotifier(new FallbackBook(new ReliefDatabase(Kind, database.ConnectionString), Kind), Key, parts, NullLogger<FallbackNotifier>.Instance);
        await database.Set(async db =>
        {
            await db.Database.ExecuteSqlRawAsync("update clock set manual_now = null");   // time is real, and each look is told it
            var device = await new DeviceBook(db, Key).Register(new DeviceEntry { Serial = "D-001", CountyCode = "999900", AreaCode = "99990101", Place = "一村3组12号" }, By("duty-1"), None);
            foreach (var tier in new[] { 1, 2, 3 })
                await new DeviceBook(db, Key).Link(new ResponderLink
                {
                    Id = "", CountyCode = "999900", CreatedAt = Pressed, CreatedBy = "duty-1", DeviceId = device.Id, UserId = string.Create(CultureInfo.InvariantCulture, $"person:{tier}"), Name = "某某某", Tier = tier, Ord = tier
                }, By("duty-1"), None);
            await new AlertIntake(db).Press(new SignalEntry(device.Id, "n-1", "press", Pressed) { AlertId = Guid.NewGuid() }, By("device"), None);
        });
    }

    public async Task DisposeAsync()
    {
        client.Dispose();
        await gateway.DisposeAsync();
        database.Remove();
    }

    /// <summary>A statement after which the alerts are gone.</summary>
    protected abstract string Away { get; }

    /// <summary>A statement by which the last engine beat so many seconds before a moment.</summary>
    protected abstract string Beat(DateTimeOffset now, int silent);

    private async Task<int> Looks(int seconds, int silent = 5)
    {
        var now = Pressed.AddSeconds(seconds);
        await database.Set(db => db.Database.ExecuteSqlRawAsync(Beat(now, silent)));
        return await notifier.RunOnce(now, None);
    }

    private Task Changes(Func<Alert, Alert> change) => database.Set(async db => await db.Replace(change(await db.Set<Alert>().SingleAsync()), None));

    private List<string> Rung() => [.. gateway.RequestsTo("POST /notices").Select(notice => $"{notice.Json.Text("to")} {notice.Json.Text("channel")}").Order(StringComparer.Ordinal)];

    private static Deed By(string who) => new(who, Pressed, Guid.NewGuid().ToString("N"));

    public sealed class OnSqlite : FallbackNotifierTests
    {
        protected override StorageKind Kind => StorageKind.Sqlite;

        protected override string Away => "alter table relief_alert rename to relief_alert_away";

        protected override string Beat(DateTimeOffset now, int silent) => string.Create(
            CultureInfo.InvariantCulture, $"insert or replace into node (node_id, started_at, beat_at, version) values (1, 0, {now.AddSeconds(-silent).ToUnixTimeMilliseconds()}, '1')");
    }

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres : FallbackNotifierTests
    {
        protected override StorageKind Kind => StorageKind.PostgreSql;

        protected override string Away => "alter table relief.alert rename to alert_away";

        // Silence is told by the database's own clock.
        protected override string Beat(DateTimeOffset now, int silent) => string.Create(
            CultureInfo.InvariantCulture,
            $"insert into flow.node (node_id, started_at, beat_at) values (1, now(), now() - interval '{silent} s') on conflict (node_id) do update set beat_at = excluded.beat_at");
    }
}
