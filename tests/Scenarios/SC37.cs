using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Host.Demo;
using Relief.Flow.Tests.Host;
using Relief.Flow.Tests.Storage;
using static System.Threading.CancellationToken;
using static Relief.Flow.Tests.Scenarios.ReliefDesk;

namespace Relief.Flow.Tests.Scenarios;

/// <summary>SC-37 over REST: of two visits at the same hours one did not happen; the spot check finds it, and what was paid comes back with the next month.</summary>
public abstract class SC37 : IAsyncLifetime
{
    private const string April = "settlement/batches/999901-PV-A-2026-04", May = "settlement/batches/999901-PV-A-2026-05";

    private ReliefDesk desk = null!;
    private PurchaseDesk money = null!;
    private VisitsPart visits = null!;
    private string care = "", nursing = "", fake = "", plan = "";

    protected abstract Task<ReliefDesk> Open();

    [Fact]
    [Trait("Proves", "E17")]
    public async Task A_fake_service_is_found_paid_back_and_counted()
    {
        await TwoPeopleAreServed();
        await TwoVisitsOverlap();
        await AprilIsDrawn();
        await TheDrawCanBeReckonedAgain();
        await TwoMajorsFreezeTheirLines();
        await AprilIsPaid();
        await TheThirdIsTakenBack();
        await TheSupplierIsReviewedAndCorrects();
        await MayCarriesTheNegativeLine();
        await ItsScoreTells();
        await desk.IsSound();
    }

    [Fact]
    public async Task A_year_is_begun_once_and_only_for_a_county()
    {
        await desk.Sends("county-officer-1", "spot-checks", new { countyCode = "999900", year = 2026 });
        await (await desk.Posts("county-officer-1", "spot-checks", new { countyCode = "999900", year = 2026 })).Is(HttpStatusCode.Accepted);
        Assert.Single(await desk.List("instances?definitionId=procedure.spotcheck"));
        await (await desk.Posts(null, "spot-checks", new { countyCode = "999901", year = 26 })).Refuses(HttpStatusCode.UnprocessableEntity, "request.invalid");
        Assert.Equal([0, 0], (await desk.List("spot-checks?county=999900&year=2026")).Select(drawn => drawn.GetProperty("services").GetInt32()));   // January and February
        await (await desk.Host.Client.GetAsync("/api/v1/spot-checks/nothing/proof")).Refuses(HttpStatusCode.NotFound, "spotCheck.notFound");
    }

    public async Task InitializeAsync()
    {
        desk = await Open();
        money = new PurchaseDesk(desk);
        await desk.Until(On(3, 30, 8));
    }

    public async Task DisposeAsync() => await desk.DisposeAsync();

    private async Task TwoPeopleAreServed()
    {
        care = await Serves(Applicant.Wang, "home-care", 16, 8);
        await money.IsKnown(Applicant.Chen);
        nursing = await Serves(Applicant.Chen, "nursing", 3, 3);
        visits = new VisitsPart(desk.Caller, care);
        await desk.Sends("county-officer-1", "spot-checks", new { countyCode = "999900", year = 2026 });
    }

    private async Task<string> Serves(Applicant who, string item, int quantity, int perMonth)
    {
        await desk.IsConfirmed(who, item, quantity);
        var order = (await money.OrderOf(desk.CaseId)).Text("id")!;
        await desk.Decides("supplier-a", "referral", "Accepted");
        await desk.Decides("supplier-a", "plan", "Submitted", new { goals = "照料", lines = new[] { new { itemCode = item, quantityPerMonth = quantity, visitsPerMonth = perMonth } } });
        await desk.Decides("clerk-1", "plan.agree", "Agreed");
        await desk.Sign("supplier-a");
        return order;
    }

