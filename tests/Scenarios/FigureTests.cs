using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Catalogue;
using Relief.Flow.Activities.Decisions;
using Relief.Flow.Activities.Discoveries;
using Relief.Flow.Activities.Figures;
using Relief.Flow.Activities.Funds;
using Relief.Flow.Activities.People;
using Relief.Flow.Activities.Requests;
using Relief.Flow.Activities.SpotChecks;
using Relief.Flow.Activities.Tickets;
using Relief.Flow.Activities.Visits;
using Relief.Flow.Tests.Host;
using Relief.Flow.Tests.Storage;
using Relief.Flow.Workflows;
using static System.Threading.CancellationToken;
using static Relief.Flow.Tests.Scenarios.ReliefDesk;
using Deed = Relief.Flow.Activities.Deed;

namespace Relief.Flow.Tests.Scenarios;

/// <summary>INV-29: the attempts to have a figure differ from its records, over REST on both stores.</summary>
public abstract class FigureTests(StorageKind kind) : IAsyncLifetime
{
    private const string Year = "county=999900&from=2026-01-01&to=2026-12-31";

    private ReliefDesk desk = null!;
    private string[] orders = [];

    [Fact]
    public async Task INV_29_every_figure_is_the_sum_of_its_townships_its_months_and_its_records()
    {
        var sheet = (await desk.Get("figures?" + Year)).Items();
        Assert.Equal(FigureList.All.Select(figure => figure.Key), sheet.Select(figure => figure.Text("key")!));
        Assert.True(sheet.Count(figure => Number(figure) > 0) >= 38, string.Join(" ", sheet.Where(figure => Number(figure) is null or 0).Select(figure => figure.Text("key"))));
        foreach (var shown in sheet)
        {
            var figure = FigureList.Find(shown.Text("key")!)!;
            var opened = await desk.Get($"figures/{figure.Key}?{Year}");
            var value = Number(shown);
            Assert.Equal((figure.Key, value), (figure.Key, Number(opened.GetProperty("figure"))));
            var records = await Records(figure.Key, "");
            Assert.Equal(records.Count, records.Select(row => row.Text("id")).Distinct().Count());
            var part = figure.Parts is { } share ? Value(sheet, share.Part) : value;
            Assert.Equal((figure.Key, part), (figure.Key, (decimal?)records.Sum(row => row.GetProperty("adds").GetDecimal())));
            if (figure.Parts is not null)
                continue;
            Assert.Equal((figure.Key, value), (figure.Key, Sum(opened.GetProperty("townships"))));
            if (figure.AddsUp)
                Assert.Equal((figure.Key, value), (figure.Key, Sum(opened.GetProperty("months"))));
            foreach (var township in new[] { "999901", "999902" })
            {
                var of = opened.GetProperty("townships").EnumerateArray().Where(one => one.Text("areaCode") == township).Select(one => Number(one)).SingleOrDefault() ?? 0;
                Assert.Equal((figure.Key, township, of), (figure.Key, township, (await Records(figure.Key, "&township=" + township)).Sum(row => row.GetProperty("adds").GetDecimal())));
            }
        }
    }

