using System.Net;
using Relief.Flow.Tests.Host;
using Relief.Flow.Tests.Storage;
using static Relief.Flow.Tests.Scenarios.ReliefDesk;

namespace Relief.Flow.Tests.Scenarios;

/// <summary>SC-17 over REST: a pair falls silent on 28 March; the secretary is told on 12 May, another member takes over from 27 May.</summary>
public abstract class SC17 : IAsyncLifetime
{
    private static readonly Applicant Han = new("韩某某", "M", new DateOnly(1951, 6, 6), "17", "99990101", "Margin");

    private ReliefDesk desk = null!;

    protected abstract Task<ReliefDesk> Open();

    [Fact]
    public async Task A_silent_pair_is_told_after_45_days_and_made_anew_after_60()
    {
        await desk.Until(2, 24, 9);
        var funds = await Funds();
        await IsPaired("member-shen");
        var shen = await Active();
        await Contact(shen, 3, 1, new { kind = "Visit", content = "走访慰问", needsFound = "被褥单薄" });
        await Contact(shen, 3, 28, new { kind = "Visit", content = "送温暖", goods = new { goods = "棉被", quantity = 2, value = 240, receipt = "party-1-0001" } });
        await desk.Until(5, 11, 23);
        Assert.Empty(desk.Told("pair.lapsed"));
        await desk.Until(5, 12, 9);
        Assert.Equal(["unit:99990101 05-12 08:00"], desk.Told("pair.lapsed"));
        Assert.Empty(await desk.Tasks("pair.propose"));
        await desk.Until(5, 27, 9);
        var task = await desk.Get("tasks/" + (await desk.Task("pair.propose")).Text("id"));
        Assert.Equal("member-yang", Assert.Single(task.GetProperty("data").GetProperty("data").GetProperty("candidates").EnumerateArray()).GetString());
        Assert.Equal(HttpStatusCode.Conflict, (await desk.Posts("member-shen", $"pairs/{shen}/contacts", new { kind = "Call", content = "电话" })).StatusCode);
        await Agreed("member-yang");

        Assert.NotEqual(shen, await Active());
        Assert.Equal(60, (await desk.Get("pairs/" + shen)).GetProperty("longestGap").GetInt32());
        var line = Assert.Single(await desk.List("in-kind?county=999900&year=2026"));
        Assert.Equal(("棉被", "party-1-0001", 240m), (line.Text("goods"), line.Text("receipt"), line.GetProperty("value").GetDecimal()));
        Assert.Equal(funds, await Funds());   // F1 to F6 are as they were
        await desk.IsSound();
    }

    [Fact]
    public async Task What_cannot_be_recorded_is_refused_with_the_reason()
    {
        await desk.Until(2, 24, 9);
        await IsPaired("member-shen");
        var pair = await Active();
        Assert.Equal("CashNotAllowed", await Refused(pair, new { kind = "Visit", content = "慰问", goods = new { goods = "现金", quantity = 1, value = 200, receipt = "r" } }));
        Assert.Equal("NoReceipt", await Refused(pair, new { kind = "Visit", content = "慰问", goods = new { goods = "米", quantity = 1, value = 50 } }));
        Assert.Equal("DayOutsidePair", await Refused(pair, new { kind = "Visit", content = "走访", contactedOn = "2026-02-01" }));
        Assert.Equal("NoContent", await Refused(pair, new { kind = "Visit" }));
        Assert.Equal(HttpStatusCode.NotFound, (await desk.Posts("member-shen", "pairs/unknown/contacts", new { kind = "Visit", content = "走访" })).StatusCode);
    }

    public async Task InitializeAsync()
    {
        desk = await Open();
        await new PurchaseDesk(desk).IsKnown(Han);
    }

    public async Task DisposeAsync() => await desk.DisposeAsync();

    private async Task IsPaired(string member)
    {
        string[] team = ["surveyor-qian", "surveyor-sun"];
        await desk.Applies(Han, "pairing");
        await desk.Decides("clerk-1", "completeness", "Complete");
        await desk.Decides("clerk-2", "classify", "Classified");
        await desk.Decides("clerk-1", "survey-team", "Assigned", new { team, mode = "Delegated", appointmentAt = On(2, 24, 10) });
        await desk.Until(2, 24, 11);
        await desk.Decides(team[0], "survey", "Submit", Signed(team[0], team[1], at: On(2, 24, 10)));
        var needs = (await desk.Case()).GetProperty("needs").EnumerateArray().Select(need => new { needItemId = need.Text("id"), quantity = 1, pathways = new[] { "M4" } }).ToArray();
        await desk.Decides("reviewer-li", "approval", "Approved", new { needs });
        await desk.Decides("clerk-1", "consent", "Granted", new { form = "签字" });
        await Agreed(member);
    }

    private async Task Agreed(string member)
    {
        await desk.Decides("secretary-1", "pair.propose", "Proposed", new { memberId = member });
        await desk.Decides("surveyor-qian", "pair.person", "Agreed");
        await desk.Decides(member, "pair.helper", "Agreed");
        await desk.Decides(member, "pair.needs", "Listed", new { needs = new[] { new { kind = "Material", content = "棉被" } }, partyDay = 15, plan = "每月走访一次" });
    }

    private async Task<string> Active()
    {
        var order = Assert.Single(await desk.List($"cases/{desk.CaseId}/orders"));
        return Assert.Single(await desk.List($"orders/{order.Text("id")}/pairs"), pair => pair.Text("status") == "Active").Text("id")!;
    }

    private async Task Contact(string pair, int month, int day, object contact)
    {
        await desk.Until(month, day, 10);
        await desk.Sends("member-shen", $"pairs/{pair}/contacts", contact);
    }

    private async Task<string> Refused(string pair, object contact) =>
        (await (await desk.Posts("member-shen", $"pairs/{pair}/contacts", contact)).Is(HttpStatusCode.UnprocessableEntity)).Text("reason")!;

    private async Task<IReadOnlyList<string>> Funds() => [.. (await desk.List("funds/accounts?county=999900&year=2026")).Select(account => account.GetRawText())];

    public sealed class OnSqlite : SC17
    {
        protected override Task<ReliefDesk> Open() => ReliefDesk.OnSqlite();
    }

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres : SC17
    {
        protected override Task<ReliefDesk> Open() => ReliefDesk.OnPostgres();
    }
}
