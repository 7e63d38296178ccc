using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Relief.Flow.Activities.Archive;
using Relief.Flow.Activities.Neighbours;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.Pairs;
using Relief.Flow.Activities.Parameters;
using Relief.Flow.Activities.People;
using Relief.Flow.Activities.Settlement;
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

/// <summary>What is printed, signed and filed, over REST: a supplier's monthly statement, a neighbour's yearly sheet, the payment files, and the file of a person whom nobody is paid for (P09 to P11, INV-29).</summary>
public abstract class PaperTests(StorageKind kind) : IAsyncLifetime
{
    private const string April = "999901-PV-A-2026-04", May = "999901-PV-A-2026-05", Sheet = "999901-2026";

    private ReliefDesk desk = null!;
    private string order = "";

    [Fact]
    public async Task A_statement_a_payment_file_the_voucher_and_the_ledger_say_the_same_sum_and_one_month_closes_with_what_the_next_opens_with()
    {
        await desk.Until(On(5, 6));
        await desk.Set(async db =>
        {
            order = Assert.Single(await ServedOrders.Of(db, "person-zhang", ReliefCategory.Dibao, "PV-A", "cleaning"));
            await new ArchiveBook(db).AssignNumber("person-zhang", "999900", new Deed("clerk-1", On(4, 1), "number"), None);
        });
        await Served(4, 13);
        await Served(4, 20);
        await Approved("2026-04", 5, claimed: 3);
        await IsRefusedToSome();

        var file = await Payment("county-finance-1", "settlement/batches/" + April);
        Assert.Equal([("pay:" + April, "'=示例社工中心甲", "示例银行 0000", 90m)], Lines(file).Select(cells => (cells[0], cells[2], cells[3], Yuan(cells[4]))));
        Assert.Equal("PaymentFileExported county-finance-1 05-15", (await desk.Audit("batch:" + April))[^1]);
        var own = await desk.Sees("supplier-a", $"settlement/batches/{April}/statement");
        Assert.Equal("Approved 90, Rejected 45, Held 0, Undecided 0, Claimed 135, Opening 0, Paid 0, Closing 90, Spent 0", Sums(own));
        Assert.Equal(["Approved 45 张某某 999900-2026-000001 F3 45", "Approved 45 张某某 999900-2026-000001 F3 45", "Rejected 45 张某某 999900-2026-000001 NoAcceptedRecord"], Told(own));
        foreach (var stranger in new[] { "supplier-b", "surveyor-qian", "clerk-b", "neighbour-he" })
            await Hidden(stranger, $"settlement/batches/{April}/statement");
        await PaidInMay();
        await Refused("county-finance-1", April, HttpStatusCode.Conflict, "payment.notApproved");
        await Pages("supplier-a", "示例社工中心甲", "console/papers?month=2026-04", $"console/papers/statements/{April}");
        Assert.DoesNotContain("示例银行 0000", await Page("county-finance-1", $"console/papers/statements/{April}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_neighbour_has_a_sheet_of_their_own_visits_under_the_cap_and_the_payment_file_is_the_sum_of_the_sheets()
    {
        await Helped(("neighbour-he", "何某某", 3), ("neighbour-lv", "吕某某", 1));
        await desk.Until(On(12, 31, 23));
        await desk.Set(async db =>
        {
            var deed = new Deed("township-reviewer-1", On(12, 31), "review");
            await new SubsidyBook(db).Freeze(("999900", "999901", 2026), deed, None);
            Assert.Equal(2, await new SubsidyBook(db).Compute(Sheet, deed.Step("compute"), None));
            await new SubsidyBook(db).Review(Sheet, ([], []), deed.Step("look"), None);
        });

        const string mine = "neighbours/helpers/neighbour-he/subsidies/2026";
        await desk.Sees("neighbour-he", mine);
        var sheet = await desk.Sees("neighbour-he", mine + "/sheet");
        Assert.Equal((25m, 5m, 0m), (sheet.GetProperty("subsidy").GetProperty("granted").GetDecimal(), sheet.GetProperty("overCap").GetDecimal(), sheet.GetProperty("reduced").GetDecimal()));
        Assert.Equal(["10 1 10", "11 1 10", "12 1 5"], Parts(sheet, "months"));
        Assert.Equal(["4 3 25"], Parts(sheet, "quarters"));
        Assert.Equal(["2026-10-05 张某某", "2026-11-05 张某某", "2026-12-05 张某某"], sheet.GetProperty("days").EnumerateArray().Select(day => $"{day.Text("on")} {day.Text("personName")}"));
        Assert.Equal((HttpStatusCode.OK, 3), await File("neighbour-he", mine + "/sheet.csv"));
        await Hidden("neighbour-lv", mine + "/sheet");
        await Hidden("supplier-a", mine + "/sheet");
        await Hidden("neighbour-he", "neighbours/sheets/" + Sheet);
        await Pages("neighbour-he", "何某某", "console/papers/sheets?year=2026", "console/papers/helpers/neighbour-he/2026");
        Assert.DoesNotContain("吕某某", await Page("neighbour-he", "console/papers/sheets?year=2026"), StringComparison.Ordinal);
        Assert.DoesNotContain("示例银行 0001", await desk.Host.Client.GetStringAsync("/api/v1/neighbours/helpers?county=999900"), StringComparison.Ordinal);

        await (await desk.Posts("county-finance-1", $"neighbours/sheets/{Sheet}/payment-file", new { })).Refuses(HttpStatusCode.Conflict, "payment.notApproved");
        await desk.Set(db => new SubsidyBook(db).Change(Sheet, row => row with { Status = SheetStatus.Committed }, new Deed("system", On(12, 31), "commit"), None));
        await (await desk.Posts("township-reviewer-1", $"neighbours/sheets/{Sheet}/payment-file", new { })).Refuses(HttpStatusCode.Forbidden, "payment.notFinance");
        Assert.Equal([("何某某", "示例银行 0001", 25m), ("吕某某", "示例银行 0001", 10m)], Lines(await Payment("county-finance-1", "neighbours/sheets/" + Sheet)).Select(cells => (cells[2], cells[3], Yuan(cells[4]))));
        Assert.Equal("PaymentFileExported county-finance-1 12-31", (await desk.Audit("subsidy:" + Sheet))[^1]);
    }

    [Fact]
    public async Task Where_nobody_is_paid_the_township_keeps_the_file_which_is_not_complete_before_it_is()
    {
        await IsPaired();
        await (await desk.Tries("supplier-a", "archive", "Filed", new { papers = Papers("idCard") })).Refuses(HttpStatusCode.Forbidden, "task.roleMissing");
        await desk.Decides("clerk-1", "archive", "Filed", new { papers = Papers("agreement", "idCard") });
        await desk.Decides("clerk-1", "archive", "Filed", new { papers = new[] { new { kind = "idCard", exceptionReason = "forgotten" } } });
        Assert.Equal("ReasonUnknown", await Problem());
        await desk.Decides("clerk-1", "archive", "Filed", new { papers = Papers("idCard", "householdRegister", "reliefStatusProof", "receivedServices").Append(new { kind = "plan", documentHash = "", exceptionReason = (string?)null }) });
        var files = await desk.List("suppliers/999901/files");
        var id = Assert.Single(files).Text("id")!;
        var cover = await desk.Sees("clerk-1", $"archive/{id}/cover");
        Assert.Equal(("Open", "999900-2026-000001", "99990101-0001"), (cover.GetProperty("file").Text("status"), cover.GetProperty("file").Text("serviceNo"), cover.GetProperty("file").Text("folderNumber")));
        Assert.Equal(["consent", "plan"], cover.GetProperty("missing").EnumerateArray().Select(paper => paper.GetString()!));
        Assert.Equal((EndOf(3, 4), "FileIncomplete"), (await desk.Due("archive"), await Problem()));

        await desk.Decides("clerk-1", "archive", "Filed", new { papers = new object[] { new { kind = "consent", documentHash = "sha256:consent" }, new { kind = "plan", exceptionReason = "pending" } } });
        cover = await desk.Sees("clerk-1", $"archive/{id}/cover");
        Assert.Equal(("Exception", "甲镇"), (cover.GetProperty("file").Text("status"), cover.Text("keeperName")));
        Assert.Equal("clerk-1", cover.GetProperty("papers").EnumerateArray().Single(paper => paper.Text("kind") == "plan").Text("signedBy"));
        Assert.Empty(await desk.Tasks("archive"));
        Assert.Equal([id], (await desk.Sees("clerk-1", "archive/folders/99990101-0001")).Items().Select(file => file.Text("id")));
        await Hidden("supplier-a", $"archive/{id}/cover");
        Assert.Empty((await desk.Sees("supplier-a", "archive/folders/99990101-0001")).Items());
        await Pages("clerk-1", "999900-2026-000001", "console/papers/files", $"console/papers/files/{id}", "console/papers/folders/99990101-0001");
    }

    public async Task InitializeAsync() => desk = await ReliefDesk.On(kind);

    public async Task DisposeAsync() => await desk.DisposeAsync();

    // To who is not of the office, to who approved, for a batch that is not there, and for a payee without an account; the supplier's name begins like a formula.
    private async Task IsRefusedToSome()
    {
        await Refused("settlement-clerk-1", April, HttpStatusCode.Forbidden, "payment.notFinance");
        await Refused("supplier-a", April, HttpStatusCode.Forbidden, "payment.notFinance");
        await Refused("county-finance-1", "999901-PV-A-2026-03", HttpStatusCode.NotFound, "settlement.notFound");
        await desk.Set(async db => await db.Replace((await new SettlementQueries(db).Find(April, None))!.Batch with { Approver = "county-finance-2" }, None));
        await Refused("county-finance-2", April, HttpStatusCode.Forbidden, "payment.samePerson");
        await desk.Set(async db => await db.Replace((await new SupplierQueries(db).Find("PV-A", None))! with { BankAccount = null }, None));
        await Refused("county-finance-1", April, HttpStatusCode.Conflict, "payment.noAccount");
        await desk.Set(async db => await db.Replace((await new SupplierQueries(db).Find("PV-A", None))! with { Name = "=示例社工中心甲", BankAccount = "示例银行 0000" }, None));
    }

    private async Task PaidInMay()
    {
        await desk.Until(On(6, 1));
        await Served(5, 11);
        await Settled("2026-05");
        await desk.Until(On(6, 2));
        await desk.Event("pay:" + April, new { voucher = "bank-04" });
        Assert.Equal("Approved 90, Rejected 45, Held 0, Undecided 0, Claimed 135, Opening 0, Paid 0, Closing 90, Spent 90", Sums(await desk.Get($"settlement/batches/{April}/statement")));
        var may = await desk.Get($"settlement/batches/{May}/statement");
        Assert.Equal("Approved 0, Rejected 0, Held 0, Undecided 45, Claimed 45, Opening 90, Paid 90, Closing 0, Spent 0", Sums(may));
        Assert.Equal(("bank-04", April), (may.GetProperty("payments")[0].Text("voucher"), may.GetProperty("carried")[0].Text("batchId")));
        Assert.Equal(90, (await desk.List("funds/accounts/F3-2026/ledger")).Where(entry => entry.Text("kind") == "Spend" && entry.Text("reference") == April).Sum(entry => entry.GetProperty("amount").GetDecimal()));
        Assert.Equal(90, (await desk.Get($"settlement/batches/{April}")).GetProperty("batch").GetProperty("paidTotal").GetDecimal());
        Assert.Equal(90, (await desk.Get("figures/settlement.paid?county=999900&from=2026-06-01&to=2026-06-30")).GetProperty("figure").GetProperty("value").GetDecimal());
        Assert.Equal(135, Lines(await desk.Host.Client.GetStringAsync($"/api/v1/settlement/batches/{April}/statement.csv")).Sum(cells => Yuan(cells[6])));
    }

    // Somebody of a known household, paired with a party member.
    private async Task IsPaired()
    {
        await desk.Until(On(3, 2));
        await (await desk.Posts("clerk-1", "households", new { memberIds = new[] { "person-zhang" } })).Is(HttpStatusCode.Created);
        var (caseId, needItemId) = ("", "");
        await desk.Set(async db =>
        {
            caseId = await ConfirmedNeed.Open(db, "person-zhang", ReliefCategory.Margin, new Relief.Flow.Activities.Cases.NeedEntry("pairing", "服务", "elderly", Relief.Flow.Activities.Cases.Urgency.Normal, "服务"));
            needItemId = Assert.Single(await ConfirmedNeed.Confirm(db, caseId, _ => 1, "M4")).Id;
        });
        await desk.Sends(null, "pathways/pathway.party-pairing/instances", new { input = new { caseId, needItemId, personId = "person-zhang" } });
        await desk.Decides("clerk-1", "consent", "Granted", new { form = "签字" });
        await desk.Decides("secretary-1", "pair.propose", "Proposed", new { memberId = "member-shen" });
        await desk.Decides("surveyor-qian", "pair.person", "Agreed");
        await desk.Decides("member-shen", "pair.helper", "Agreed");
    }

    private Task Served(int month, int day) => desk.Set(async db =>
    {
        var entry = new RecordEntry { OrderId = order, WorkerId = "worker-a1", ItemCode = "cleaning", StartAt = On(month, day), EndAt = On(month, day, 10), Content = "清洁", ConfirmedBy = "签字" };
        var record = (RecordResult.Done)await new RecordBook(db).Submit(entry, new Deed("worker-a1", On(month, day, 12), $"record-{month}-{day}"), None);
        await new RecordBook(db).Accept(record.RecordId, "验收", new Deed("clerk-1", On(month, day, 15), $"accept-{month}-{day}"), None);
    });

    private async Task Settled(string month) => await desk.Sends(null, "pathways/procedure.settlement.monthly/instances", new { input = new { countyCode = "999900", townshipCode = "999901", supplierId = "PV-A", month } });

    private async Task Approved(string month, int paidIn, int claimed)
    {
        await Settled(month);
        await desk.Decides("supplier-a", "settlement.claim", "Claimed", new { lines = new[] { new { orderId = order, itemCode = "cleaning", quantity = claimed } } });
        await desk.Until(On(paidIn, 8));
        await desk.Decides("settlement-clerk-1", "settlement.verify", "Verified");
        await desk.Until(On(paidIn, 15));
        await desk.Decides("township-reviewer-1", "settlement.approve", "Approved");
    }

    // Helpers of one person, each with so many visits, one a month until December; the county's cap is 25 yuan.
    private Task Helped(params (string Id, string Name, int Visits)[] helpers) => desk.Set(async db =>
    {
        var deed = new Deed("surveyor-qian", On(10, 1), "helped");
        var caseId = await ConfirmedNeed.Open(db, "person-zhang", ReliefCategory.Dibao);
        var made = (OrderResult.Done)await new OrderBook(db).Create(new OrderEntry(caseId, [], "M6", new DateOnly(2026, 10, 1), new DateOnly(2026, 12, 31)), deed, None);
        var about = (await new OrderQueries(db).Find(made.Id, None))!.Order;
        await db.Replace((await new ParameterQueries(db).Find("neighbour.cap", "999900", new DateOnly(2026, 12, 31), None))! with { Value = "25" }, None);
        foreach (var (id, name, visits) in helpers)
        {
            await new NeighbourBook(db).Enrol(new NeighbourVolunteer { Id = id, CountyCode = "999900", CreatedAt = deed.At, CreatedBy = deed.By, AreaCode = "99990101", Name = name, BirthDate = new DateOnly(1970, 1, 1), BankAccount = "示例银行 0001" }, deed.Step(id), None);
            await new NeighbourBook(db).Certify(new CourseCertificate { Id = "course-" + id, HelperId = id, Certificate = "L-" + id, ValidFrom = new DateOnly(2026, 10, 1), ValidTo = new DateOnly(2028, 9, 30) }, deed.Step("course-" + id), None);
            var pair = Assert.Single(await new PairBook(db).Propose((about, PairKind.Neighbour), [id], deed.Step("pair-" + id), None));
            await new PairBook(db).Agree(pair.Id, PairSide.Person, deed.Step("person-" + id), None);
            await new PairBook(db).Agree(pair.Id, PairSide.Helper, deed.Step("helper-" + id), None);
            await new PairBook(db).Conclude(pair.Id, "Agreed", deed.Step("paired-" + id), None);
            await new PairBook(db).DeclareNoCharge(pair.Id, deed.Step("free-" + id), None);
            for (var month = 13 - visits; month <= 12; month++)
            {
                var at = new Deed("surveyor-qian", On(month, 5, 18), $"log-{id}-{month}");
                var log = ((LogResult.Done)await new NeighbourBook(db).Record(made.Id, new LogForm(id, new DateOnly(2026, month, 5), "陪伴买菜"), at, None)).Log;
                await new NeighbourBook(db).Confirm(log.Id, "Beneficiary", at.Step("confirm"), None);
            }
        }
    });

    private async Task<string?> Problem() => (await desk.Get("tasks/" + (await desk.Task("archive")).Text("id"))).GetProperty("data").Text("problem");

    private static IEnumerable<object> Papers(params string[] kinds) => kinds.Select(kind => new { kind, documentHash = "sha256:" + kind, exceptionReason = (string?)null });

    private async Task<string> Payment(string by, string of)
    {
        var answer = await desk.Posts(by, of + "/payment-file", new { });
        Assert.Equal((HttpStatusCode.OK, "text/csv"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        return await answer.Content.ReadAsStringAsync();
    }

    private async Task Refused(string by, string batch, HttpStatusCode status, string code) => await (await desk.Posts(by, $"settlement/batches/{batch}/payment-file", new { })).Refuses(status, code);

    private async Task Hidden(string from, string address)
    {
        using var client = desk.Host.With(TestHost.AdminKey, from);
        await (await client.GetAsync("/api/v1/" + address)).Is(HttpStatusCode.NotFound);
    }

    private async Task<(HttpStatusCode, int)> File(string by, string address)
    {
        using var client = desk.Host.With(TestHost.AdminKey, by);
        var answer = await client.GetAsync("/api/v1/" + address);
        return (answer.StatusCode, Lines(await answer.Content.ReadAsStringAsync()).Count());
    }

    private async Task<string> Page(string by, string address)
    {
        using var client = desk.Host.With(TestHost.AdminKey, by);
        var answer = await client.GetAsync("/" + address);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{address}: {answer.StatusCode}");
        return await answer.Content.ReadAsStringAsync();
    }

    private async Task Pages(string by, string says, params string[] addresses)
    {
        foreach (var address in addresses)
            Assert.Contains(says, await Page(by, address), StringComparison.Ordinal);
    }

    // The lines of a file below its head; none of ours has a comma or a quote in a cell.
    private static IEnumerable<string[]> Lines(string csv) => csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split(','));

    private static decimal Yuan(string cell) => decimal.Parse(cell, CultureInfo.InvariantCulture);

    private static string Sums(JsonElement statement) => string.Join(", ", new[] { "approved", "rejected", "held", "undecided", "claimed", "opening", "paid", "closing", "spent" }
        .Select(name => string.Create(CultureInfo.InvariantCulture, $"{char.ToUpperInvariant(name[0])}{name[1..]} {statement.GetProperty(name).GetDecimal():0.##}")));

    private static IEnumerable<string> Told(JsonElement statement) => statement.GetProperty("lines").EnumerateArray().Select(line =>
    {
        var (of, funds) = (line.GetProperty("line"), line.GetProperty("funds").EnumerateArray().Select(fund => string.Create(CultureInfo.InvariantCulture, $"{fund.Text("kind")} {fund.GetProperty("amount").GetDecimal():0.##}")));
        return string.Create(CultureInfo.InvariantCulture, $"{of.Text("status")} {of.GetProperty("amount").GetDecimal():0.##} {line.Text("personName")} {line.Text("serviceNo")} {of.Text("reason") ?? string.Join(' ', funds)}");
    }).Order(StringComparer.Ordinal);

    private static IEnumerable<string> Parts(JsonElement sheet, string of) => sheet.GetProperty(of).EnumerateArray().Where(part => part.GetProperty("visits").GetInt32() > 0)
        .Select(part => string.Create(CultureInfo.InvariantCulture, $"{part.GetProperty("number").GetInt32()} {part.GetProperty("visits").GetInt32()} {part.GetProperty("amount").GetDecimal():0.##}"));

    public sealed class OnSqlite() : PaperTests(StorageKind.Sqlite);

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres() : PaperTests(StorageKind.PostgreSql);
}