    [Fact]
    public async Task INV_29_a_record_that_is_refused_voided_or_moved_takes_its_figure_with_it()
    {
        Assert.Equal((14m, 5m, 9m), await Split());
        // Handed in and not yet accepted: no service yet. Accepted, it is one; rejected it never was.
        await desk.Set(db => FigureScene.Serve(db, kind, (orders[0], "cleaning"), 2, On(7, 1), "Submitted"));
        Assert.Equal((14m, 5m, 9m), await Split());
        await desk.Set(async db =>
        {
            var deed = new Deed("clerk-1", On(7, 2), "accept");
            Assert.IsType<RecordResult.Done>(await new RecordBook(db).Accept($"cleaning-{orders[0]}-Submitted-1", "generated", deed, None));
            Assert.IsType<RecordResult.Done>(await new RecordBook(db).Reject($"cleaning-{orders[0]}-Submitted-2", "not done", deed.Step("reject"), None));
        });
        Assert.Equal((15m, 6m, 9m), await Split());

        // Voided or put into another year past the books: the figure follows the record, there is nothing else it could follow.
        await Past($"update {{service_record}} set status = 'Voided' where id = 'cleaning-{orders[0]}-Accepted-1'");
        Assert.Equal((14m, 5m, 9m), await Split());
        await Past($"update {{service_record}} set service_date = '2027-01-01' where id = 'cleaning-{orders[0]}-Accepted-2'");
        Assert.Equal((13m, 4m, 9m), await Split());
        Assert.Equal(1, Number((await desk.Get("figures/services.all?county=999900&from=2027-01-01&to=2027-01-31")).GetProperty("figure")));

        // The case goes to another township: its services go with it, and the county's sum stays.
        await Past($"update {{case_file}} set area_code = '99990102' where id in (select case_id from {{service_order}} where id = '{orders[1]}')");
        Assert.Equal((13m, 13m, 0m), await Split());
        await INV_29_every_figure_is_the_sum_of_its_townships_its_months_and_its_records();
    }

    [Fact]
    public async Task The_need_list_of_any_earlier_day_is_there_and_of_the_ledger_only_the_remark_is_typed()
    {
        string[] Lines(JsonElement list) => [.. list.Items().Select(need => FormattableString.Invariant($"{need.Text("itemCode")} {need.Text("status")} {need.GetProperty("quantity").GetDecimal():0}"))];
        await desk.Set(async db =>
        {
            var need = await db.Set<NeedItem>().SingleAsync(row => row.ItemCode == "cleaning");
            await new CaseBook(db).Decide(need with { Status = NeedStatus.Ended, Quantity = 9 }, new Deed("clerk-1", On(6, 10), "ends"), None);
        });
        Assert.Equal(["cleaning Ended 9", "counselling Confirmed 4"], Lines(await desk.Sees("clerk-1", "areas/999901/needs?on=2026-06-10")));
        Assert.Equal(["cleaning Confirmed 4", "counselling Confirmed 4"], Lines(await desk.Sees("clerk-1", "areas/999901/needs?on=2026-03-16")));
        Assert.Empty(Lines(await desk.Sees("clerk-1", "areas/999901/needs?on=2026-03-15")));
        Assert.Empty(Lines(await desk.Sees("clerk-b", "areas/999901/needs?on=2026-06-10")));

        using var clerk = desk.Host.With(TestHost.AdminKey, "clerk-1");
        var row = Assert.Single((await desk.Sees("clerk-1", "villages/99990101/ledger")).Items());
        var caseId = row.Text("caseId");
        await (await clerk.PutAsJsonAsync($"/api/v1/cases/{caseId}/remark", new { remark = "13800000000" })).Refuses(System.Net.HttpStatusCode.UnprocessableEntity, "request.invalid");
        await (await clerk.PutAsJsonAsync($"/api/v1/cases/{caseId}/remark", new { remark = "=HYPERLINK(\"http://x\")", acceptedRecords = 195 })).Is(System.Net.HttpStatusCode.NoContent);
        row = Assert.Single((await desk.Sees("clerk-1", "villages/99990101/ledger")).Items());
        Assert.Equal(("=HYPERLINK(\"http://x\")", 5), (row.Text("remark"), row.GetProperty("acceptedRecords").GetInt32()));
        var file = await clerk.GetStringAsync("/api/v1/villages/99990101/ledger.csv");
        Assert.Contains("\"'=HYPERLINK(\"\"http://x\"\")\"", file, StringComparison.Ordinal);
        Assert.Contains(",99990101,cleaning,生活照料,Normal,Ended,9,2026-06-10", await clerk.GetStringAsync("/api/v1/areas/999901/needs.csv?on=2026-06-10"), StringComparison.Ordinal);
        using var other = desk.Host.With(TestHost.AdminKey, "clerk-b");
        await (await other.PutAsJsonAsync($"/api/v1/cases/{caseId}/remark", new { remark = "x" })).Refuses(System.Net.HttpStatusCode.NotFound, "case.notFound");
        await (await clerk.GetAsync("/api/v1/areas/999901/needs")).Refuses(System.Net.HttpStatusCode.UnprocessableEntity, "request.invalid");
        Assert.Contains("CaseRemarked clerk-1", string.Join(" ", await desk.Audit("case:" + caseId)), StringComparison.Ordinal);
    }