    private async Task TwoVisitsOverlap()
    {
        var theirs = (await desk.List($"orders/{nursing}/visits"))[0];
        var end = (await desk.List($"orders/{care}/visits")).Select(one => one.GetProperty("plannedEnd").GetDateTimeOffset()).First(one => one > theirs.GetProperty("plannedEnd").GetDateTimeOffset());
        await visits.Until(end.AddHours(2), None);
        var first = (await Records(care))[^1];
        fake = first.Text("id")!;
        var start = first.GetProperty("startAt").GetDateTimeOffset();
        Assert.Equal((TimeSpan.FromHours(2), end), (end - start, first.GetProperty("endAt").GetDateTimeOffset()));
        await desk.Sends("worker-a1", $"orders/{nursing}/records", new
        {
            visitId = theirs.Text("id"), record = new { workerId = "worker-a1", start = start.AddHours(1), end = end.AddHours(1), content = "done", confirmedBy = "陈某某 签字" }
        });
        foreach (var record in new[] { (await Records(care)).Single(one => one.Text("id") == fake), (await Records(nursing)).Single() })
            Assert.Contains("Overlap", record.GetProperty("flags").EnumerateArray().Select(flag => flag.GetString()));
        await desk.Decides("clerk-1", "record.accept", "Accepted", new { overrideReason = "先行验收,列入抽查" });
        await visits.Until(On(4, 30, 20), None);   // the first one waited to be accepted by itself: now a person decides it too
        await desk.Decides("clerk-1", "record.accept", "Accepted", new { overrideReason = "先行验收,列入抽查" });
    }

    private async Task AprilIsDrawn()
    {
        await visits.Until(On(5, 5, 9), None);
        var drawn = (await desk.List("spot-checks?county=999900&year=2026")).Single(one => one.Text("periodFrom") == "2026-04-01");
        plan = drawn.Text("id")!;
        var services = (await Records(care)).Count(one => one.Text("serviceDate")!.StartsWith("2026-04", StringComparison.Ordinal)) + 1;
        var sample = (int)Math.Ceiling(0.30m * services);
        Assert.Equal((services, sample), (drawn.GetProperty("services").GetInt32(), drawn.GetProperty("sample").GetInt32()));
        var items = await Items();
        Assert.Equal(sample, items.Count(item => item.Text("origin") == "Random"));
        Assert.Superset(new HashSet<string> { fake }, items.Select(item => item.Text("recordId")!).ToHashSet());   // flagged ones come on top
        var county = (await Ratio()).GetProperty("county");
        Assert.Equal((0, sample), (county.GetProperty("checked").GetInt32(), county.GetProperty("open").GetInt32()));
        Assert.Equal((int)Math.Ceiling(0.30m * county.GetProperty("services").GetInt32()), county.GetProperty("needed").GetInt32());   // May counts already
        Assert.Equal(["unit:999900 05-05 00:30"], desk.Told("spotcheck.drawn"));
        await AreExcluded();
    }

    private async Task AreExcluded()
    {
        await desk.Set(db => db.Insert(new StaffRole
        {
            Id = "village-worker-2-inspector", StaffId = "village-worker-2", Role = ReliefRoles.SpotCheckInspector, AreaCode = "999900", ValidFrom = new DateOnly(2026, 1, 1)
        }, None));
        await (await Finds("village-worker-2", fake, "Pass", new { method = "HomeVisit", happened = true })).Refuses(HttpStatusCode.Forbidden, "task.excluded");
        await (await Finds("clerk-1", fake, "Pass", new { method = "HomeVisit", happened = true })).Refuses(HttpStatusCode.Forbidden, "task.roleMissing");
    }

