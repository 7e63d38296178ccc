using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities;
using Relief.Flow.Activities.People;
using Relief.Flow.Activities.Suppliers;
using Relief.Flow.Activities.Visits;
using Relief.Flow.Tests.Host;
using Relief.Flow.Tests.Pathways;
using Relief.Flow.Tests.Storage;
using Relief.Flow.Workflows;
using static System.Threading.CancellationToken;
using static Relief.Flow.Tests.Scenarios.ReliefDesk;
using Deed = Relief.Flow.Activities.Deed;

namespace Relief.Flow.Tests.Scenarios;

/// <summary>Edge cases over REST that no scenario plays (workflows.md 3.0.6), once somebody is served: suspected fraud, late records, a pause after an early visit, a child, refused visits.</summary>
public abstract class DeliveryEdges(StorageKind kind) : IAsyncLifetime
{
    private ReliefDesk desk = null!;

    [Fact]
    [Trait("Proves", "E17")]
    public async Task Suspected_records_are_frozen_at_once_and_whoever_reported_them_does_not_decide()
    {
        var order = await Serves("person-zhang", ReliefCategory.Dibao, new DateOnly(2026, 5, 18), new DateOnly(2026, 5, 19));
        var records = (await desk.List($"orders/{order}/records")).Select(record => record.Text("id")!).ToArray();
        object Suspicion(params string[] of) => new { recordIds = of, said = "邻居称当日无人上门", evidence = new[] { "photo-7" } };
        var wrong = await (await desk.Posts("clerk-1", $"orders/{order}/suspicions", new { recordIds = new[] { "x" } })).Refuses(HttpStatusCode.UnprocessableEntity, "request.invalid");
        Assert.Equal(["recordIds", "said"], wrong.GetProperty("errors").EnumerateObject().Select(field => field.Name).Order(StringComparer.Ordinal));
        await (await desk.Posts("clerk-1", "orders/x/suspicions", Suspicion(records))).Refuses(HttpStatusCode.NotFound, "order.notFound");
        await desk.Sends("county-officer-1", $"orders/{order}/suspicions", Suspicion(records));
        Assert.Equal("fraud", Assert.Single(await desk.List("tickets?county=999900&open=true")).Text("kind"));
        await desk.Sends(null, "pathways/procedure.settlement.monthly/instances", new { input = new { countyCode = "999900", townshipCode = "999901", supplierId = "PV-A", month = "2026-05" } });
        await desk.Until(On(6, 2));
        await desk.Decides("supplier-a", "settlement.claim", "Claimed");
        await desk.Until(On(6, 8));
        await desk.Decides("settlement-clerk-1", "settlement.verify", "Verified");
        Assert.Equal(["Hold SuspectedFraud", "Hold SuspectedFraud"], await Lines());

        await (await desk.Tries("county-officer-1", "investigation", "Unfounded", new { reason = "属实上门" })).Refuses(HttpStatusCode.Forbidden, "task.excluded");
        await desk.Decides("county-officer-2", "investigation", "Unfounded", new { reason = "监控显示两次均上门" });
        Assert.Empty(await desk.List("tickets?county=999900&open=true"));
        await desk.Sends("clerk-1", $"orders/{order}/suspicions", Suspicion(records[1]));   // only the second one again
        await desk.Decides("county-officer-2", "investigation", "Founded", new { reason = "签字为他人代签" });
        var held = (await desk.Get("settlement/batches/999901-PV-A-2026-05")).GetProperty("lines").EnumerateArray().Select(view => view.GetProperty("line")).Where(line => line.Text("status") == "Hold").ToList();
        await desk.Decides("settlement-clerk-1", "settlement.verify", "Verified", new { holds = held.Select(line => new { lineId = line.Text("id"), passes = line.Text("recordId") == records[0], reason = "核查结论" }) });
        Assert.Equal(["Rejected", "Verified"], (await Lines()).Select(line => line.Split(' ')[0]));
        await desk.IsSound();
    }