    public async Task InitializeAsync()
    {
        desk = await ReliefDesk.On(kind);
        await desk.Until(On(6, 30));
        await desk.Set(async db =>
        {
            await FigureScene.List(db, "home-visit", ServiceClass.Visit);
            await FigureScene.List(db, "check", ServiceClass.HealthCheck);
            orders = [.. await FigureScene.Orders(db, "person-zhang", ReliefCategory.Dibao, "cleaning", "counselling"), .. await FigureScene.Orders(db, "person-feng", ReliefCategory.Tekun, "home-visit", "check", "bed-day")];
            orders = [orders[0], orders[3], orders[1], orders[2], orders[4]];
            await FigureScene.Serve(db, kind, (orders[0], "cleaning"), 5, On(4, 30, 23, 55));   // over a month's end in China
            await FigureScene.Serve(db, kind, (orders[1], "check"), 7, On(5, 1, 12));
            await FigureScene.Serve(db, kind, (orders[3], "home-visit"), 3, On(5, 2, 12));
            await FigureScene.Serve(db, kind, (orders[4], "bed-day"), 2, On(5, 3, 12), "Settled");
            await Others(db);
            await Overseen(db, On(6, 5), (await db.Set<Case>().FirstAsync(row => row.PersonId == "person-feng")).Id);
        });
        await Past($"update {{case_file}} set area_code = '99990201' where id in (select case_id from {{service_order}} where id = '{orders[1]}')");
    }

    public async Task DisposeAsync() => await desk.DisposeAsync();

    // Of each other kind a few, in both townships.
    private async Task Others(ReliefDbContext db)
    {
        var at = On(5, 20);
        foreach (var (origin, area, number) in new[] { (DiscoveryOrigin.DataMatch, "99990101", 1), (DiscoveryOrigin.Grid, "99990201", 2), (DiscoveryOrigin.Visit, "99990101", 3), (DiscoveryOrigin.Report, "99990102", 4) })
            await new DiscoveryBook(db).Register(new Discovery
            {
                Id = "found-" + number, CountyCode = "999900", CreatedAt = at, CreatedBy = "grid-1", AreaCode = area, Origin = origin, OriginId = "origin-" + number, PersonRef = "row-" + number, Seen = "独居", Risk = DiscoveryRisk.Normal
            }, new Deed("grid-1", at, "found-" + number), None);
        foreach (var (area, hours) in new[] { ("99990101", 3), ("99990201", 30), ("99990201", 5) })
        {
            var request = await new RequestBook(db).Receive(new RequestEntry("999900", "mini", area, $"sender-{area}-{hours}", "求助"), new Deed("app", at, $"request-{area}-{hours}"), None);
            await new RequestBook(db).Answered(request.Id, ("Service", "已答复"), new Deed("duty-1", at.AddHours(hours), request.Id + "-answer"), None);
        }

        var reserved = await db.Set<ReservationPart>().Where(part => db.Set<Reservation>().Any(row => row.Id == part.ReservationId && row.OrderId == orders[0])).ToListAsync();
        PartAmount[] shares = [.. reserved.Select(part => new PartAmount(part.Id, 120.50m))];
        foreach (var (step, move) in new (string, Func<Deed, Task<FundResult>>)[]
        {
            ("commit", deed => new ReservationBook(db).Commit(shares, "batch-1", deed, None)), ("spend", deed => new ReservationBook(db).Spend(shares, "batch-1", deed, None)),
            ("back", deed => new ReservationBook(db).ClawBack([.. shares.Select(share => share with { Amount = 20.25m })], "batch-1", deed, None))
        })
            Assert.IsType<FundResult.Posted>(await move(new Deed("county-finance-1", at, step)));
    }

