using System.Net.Http.Json;
using System.Text.Json;
using Relief.Flow.Activities.Archive;
using Relief.Flow.Activities.People;
using Relief.Flow.Activities.Visits;
using Relief.Flow.Tests.Host;
using Relief.Flow.Tests.Pathways;
using Relief.Flow.Tests.Storage;
using static System.Threading.CancellationToken;
using static Relief.Flow.Tests.Scenarios.ReliefDesk;
using Deed = Relief.Flow.Activities.Deed;

namespace Relief.Flow.Tests.Scenarios;

/// <summary>SC-35 over REST: a supplier leaves; nine orders get cover, what it delivered is paid, and its data is deleted.</summary>
[Trait("Proves", "E05")]
public abstract class SC35 : IAsyncLifetime
{
    private static readonly string[] Items = ["home-care", "cleaning", "meal"];
    private static readonly (string Person, ReliefCategory Category)[] People = [("person-zhang", ReliefCategory.Dibao), ("person-zhao", ReliefCategory.Dibao), ("person-wang", ReliefCategory.Margin)];

    private ReliefDesk desk = null!;
    private IReadOnlyList<string> numbers = [];

    protected abstract Task<ReliefDesk> Open();

    [Fact]
    public async Task Nine_orders_go_on_seven_with_another_supplier_and_two_with_the_township()
    {
        await desk.Sends("county-officer-1", "suppliers/PV-B/exit", new { lastDay = "2026-05-31" });
        Assert.Equal(9, (await desk.Tasks("cover.decide")).Length);
        Assert.All(await desk.List("tasks?kind=cover.decide&take=20"), task => Assert.Equal(EndOf(5, 27), task.GetProperty("due").GetDateTimeOffset().ToOffset(TimeSpan.FromHours(8))));
        var decided = 0;
        await All("cover.decide", _ => ++decided <= 7 ? ("clerk-1", "Moved", new { supplierId = "PV-A" }) : ("clerk-1", "Emergency", (object)new { reason = "无合适机构" }));
        await All("cover.ask", _ => ("supplier-a", "Accepted", new { }));
        await Sign(all: false);
        Assert.All(await Covers(), cover => Assert.Null(cover.Text("takenOverAt")));

        await desk.Until(On(6, 1, 10));
        await Sign(all: true);
        var covers = await Covers();
        Assert.Equal((7, 2), (covers.Count(cover => cover.Text("toSupplierId") == "PV-A"), covers.Count(cover => cover.Text("toSupplierId") is null)));
        Assert.Equal([0, 0, 0, 0, 0, 0, 11], covers.Where(cover => cover.Text("gapHours") is not null).Select(cover => cover.GetProperty("gapHours").GetInt32()).Order());
        Assert.Equal(numbers, await Numbers());
        Assert.Equal("Exited", (await desk.Get("suppliers/PV-B")).Text("status"));

        Assert.Equal(EndOf(6, 30), await desk.Due("exit.deletion"));
        await desk.Decides("supplier-b", "settlement.claim", "Claimed");
        await desk.Until(On(6, 8));
        await desk.Decides("settlement-clerk-1", "settlement.verify", "Verified");
        await desk.Decides("township-reviewer-1", "settlement.approve", "Approved");
        await desk.Event("pay:999901-PV-B-2026-05", new { voucher = "bank-05" });
        Assert.Equal("45", (await desk.Get("settlement/batches/999901-PV-B-2026-05")).GetProperty("batch").GetProperty("paidTotal").GetDecimal().ToString("0", System.Globalization.CultureInfo.InvariantCulture));
        await desk.Decides("supplier-b", "exit.deletion", "Certified", new { certificate = "del-1" });
        await desk.IsSound();
    }

    public async Task InitializeAsync()
    {
        desk = await Open();
        await desk.Until(On(5, 25));
        await desk.Set(async db =>
        {
            foreach (var (person, category) in People)
            {
                var orders = await ServedOrders.Of(db, person, category, "PV-B", Items);
                await new ArchiveBook(db).AssignNumber(person, "999900", new Deed("clerk-1", On(4, 1), "number-" + person), None);
                if (person != "person-zhang")
                    continue;
                var start = On(5, 20, 9);
                var record = await new RecordBook(db).Submit(
                    new RecordEntry { OrderId = orders[1], WorkerId = "worker-b1", ItemCode = "cleaning", StartAt = start, EndAt = start.AddHours(1), Content = "清洁", ConfirmedBy = "签字" },
                    new Deed("worker-b1", On(5, 20, 12), "record"), None);
                await new RecordBook(db).Accept(((RecordResult.Done)record).RecordId, "验收", new Deed("clerk-1", On(5, 21), "accept"), None);
            }
        });
        numbers = await Numbers();
    }

    public async Task DisposeAsync() => await desk.DisposeAsync();

    // All tasks of a kind that are open now, by the same people.
    private async Task All(string kind, Func<JsonElement, (string By, string Outcome, object Data)> decide)
    {
        foreach (var task in await desk.List($"tasks?kind={kind}&take=50"))
        {
            var (by, outcome, data) = decide(task);
            await (await desk.Posts(by, $"tasks/{task.Text("id")}/complete", new { outcome, data })).Is(System.Net.HttpStatusCode.OK);
            await desk.Settles();
        }
    }

    // The seventh person signs only when the old supplier has gone.
    private async Task Sign(bool all)
    {
        foreach (var party in new[] { "Township", "Supplier", "Person" })
        {
            var left = all ? int.MaxValue : party == "Person" ? 6 : int.MaxValue;
            foreach (var task in (await desk.List($"tasks?kind=agreement.{party}&take=50")).Take(left))
                await (await desk.Posts(party == "Supplier" ? "supplier-a" : "clerk-1", $"tasks/{task.Text("id")}/complete", new { outcome = "Signed", data = new { } })).Is(System.Net.HttpStatusCode.OK);
            await desk.Settles();
        }
    }

    private Task<JsonElement[]> Covers() => desk.List("suppliers/PV-B/covers");

    private async Task<IReadOnlyList<string>> Numbers()
    {
        List<string> all = [];
        await desk.Set(async db =>
        {
            foreach (var (person, _) in People)
                all.Add(await new ArchiveQueries(db).NumberOf(person, None) ?? "none");
        });
        return all;
    }

    public sealed class OnSqlite : SC35
    {
        protected override Task<ReliefDesk> Open() => ReliefDesk.OnSqlite();
    }

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres : SC35
    {
        protected override Task<ReliefDesk> Open() => ReliefDesk.OnPostgres();
    }
}