    [Fact]
    [Trait("Proves", "E23")]
    public async Task A_record_after_a_day_is_late_after_three_the_townships_and_after_its_year_the_countys_to_let_in()
    {
        await desk.Until(On(12, 21));
        var order = await Serves("person-zhang", ReliefCategory.Dibao);
        var visits = await Visits(order, "person-zhang", On(12, 22), On(12, 22, 14), On(12, 28));
        await desk.Until(On(12, 23, 17));
        await Sends(visits[0], 12, 22, 9);
        Assert.Equal(["Late"], (await Record(order, visits[0])).GetProperty("flags").EnumerateArray().Select(flag => flag.GetString()));
        await desk.Decides("clerk-1", "record.accept", "Accepted");

        await desk.Until(On(12, 26));
        Assert.Equal("Missing", await StatusOf(order, visits[1]));
        await Sends(visits[1], 12, 22, 14);
        await desk.Decides("clerk-1", "record.accept", "Accepted");
        Assert.Equal("Submitted", (await Record(order, visits[1])).Text("status"));   // not without a reason
        await desk.Decides("clerk-1", "record.accept", "Accepted", new { overrideReason = "手机故障,村委证明" });

        await desk.Until(On(12, 31).AddDays(5));
        await Sends(visits[2], 12, 28, 9);
        await (await desk.Tries("clerk-1", "record.accept", "Accepted", new { overrideReason = "乡镇同意" })).Refuses(HttpStatusCode.Forbidden, "task.roleMissing");
        await desk.Decides("county-officer-1", "record.accept", "Accepted", new { overrideReason = "县级同意跨年度补报" });
        Assert.Equal(["Accepted ", "Accepted 县级同意跨年度补报", "Accepted 手机故障,村委证明"], (await desk.List($"orders/{order}/records")).Select(record => $"{record.Text("status")} {record.Text("overrideReason")}").Order(StringComparer.Ordinal));
        await (await desk.Posts("worker-a1", $"orders/{order}/records", new { visitId = visits[2], record = new { start = On(12, 28), end = On(12, 28, 10) } })).Refuses(HttpStatusCode.Conflict, "visit.wrongState");
        await desk.IsSound();

        async Task Sends(string visit, int month, int day, int hour) => await desk.Sends("worker-a1", $"orders/{order}/records", new
        {
            visitId = visit, record = new { workerId = "worker-a1", start = On(month, day, hour), end = On(month, day, hour + 1), content = "done", confirmedBy = "张某某 签字" }
        });
    }

    [Fact]
    [Trait("Proves", "E21")]
    public async Task What_was_begun_before_a_pause_earlier_than_planned_is_recorded_once_and_paid_and_nothing_after_it()
    {
        await desk.Until(On(5, 4, 8));
        var order = await Serves("person-zhang", ReliefCategory.Dibao);
        var visits = await Visits(order, "person-zhang", On(5, 4, 15), On(5, 5));
        await desk.Until(On(5, 4, 10, 30));
        await desk.Sends("clerk-1", "persons/person-zhang/changes", new { kind = "Hospital", seen = "住院", on = "2026-05-04" });
        await desk.Decides("clerk-1", "change.propose", "Suspend", new { reason = "住院", until = "2026-05-20" });
        Assert.Equal(("Cancelled", "Cancelled"), (await StatusOf(order, visits[0]), await StatusOf(order, visits[1])));

        foreach (var wrong in new object[] { Served(On(5, 4, 11)), new { outcome = "NobodyHome", start = On(5, 4) }, new { content = "清洁" } })
            await (await Sends(visits[0], wrong)).Refuses(HttpStatusCode.Conflict, "visit.paused");
        await Task.WhenAll(Sends(visits[0], Served(On(5, 4))), Sends(visits[0], Served(On(5, 4))));   // the worker's phone and the supplier's office at once
        await desk.Settles();
        Assert.Equal("Done", await StatusOf(order, visits[0]));
        await (await Sends(visits[0], Served(On(5, 4)))).Refuses(HttpStatusCode.Conflict, "visit.wrongState");
        Assert.Equal(visits[0], Assert.Single(await desk.List($"orders/{order}/records")).Text("visitId"));

        await desk.Sends(null, "pathways/procedure.settlement.monthly/instances", new { input = new { countyCode = "999900", townshipCode = "999901", supplierId = "PV-A", month = "2026-05" } });
        await desk.Until(On(6, 2));
        Assert.Equal("Accepted", (await Record(order, visits[0])).Text("status"));   // clean: by itself, as any other
        Assert.Empty(desk.Told("visit.missed").Concat(desk.Told("record.late")));
        await desk.Decides("supplier-a", "settlement.claim", "Claimed");
        await desk.Until(On(6, 8));
        await desk.Decides("settlement-clerk-1", "settlement.verify", "Verified");
        await desk.Decides("township-reviewer-1", "settlement.approve", "Approved");
        await desk.Event("pay:999901-PV-A-2026-05", new { voucher = "bank-06" });
        Assert.Equal(["Paid"], await Lines());
        await desk.IsSound();

        object Served(DateTimeOffset from) => new { workerId = "worker-a1", start = from, end = from.AddHours(1), content = "清洁", confirmedBy = "张某某 签字" };
        Task<HttpResponseMessage> Sends(string visitId, object record) => desk.Posts("worker-a1", $"orders/{order}/records", new { visitId, record });
    }

