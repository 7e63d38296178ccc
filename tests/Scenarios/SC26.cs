using System.Net;
using System.Text.Json;
using Relief.Flow.Tests.Host;
using Relief.Flow.Tests.Storage;
using static Relief.Flow.Tests.Scenarios.ReliefDesk;

namespace Relief.Flow.Tests.Scenarios;

/// <summary>SC-26 over REST: five candidates of a charity's project, four of whom consent, one of whom is declined and one of whom gets nothing.</summary>
public abstract class SC26 : IAsyncLifetime
{
    private static readonly Applicant[] Candidates =
    [
        Applicant.Wang, Applicant.Chen, Applicant.Jiang,
        new("周某某", "M", new DateOnly(1971, 5, 5), "13", "99990102", "Margin"), new("吴某某", "F", new DateOnly(1973, 6, 6), "14", "99990102", "Margin")
    ];

    private ReliefDesk desk = null!;
    private PurchaseDesk money = null!;

    protected abstract Task<ReliefDesk> Open();

    [Fact]
    public async Task A_list_of_four_goes_to_a_charity_by_two_officers_and_is_deleted_in_the_end()
    {
        var coats = await Registers("冬衣送暖", 10);
        await desk.Until(1, 5, 10);
        var quilts = await Registers("棉被送暖", 10);
        var funds = await money.Holds("F8-2026");
        List<string> orders = [];
        foreach (var candidate in Candidates)
            orders.Add(await Confirmed(candidate));

        await Consents(orders);
        Assert.Single(desk.Told("charity.brochure"));
        await desk.Decides("county-officer-1", "charity.compile", "Compiled");
        Assert.Equal(HttpStatusCode.Forbidden, (await desk.Tries("county-officer-1", "charity.check", "Sent")).StatusCode);
        await desk.Decides("county-officer-2", "charity.check", "Sent");
        var list = Assert.Single(await desk.List($"charity-projects/{coats}/lists"));
        Assert.Equal(("Sent", 4), (list.Text("status"), (await Places(list)).Length));
        await Answers(orders);
        Assert.Equal(["Accepted", "Accepted", "Accepted", "Declined"], (await Places(list)).Select(place => place.GetProperty("place").Text("status")!).Order());
        Assert.Single(await Places(Assert.Single(await desk.List($"charity-projects/{quilts}/lists"))));

        await Delivered();
        Assert.Equal(900, (await desk.List("in-kind?county=999900&year=2026")).Sum(entry => entry.GetProperty("value").GetDecimal()));
        Assert.Equal(funds, await money.Holds("F8-2026"));
        var deletion = await desk.Due("charity.deletion");
        await Called();
        await desk.Decides("charity-1", "charity.deletion", "Deleted", new { certificate = "CH-1-D-1" });
        Assert.True((await desk.Get("clock")).GetProperty("now").GetDateTimeOffset() <= deletion.AddDays(1));
        Assert.Equal("Deleted", (await desk.Get("charity-lists/" + list.Text("id"))).GetProperty("list").Text("status"));
        Assert.All(await Places(list), place => Assert.Null(place.Text("name")));
        await desk.IsSound();
    }

    [Fact]
    public async Task A_project_of_nobody_or_for_nobody_is_refused()
    {
        await (await desk.Posts("county-officer-1", "charity-projects", Project("冬衣送暖", 10, charity: "PV-A"))).Is(HttpStatusCode.Conflict);
        await (await desk.Posts("county-officer-1", "charity-projects", Project("冬衣送暖", 0))).Is(HttpStatusCode.UnprocessableEntity);
        Assert.Empty(await desk.List("charity-projects?county=999900"));
    }

    public async Task InitializeAsync()
    {
        desk = await Open();
        money = new PurchaseDesk(desk);
        foreach (var candidate in Candidates[1..])
            await money.IsKnown(candidate);
    }

    public async Task DisposeAsync() => await desk.DisposeAsync();

    private async Task<string> Registers(string name, int capacity) =>
        (await (await desk.Posts("county-officer-1", "charity-projects", Project(name, capacity))).Is(HttpStatusCode.Created)).Text("id")!;

    private static object Project(string name, int capacity, string charity = "CH-1") => new
    {
        countyCode = "999900", charityId = charity, name, kind = "Goods", itemCodes = new[] { "charity-goods" }, personClasses = new[] { "elderly", "disabled" }, capacity,
        validFrom = "2026-01-01", validTo = "2026-06-30", contact = "示例慈善会 0000000"
    };

    private async Task<string> Confirmed(Applicant who)
    {
        await desk.IsConfirmed(who, "charity-goods", 1, "M7");
        return (await money.OrderOf(desk.CaseId)).Text("id")!;
    }

    // The last of the five says no.
    private async Task Consents(List<string> orders)
    {
        foreach (var order in orders)
            await Completes("charity.consent", order, order == orders[^1] ? "Refused" : "Granted", new { form = "paper", givenBy = "self" }, "clerk-1");
    }

    private Task Answers(List<string> orders) => desk.Decides("charity-1", "charity.answer", "Answered", new
    {
        answers = orders[..4].Select((orderId, index) => new { orderId, decision = index == 3 ? "Declined" : "Accepted", reason = index == 3 ? "size" : null })
    });

    private async Task Delivered()
    {
        var number = 0;
        foreach (var order in (await desk.Tasks("charity.delivery")).Select(OrderOf).ToList())
            await Completes("charity.delivery", order, "Delivered", new { kind = "Goods", date = "2026-01-05", goods = "冬衣", quantity = 1, value = 300, receipt = "CH-1-" + ++number }, "charity-1");
        Assert.Equal(3, number);
    }

    private async Task Called()
    {
        await desk.Until(2, 5, 9);
        var calls = (await desk.Tasks("charity.confirm")).Select(OrderOf).ToList();
        Assert.Equal(3, calls.Count);
        foreach (var order in calls)
            await Completes("charity.confirm", order, order == calls[0] ? "NotReceived" : "Received", new { reason = "未收到" }, "clerk-1");
        Assert.Equal("order:" + calls[0], Assert.Single(await desk.List("tickets?county=999900&open=true")).Text("subject"));
        await desk.Decides("clerk-1", "ticket", "Founded", new { measures = "慈善组织补送" });
        Assert.Empty(await desk.List("tickets?county=999900&open=true"));
    }

    private async Task Completes(string kind, string order, string outcome, object data, string by)
    {
        var task = (await desk.Tasks(kind)).Single(one => OrderOf(one) == order);
        await (await desk.Posts(by, $"tasks/{task.Text("id")}/complete", new { outcome, data })).Is(HttpStatusCode.OK);
        await desk.Settles();
    }

    private static string OrderOf(JsonElement task) => task.Text("subject")!["order:".Length..];

    private async Task<JsonElement[]> Places(JsonElement list) => [.. (await desk.Get("charity-lists/" + list.Text("id"))).GetProperty("persons").EnumerateArray()];

    public sealed class OnSqlite : SC26
    {
        protected override Task<ReliefDesk> Open() => ReliefDesk.OnSqlite();
    }

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres : SC26
    {
        protected override Task<ReliefDesk> Open() => ReliefDesk.OnPostgres();
    }
}
