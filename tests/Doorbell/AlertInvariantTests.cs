using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities;
using Relief.Flow.Activities.Doorbell;
using Relief.Flow.Activities.People;
using Relief.Flow.Tests.Pathways;
using Relief.Flow.Tests.Storage;
using Relief.Flow.Workflows;
using Deed = Relief.Flow.Activities.Deed;
using static System.Threading.CancellationToken;

namespace Relief.Flow.Tests.Doorbell;

/// <summary>INV-21: the database itself refuses what breaks it, and of two nodes that race for the lead one wins.</summary>
[Trait("Proves", "INV-21")]
public abstract class AlertInvariantTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = Town.Local(3, 10);
    private TownDatabase database = null!;
    private DoorbellDevice device = null!;
    private ResponderLink[] links = null!;

    protected abstract StorageKind Kind { get; }

    [Fact]
    public async Task A_ring_without_an_alert_on_disk_is_refused() =>
        await Breaks(db => db.Insert(Ring("no-such-alert"), None), "foreign key");

    [Fact]
    public async Task An_alert_is_closed_only_with_an_outcome_and_a_review()
    {
        var alert = await Raised();
        await Breaks(db => db.Replace(alert with { Status = AlertStatus.Closed, ClosedAt = Now }, None), "INV-21");
        await Breaks(db => db.Replace(alert with { Status = AlertStatus.Closed, ClosedAt = Now, Outcome = AlertOutcome.Helped, ResolvedBy = "duty-1", ResolvedAt = Now }, None), "INV-21");
        await database.Set(db => new AlertDesk(db).Resolve(alert.Id, new Ending(AlertOutcome.Helped, "voice"), By("duty-1"), None));
        await Breaks(async db => await db.Replace(await db.Set<Alert>().SingleAsync() with { Outcome = AlertOutcome.FalseAlarm }, None), "INV-21");
    }

    [Fact]
    public async Task There_are_never_two_leads()
    {
        var alert = await Raised();
        await database.Set(db => db.Insert(Lead(alert, links[0]), None));
        await Breaks(db => db.Insert(Lead(alert, links[1]), None), "unique");
    }

    [Fact]
    public async Task Of_those_who_accept_at_the_same_moment_on_two_nodes_one_leads()
    {
        var alert = await Raised();
        var answers = await AtOnce(links, (db, link) => new AlertBook(db).Accept(alert.Id, link.Id, "app", By(link.UserId), None));
        Assert.Equal([AlertAnswer.Done, AlertAnswer.Taken, AlertAnswer.Taken], answers.Order());
    }

    [Fact]
    public async Task A_device_counts_only_when_a_responder_heard_it_and_keeps_one()
    {
        await Breaks(db => db.Replace(device with { Status = DeviceStatus.Commissioned }, None), "INV-21");
        await database.Set(async db =>
        {
            await db.Replace(device with { Status = DeviceStatus.Installed }, None);
            await new HeardTests(db).Hear(device.Id, links[0].Id, By("surveyor-qian"), None);
            Assert.True(await new HeardTests(db).Conclude(device.Id, By("surveyor-qian"), None));
        });
        await database.Set(async db =>
        {
            foreach (var link in links[1..])
                Assert.True(await Book(db).Relink(link.Id, one => one with { Active = false }, By("duty-1"), None));
            Assert.False(await Book(db).Relink(links[0].Id, one => one with { Active = false }, By("duty-1"), None));
        });
        await Breaks(async db => await db.Replace(await db.Set<ResponderLink>().SingleAsync(row => row.Id == links[0].Id) with { Active = false }, None), "INV-21");
        await Breaks(db => db.Insert(device with { Id = "other", Serial = "other", Status = DeviceStatus.Commissioned }, None), "INV-21");
    }

    [Fact]
    public async Task Of_the_last_two_responders_who_leave_at_the_same_moment_on_two_nodes_one_stays()
    {
        await database.Set(async db =>
        {
            await db.Replace(device with { Status = DeviceStatus.Installed }, None);
            await new HeardTests(db).Hear(device.Id, links[0].Id, By("surveyor-qian"), None);
            Assert.True(await new HeardTests(db).Conclude(device.Id, By("surveyor-qian"), None));
            Assert.True(await Book(db).Relink(links[2].Id, one => one with { Active = false }, By("duty-1"), None));
        });
        var left = await AtOnce(links[..2], (db, link) => Book(db).Relink(link.Id, one => one with { Active = false }, By("duty-1"), None));
        Assert.Equal([false, true], left.Order());
        await database.Set(async db => Assert.Single(await db.Set<ResponderLink>().Where(row => row.Active).ToListAsync()));
    }

    public async Task InitializeAsync()
    {
        database = await TownDatabase.New(Kind);
        await database.Set(async db =>
        {
            device = await Book(db).Register(new DeviceEntry { Serial = "D-001", CountyCode = "999900", AreaCode = "99990101", Place = "一村3组12号" }, By("duty-1"), None);
            links = [await Link(db, "何某某"), await Link(db, "吕某某"), await Link(db, "施某某")];
        });
    }

    public Task DisposeAsync()
    {
        database.Remove();
        return Task.CompletedTask;
    }

    // On two nodes at once; SQLite has one writer, so there one comes after the other.
    private async Task<T[]> AtOnce<T>(ResponderLink[] who, Func<ReliefDbContext, ResponderLink, Task<T>> deed)
    {
        async Task<T> One(ResponderLink link)
        {
            T said = default!;
            await database.Set(async db => said = await deed(db, link));
            return said;
        }

        if (Kind == StorageKind.PostgreSql)
            return await Task.WhenAll(who.Select(link => Task.Run(() => One(link))));
        List<T> all = [];
        foreach (var link in who)
            all.Add(await One(link));
        return [.. all];
    }

    private async Task<Alert> Raised()
    {
        Alert alert = null!;
        await database.Set(async db => alert = (await new AlertIntake(db).Press(new SignalEntry(device.Id, "n-1", "press", Now) { AlertId = Guid.NewGuid() }, By("device"), None)).Alert!);
        return alert;
    }

    private Task<ResponderLink> Link(ReliefDbContext db, string name) => Book(db).Link(
        new ResponderLink { Id = "", CountyCode = "999900", CreatedAt = Now, CreatedBy = "duty-1", DeviceId = device.Id, UserId = "person:" + name, Name = name, Tier = 1, Ord = 0 }, By("duty-1"), None);

    private async Task Breaks(Func<ReliefDbContext, Task> change, string because)
    {
        var refused = await Assert.ThrowsAnyAsync<DbUpdateException>(() => database.Set(change));
        Assert.Contains(because, refused.InnerException!.Message, StringComparison.OrdinalIgnoreCase);
    }

    private AlertNotification Ring(string alertId) => new()
    {
        Id = "ring", AlertId = alertId, LinkId = links[0].Id, Target = "person:x", Channel = "voice", Tier = 1, Round = 1, SentAt = Now, SentBy = "engine", ExpiresAt = Now
    };

    private static AlertResponder Lead(Alert alert, ResponderLink link) => new() { Id = Guid.NewGuid().ToString("N"), AlertId = alert.Id, LinkId = link.Id, AcceptedAt = Now, IsLead = true };

    private static DeviceBook Book(ReliefDbContext db) => new(db, new PersonalDataKey(new byte[32]));

    private static Deed By(string who) => new(who, Now, Guid.NewGuid().ToString("N"));

    public sealed class OnSqlite : AlertInvariantTests
    {
        protected override StorageKind Kind => StorageKind.Sqlite;
    }

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres : AlertInvariantTests
    {
        protected override StorageKind Kind => StorageKind.PostgreSql;
    }
}