    [Fact]
    [Trait("Proves", "E01")]
    [Trait("Proves", "E10")]
    [Trait("Proves", "INV-16")]
    public async Task Nobody_unchecked_serves_a_child_and_two_refused_visits_are_looked_into_before_anything_stops()
    {
        await desk.Until(On(4, 1));
        var order = await Serves("person-jin", ReliefCategory.Orphan);
        await IsChecked(new DateOnly(2025, 4, 1));
        var first = Assert.Single(await Visits(order, "person-jin", On(4, 3)));
        Assert.Equal("Cancelled", await StatusOf(order, first));
        Assert.Equal(["unit:999902 04-01 09:00", "unit:PV-A 04-01 09:00"], desk.Told("visit.noWorker").Order());
        await IsChecked(new DateOnly(2025, 12, 1));
        var visits = await Visits(order, "person-jin", On(4, 7), On(4, 8), On(4, 9));

        foreach (var (visit, day) in new[] { (visits[0], 7), (visits[1], 8) })
        {
            Assert.Empty(await desk.Tasks("refusal-review"));
            await desk.Until(On(4, day, 10));
            await desk.Sends("worker-a1", $"orders/{order}/records", new { visitId = visit, record = new { outcome = "Refused", content = "本人不愿开门", confirmedBy = "邻居在场" } });
        }

        await desk.Decides("reviewer-b", "refusal-review", "Respected", new { refusedBy = "Person", capacity = "完全", reason = "不愿他人上门", witness = "村委主任" });
        Assert.Equal("Dispatched", await StatusOf(order, visits[2]));   // the offer stays
        Assert.Empty(await desk.List($"orders/{order}/records"));          // what was refused is not payable
        await desk.Until(On(5, 9));
        var change = Assert.Single(await desk.List("persons/person-jin/changes"));
        Assert.Equal(("Refusal", "Visit"), (change.Text("kind"), change.Text("origin")));
        Assert.Single(await desk.Tasks("change.propose"));
        Assert.Equal(2, (await desk.Audit("case:" + (await desk.Get("orders/" + order)).GetProperty("order").Text("caseId"))).Count(line => line.StartsWith("VisitNotServed", StringComparison.Ordinal)));
        await desk.IsSound();
    }

    public async Task InitializeAsync()
    {
        desk = await ReliefDesk.On(kind);
        await desk.Until(3, 16, 9);
    }

    public async Task DisposeAsync() => await desk.DisposeAsync();

    private async Task<DateTimeOffset> Now() => (await desk.Get("clock")).GetProperty("now").GetDateTimeOffset();

    private async Task<IEnumerable<string>> Lines() => (await desk.Get("settlement/batches/999901-PV-A-2026-05")).GetProperty("lines").EnumerateArray()
        .Select(view => $"{view.GetProperty("line").Text("status")} {view.GetProperty("line").Text("reason")}".Trim()).Order(StringComparer.Ordinal);

    // An order in service since April, with records of these days that were accepted.
    private async Task<string> Serves(string person, ReliefCategory category, params DateOnly[] days)
    {
        var order = "";
        if (days.Length > 0)
            await desk.Until(On(5, 20));
        await desk.Set(async db =>
        {
            order = Assert.Single(await ServedOrders.Of(db, person, category, "PV-A", "cleaning"));
            foreach (var day in days)
            {
                var start = On(day.Month, day.Day);
                var entry = new RecordEntry { OrderId = order, WorkerId = "worker-a1", ItemCode = "cleaning", StartAt = start, EndAt = start.AddHours(1), Content = "清洁", ConfirmedBy = "签字" };
                var sent = Assert.IsType<RecordResult.Done>(await new RecordBook(db).Submit(entry, new Deed("worker-a1", start.AddHours(2), "record-" + day), None));
                await new RecordBook(db).Accept(sent.RecordId, "验收", new Deed("clerk-1", start.AddHours(3), "accept-" + day), None);
            }
        });
        return order;
    }

    // Visits of an hour, each with its own pathway.
    private async Task<IReadOnlyList<string>> Visits(string order, string person, params DateTimeOffset[] starts)
    {
        IReadOnlyList<string> visits = [];
        var now = await Now();
        await desk.Set(async db => visits = await new VisitBook(db).Schedule(order, [.. starts.Select(start => new PlannedVisit("cleaning", start.ToUniversalTime(), start.AddHours(1).ToUniversalTime()))], new Deed("system", now, "visits-" + starts[0]), None));
        foreach (var visitId in visits)
            await desk.Sends(null, "pathways/procedure.delivery.visit/instances", new { input = new { visitId, orderId = order, personId = person } });
        return visits;
    }

    private async Task<string> StatusOf(string order, string visit) => (await desk.List($"orders/{order}/visits")).Single(one => one.Text("id") == visit).Text("status")!;

    private async Task<JsonElement> Record(string order, string visit) => (await desk.List($"orders/{order}/records")).Single(one => one.Text("visitId") == visit);

    private Task IsChecked(DateOnly on) => desk.Set(async db =>
    {
        foreach (var worker in await db.Set<Worker>().Where(row => row.SupplierId == "PV-A").ToListAsync())
            await db.Replace(worker with { BackgroundCheckedOn = on }, None);
    });

    public sealed class OnSqlite() : DeliveryEdges(StorageKind.Sqlite);

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres() : DeliveryEdges(StorageKind.PostgreSql);
}