    /// <summary>Seed and members are read from the API, and the picks are reckoned here, by another's hand.</summary>
    private async Task TheDrawCanBeReckonedAgain()
    {
        var proof = await desk.Get($"spot-checks/{plan}/proof");
        Assert.True(proof.GetProperty("holds").GetBoolean());
        var seed = proof.Text("seed")!;
        foreach (var stratum in proof.GetProperty("strata").EnumerateArray())
        {
            var members = stratum.GetProperty("members").EnumerateArray().Select(member => member.GetString()!).ToList();
            var picks = members.OrderBy(member => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(seed + ":" + member))), StringComparer.Ordinal)
                .Take((int)Math.Ceiling(0.30m * stratum.GetProperty("services").GetInt32()));
            Assert.Equal(picks, stratum.GetProperty("drawn").EnumerateArray().Select(member => member.GetString()));
        }
    }

    private async Task TwoMajorsFreezeTheirLines()
    {
        await visits.Until(On(5, 6), None);
        await desk.Decides("supplier-a", "settlement.claim", "Claimed");
        foreach (var record in (await Items()).Select(item => item.Text("recordId")!).Where(record => record != fake).Take(2))
        {
            await Found(record, "Major");
            Assert.Equal(("Hold", "SpotCheckMajor"), await Line(record));
        }

        Assert.Empty(await desk.Tasks("spotcheck.supplier"));
        await visits.Until(On(5, 8), None);
        await desk.Decides("settlement-clerk-1", "settlement.verify", "Verified");
        var held = (await Lines(April)).Where(line => line.Text("status") == "Hold").Select(line => line.Text("id")).ToArray();
        Assert.Equal(2, held.Length);
        await desk.Decides("settlement-clerk-1", "settlement.verify", "Verified", new { holds = held.Select(lineId => new { lineId, passes = true, reason = "无误" }) });
        Assert.Equal(2, (await Lines(April)).Count(line => line.Text("status") == "Hold"));   // no clerk lets them pass
        await desk.Decides("settlement-clerk-1", "settlement.verify", "Verified", new { holds = held.Select(lineId => new { lineId, passes = false, reason = "抽查不实" }) });
    }

    private async Task AprilIsPaid()
    {
        await visits.Until(On(5, 12), None);
        await desk.Decides("township-reviewer-1", "settlement.approve", "Approved");
        await visits.Until(On(5, 15), None);
        await desk.Event("pay:999901-PV-A-2026-04", new { voucher = "bank-05" });
        var lines = await Lines(April);
        Assert.Equal(2, lines.Count(line => line.Text("status") == "Rejected"));
        Assert.All(lines.Where(line => line.Text("status") != "Rejected"), line => Assert.Equal("Paid", line.Text("status")));
        Assert.Equal(("Paid", null), await Line(fake));
    }

    private async Task TheThirdIsTakenBack()
    {
        await visits.Until(On(5, 18), None);
        await Found(fake, "Major");
        Assert.Equal(("Paid", null), await Line(fake));
        Assert.Equal(EndOf(5, 25), await desk.Due("spotcheck.clawBack"));
        await (await desk.Tries("county-officer-1", "spotcheck.clawBack", "Approved")).Refuses(HttpStatusCode.Forbidden, "task.excluded");
        await desk.Decides("county-officer-2", "spotcheck.clawBack", "Approved");
        Assert.Equal(["unit:PV-A 05-18 09:00"], desk.Told("spotcheck.clawBack"));
        var county = (await Ratio()).GetProperty("county");
        Assert.True(county.GetProperty("checked").GetInt32() >= 1);
    }

    private async Task TheSupplierIsReviewedAndCorrects()
    {
        await desk.Decides("county-officer-2", "spotcheck.supplier", "Kept", new { reason = "约谈后限期整改" });
        Assert.Equal("Active", (await desk.Get("suppliers/PV-A")).Text("status"));
        foreach (var task in await desk.Tasks("spotcheck.plan"))
            await Completes("supplier-a", task, "Submitted", new { measures = "更换服务人员,每次上门拍照" });
        foreach (var task in await desk.Tasks("spotcheck.recheck"))
            await Completes("county-officer-1", task, "Corrected", new { reason = "已更换" });
        Assert.Empty(await desk.Tasks("spotcheck.recheck"));
    }

    private async Task MayCarriesTheNegativeLine()
    {
        await visits.Until(On(6, 4), None);
        await desk.Decides("supplier-a", "settlement.claim", "Claimed");
        await visits.Until(On(6, 8), None);
        await desk.Decides("settlement-clerk-1", "settlement.verify", "Verified");
        await visits.Until(On(6, 12), None);
        await desk.Decides("township-reviewer-1", "settlement.approve", "Approved");
        var view = (await desk.Get(May)).GetProperty("lines").EnumerateArray().Single(one => one.GetProperty("line").Text("kind") == "Correction");
        Assert.Equal(-120m, view.GetProperty("line").GetProperty("amount").GetDecimal());
        var account = view.GetProperty("splits")[0].Text("accountId")!;
        var before = await money.Holds(account);
        var others = (await Lines(May)).Where(line => line.Text("status") == "Approved" && line.Text("kind") != "Correction").Sum(line => line.GetProperty("amount").GetDecimal());
        await visits.Until(On(6, 15), None);
        await desk.Event("pay:999901-PV-A-2026-05", new { voucher = "bank-06" });

        Assert.All((await Lines(May)).Where(line => line.Text("status") != "Rejected"), line => Assert.Equal("Paid", line.Text("status")));
        Assert.Equal(others - 120, (await desk.Get(May)).GetProperty("batch").GetProperty("paidTotal").GetDecimal());
        var after = await money.Holds(account);
        var released = (await desk.List($"funds/accounts/{account}/ledger")).Where(entry => entry.Text("kind") == "Release" && entry.GetProperty("createdAt").GetDateTimeOffset() >= On(6, 15)).Sum(entry => entry.GetProperty("amount").GetDecimal());
        Assert.Equal((before.Spent + others - 120, before.Available + 120 + released), (after.Spent, after.Available));
        Assert.Contains("ClawBack 120", await money.Posted(account, On(6, 15)));
    }

    /// <summary>Three of the three that were looked into were false: the rating by which suppliers are chosen says so.</summary>
    private async Task ItsScoreTells()
    {
        await (await desk.Posts("county-officer-1", "evaluations", new { countyCode = "999900", from = "2026-04-30", to = "2026-04-01" })).Refuses(HttpStatusCode.UnprocessableEntity, "request.invalid");
        await desk.Sends("county-officer-1", "evaluations", new { countyCode = "999900", from = "2026-04-01", to = "2026-04-30" });
        await (await desk.Tries("clerk-1", "evaluation", "Confirmed")).Refuses(HttpStatusCode.Forbidden, "task.roleMissing");
        await desk.Decides("county-officer-2", "evaluation", "Confirmed");
        var score = Assert.Single(await desk.List("evaluations?county=999900"), one => one.Text("kind") == "Supplier");
        Assert.Equal(("PV-A", 0m), (score.Text("unitCode"), score.GetProperty("checked").GetDecimal()));
        Assert.Equal(decimal.Round(score.GetProperty("score").GetDecimal() / 20, 1), (await desk.Get("suppliers/PV-A")).GetProperty("rating").GetDecimal());
        Assert.True(score.GetProperty("score").GetDecimal() < 80);
    }

    private async Task Found(string record, string result)
    {
        await (await Finds("county-officer-1", record, result, new { method = "HomeVisit", happened = false, findings = "本人与村委均称当日无人上门" })).Is(HttpStatusCode.OK);
        await desk.Settles();
    }

    private async Task<HttpResponseMessage> Finds(string by, string record, string result, object sheet)
    {
        foreach (var task in await desk.Tasks("spotcheck"))
        {
            if ((await desk.Get("tasks/" + task.Text("id"))).GetProperty("data").GetProperty("data").Text("id") == record)
                return await desk.Posts(by, $"tasks/{task.Text("id")}/complete", new { outcome = result, data = sheet });
        }

        throw new Xunit.Sdk.XunitException($"no check of {record}");
    }

    private async Task Completes(string by, JsonElement task, string outcome, object data)
    {
        await (await desk.Posts(by, $"tasks/{task.Text("id")}/complete", new { outcome, data })).Is(HttpStatusCode.OK);
        await desk.Settles();
    }

    private Task<JsonElement> Ratio() => desk.Get("spot-checks/ratio?county=999900&year=2026");

    private async Task<JsonElement[]> Items() => [.. (await desk.Get("spot-checks/" + plan)).GetProperty("items").EnumerateArray().Select(view => view.GetProperty("item"))];

    private Task<JsonElement[]> Records(string order) => desk.List($"orders/{order}/records");

    private async Task<JsonElement[]> Lines(string batch) => [.. (await desk.Get(batch)).GetProperty("lines").EnumerateArray().Select(view => view.GetProperty("line"))];

    private async Task<(string? Status, string? Reason)> Line(string record)
    {
        var line = (await Lines(April)).Single(one => one.Text("recordId") == record && one.Text("kind") != "Correction");
        return (line.Text("status"), line.Text("reason"));
    }

    public sealed class OnSqlite : SC37
    {
        protected override Task<ReliefDesk> Open() => ReliefDesk.OnSqlite();
    }

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres : SC37
    {
        protected override Task<ReliefDesk> Open() => ReliefDesk.OnPostgres();
    }
}