    private static async Task Overseen(ReliefDbContext db, DateTimeOffset at, string caseId)
    {
        foreach (var (number, place, founded) in new[] { (1, "99990101", true), (2, "99990201", false) })
            await db.Insert(new Ticket
            {
                Id = "ticket-" + number, CountyCode = "999900", CreatedAt = at, CreatedBy = "hotline", Kind = "hotline", Subject = "place:" + place, Reason = "投诉", UnitCode = "999901", DueAt = at.AddDays(5), PlaceCode = place,
                Type = TicketType.Complaint, Channel = "12345", Status = founded ? TicketStatus.Settled : TicketStatus.Open, Outcome = founded ? "Founded" : null, SettledBy = founded ? "clerk-1" : null, SettledAt = founded ? at.AddDays(1) : null,
                Measures = founded ? "整改" : null, IdemKey = "ticket-" + number
            }, None);
        await db.Insert(new DecisionRecord
        {
            Id = "decision-1", CountyCode = "999900", CreatedAt = at, CreatedBy = "reviewer-li", CaseId = caseId, Outcome = DecisionOutcome.Denied, ReasonCode = "OutOfScope", Reasons = "不属范围", RuleTrace = """[{"rule":"r1"}]""",
            RuleVersion = "1", DecidedBy = "reviewer-li", Authority = "township", EffectiveFrom = new DateOnly(2026, 5, 20), IdemKey = "decision-1"
        }, None);
        var book = new SpotCheckBook(db);
        var plan = await book.Draw(new DrawRequest("999900", DrawKind.Monthly, new DateOnly(2026, 5, 1), new DateOnly(2026, 5, 31), "seed"), new Deed("system", at, "drawn"), None);
        foreach (var (item, number) in (await new SpotCheckQueries(db).View(plan.Id, None))!.Items.Select((item, number) => (item.Item, number)))
            await book.Find(item, new CheckForm { Result = CheckResult.Pass, Method = CheckMethod.HomeVisit, Happened = true, Satisfaction = 4 }, new Deed("county-officer-1", at, "found-" + number), None);
    }

    private async Task<(decimal All, decimal First, decimal Second)> Split()
    {
        var opened = await desk.Get("figures/services.all?" + Year);
        decimal Of(string township) => opened.GetProperty("townships").EnumerateArray().Where(part => part.Text("areaCode") == township).Sum(part => part.GetProperty("value").GetDecimal());
        Assert.Equal(Number(opened.GetProperty("figure")), (await Records("services.all", "")).Count);
        return (Number(opened.GetProperty("figure"))!.Value, Of("999901"), Of("999902"));
    }

    private Task Past(string sql) => desk.Set(db => db.Database.ExecuteSqlRawAsync(
        sql.Replace("{", kind == StorageKind.Sqlite ? "relief_" : "relief.", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal)));

    private async Task<List<JsonElement>> Records(string key, string more)
    {
        List<JsonElement> all = [];
        string? after = null;
        do
        {
            var page = await desk.Get($"figures/{key}/records?{Year}{more}&take=4{(after is null ? "" : "&after=" + Uri.EscapeDataString(after))}");
            all.AddRange(page.Items());
            after = page.Text("next");
        }
        while (after is not null);
        return all;
    }

    private static decimal? Value(JsonElement[] sheet, string key) => Number(sheet.Single(figure => figure.Text("key") == key));

    private static decimal? Sum(JsonElement parts) => parts.EnumerateArray().Sum(part => Number(part) ?? 0);

    private static decimal? Number(JsonElement of) => of.TryGetProperty("value", out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDecimal() : null;

    public sealed class OnSqlite() : FigureTests(StorageKind.Sqlite);

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres() : FigureTests(StorageKind.PostgreSql);
}
