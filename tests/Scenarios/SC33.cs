using System.Net;
using System.Text.Json;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Tests.Host;
using Relief.Flow.Tests.Storage;
using static System.Threading.CancellationToken;
using static Relief.Flow.Tests.Scenarios.ReliefDesk;

namespace Relief.Flow.Tests.Scenarios;

/// <summary>SC-33 over REST: calls of a hotline find their unit in time and never the one they are about, and who complained is always answered.</summary>
public abstract class SC33 : IAsyncLifetime
{
    private static readonly object Found = new { measures = "更换服务人员", answer = "已更换服务人员并致歉" };

    private ReliefDesk desk = null!;

    protected abstract Task<ReliefDesk> Open();

    [Fact]
    public async Task A_call_is_handed_on_within_two_hours_taken_looked_into_and_answered()
    {
        var call = await Calls(new { complainantRef = "caller-7", recording = "rec-7", externalId = "12345-88" });
        Assert.Equal((On(3, 2, 16), EndOf(3, 9)), (await desk.Due("ticket.transfer"), call.GetProperty("due").GetDateTimeOffset().ToOffset(TimeSpan.FromHours(8))));
        await desk.Decides("hotline-1", "ticket.transfer", "Transferred", new { unit = "99990101" });
        Assert.Equal(("UnitUnknown", On(3, 2, 16)), ((await Shown("ticket.transfer")).Text("problem"), await desk.Due("ticket.transfer")));
        await desk.Decides("hotline-1", "ticket.transfer", "Transferred", new { unit = "999902" });
        await desk.Decides("clerk-b", "ticket.accept", "WrongUnit", new { reason = "当事人住甲镇" });
        await desk.Decides("hotline-1", "ticket.transfer", "Transferred", new { unit = "999901" });
        await desk.Until(On(3, 2, 14, 20));
        await desk.Decides("clerk-1", "ticket.accept", "Accepted");
        Assert.Equal(EndOf(3, 9), await desk.Due("ticket.resolve"));
        Assert.DoesNotContain("caller-7", (await Shown("ticket.resolve")).ToString(), StringComparison.Ordinal);
        var seen = await desk.Sees("clerk-1", "tickets/" + Id(call));
        Assert.DoesNotContain("caller-7", seen.ToString(), StringComparison.Ordinal);   // the unit sees the ticket and never who complained
        Assert.Contains("caller-7", (await desk.Get("tickets/" + Id(call))).ToString(), StringComparison.Ordinal);
        await desk.Until(On(3, 6, 9));
        await desk.Decides("clerk-1", "ticket.resolve", "PartlyFounded", Found);
        await (await desk.Tries("clerk-1", "ticket.review", "Closed")).Is(HttpStatusCode.Forbidden);   // nobody closes what they have looked into
        await desk.Decides("reviewer-li", "ticket.review", "Closed");

        Assert.Equal(["person:caller-7 03-06 09:00", "unit:999900 03-06 09:00"], desk.Told("ticket.answered").Order(StringComparer.Ordinal));
        using var stranger = desk.Stranger;
        var answer = await (await stranger.GetAsync("/api/v1/ticket-codes/" + call.Text("code"))).Is(HttpStatusCode.OK);
        Assert.Equal(("Settled", "PartlyFounded", "已更换服务人员并致歉"), (answer.Text("status"), answer.Text("outcome"), answer.Text("answer")));
        await (await stranger.GetAsync("/api/v1/ticket-codes/AAAAAAAAAAAA")).Refuses(HttpStatusCode.NotFound, "ticket.codeUnknown");
        Assert.Equal(["TicketTaken", "TicketTransferred", "WrongUnit", "TicketTransferred", "TicketAccepted", "TicketResolved", "TicketSettled"], (await desk.Audit("ticket:" + Id(call))).Select(what => what.Split(' ')[0]));
        await desk.IsSound();
    }

    [Fact]
    public async Task A_complaint_about_the_towns_clerk_goes_to_the_county_and_the_town_never_sees_it()
    {
        var call = await Calls(new { aboutStaffId = "clerk-1" });
        await desk.Decides("hotline-1", "ticket.transfer", "Transferred", new { unit = "999901" });
        Assert.Equal("ConflictOfInterest", (await Shown("ticket.transfer")).Text("problem"));
        await (await desk.Host.With(TestHost.AdminKey, "clerk-1").GetAsync("/api/v1/tickets/" + Id(call))).Refuses(HttpStatusCode.NotFound, "ticket.notFound");
        await desk.Decides("hotline-1", "ticket.transfer", "Transferred", new { unit = "999900" });
        Assert.Empty(await desk.Tasks("ticket.accept"));
        Assert.Equal("999900", (await desk.Task("ticket.resolve")).Text("unit"));
        await (await desk.Tries("clerk-1", "ticket.resolve", "Unfounded", Found)).Is(HttpStatusCode.Forbidden);
        await desk.Decides("county-officer-1", "ticket.resolve", "Founded", Found);
        await (await desk.Tries("county-officer-1", "ticket.review", "Closed")).Is(HttpStatusCode.Forbidden);
        await desk.Decides("county-officer-2", "ticket.review", "Closed");
        Assert.Empty(desk.Told("ticket.answered"));   // without a name the code answers
        Assert.Equal("Settled", (await desk.Get("tickets/" + Id(call))).GetProperty("ticket").Text("status"));

        // About the county's own people the leading group looks.
        await Calls(new { aboutStaffId = "county-officer-1" });
        await desk.Decides("hotline-1", "ticket.transfer", "Transferred", new { unit = "999900" });
        await (await desk.Tries("county-officer-1", "ticket.resolve", "Unfounded", Found)).Is(HttpStatusCode.Forbidden);
        await desk.Decides("leader-1", "ticket.resolve", "Unfounded", Found);
        await desk.IsSound();
    }

    [Fact]
    public async Task Where_a_life_is_at_risk_half_an_hour_is_all_and_then_the_county_has_it()
    {
        await Calls(new { lifeRisk = true });
        Assert.Equal(On(3, 2, 14, 30), await desk.Due("ticket.transfer"));
        await desk.Until(On(3, 2, 14, 30));
        Assert.Empty(await desk.Tasks("ticket.transfer"));
        Assert.Equal(("999900", "unit:999900 03-02 14:30"), ((await desk.Task("ticket.resolve")).Text("unit"), Assert.Single(desk.Told("ticket.overdue"))));

        // Who says nothing and who says a second time that it is not theirs lose it to the level above as well.
        var silent = await Calls(new { });
        await desk.Decides("hotline-1", "ticket.transfer", "Transferred", new { unit = "999901" });
        await desk.Until(On(3, 2, 18, 31));
        Assert.Equal("999900", (await desk.Get("tickets/" + Id(silent))).GetProperty("ticket").Text("unitCode"));
        var wrong = await Calls(new { });
        foreach (var (unit, clerk) in new[] { ("999901", "clerk-1"), ("999902", "clerk-b") })
        {
            await desk.Decides("hotline-1", "ticket.transfer", "Transferred", new { unit });
            await desk.Decides(clerk, "ticket.accept", "WrongUnit", new { reason = "不属本单位" });
        }

        Assert.Equal("999900", (await desk.Get("tickets/" + Id(wrong))).GetProperty("ticket").Text("unitCode"));
        await desk.IsSound();
    }

    [Fact]
    public async Task One_extension_for_a_reason_and_one_more_look_within_30_days()
    {
        var call = await Calls(new { complainantRef = "caller-8" });
        await desk.Decides("hotline-1", "ticket.transfer", "Transferred", new { unit = "999901" });
        await desk.Decides("clerk-1", "ticket.accept", "Accepted");
        await desk.Until(On(3, 9, 9));
        await desk.Decides("clerk-1", "ticket.resolve", "Extend", new { reason = "需入户核实" });
        Assert.Equal(EndOf(3, 16), await desk.Due("ticket.resolve"));
        await desk.Decides("clerk-1", "ticket.resolve", "Extend", new { reason = "还需时间" });
        Assert.Equal("ExtendedBefore", (await Shown("ticket.resolve")).Text("problem"));
        await desk.Until(On(3, 10, 9));
        Assert.Empty(desk.Told("ticket.overdue"));   // the first end was moved
        await (await desk.Posts(null, $"tickets/{Id(call)}/reopen", new { reason = "没有解决" })).Refuses(HttpStatusCode.Conflict, "ticket.notSettled");
        await desk.Until(On(3, 17, 9));
        Assert.Equal(["unit:999900 03-16 23:59"], desk.Told("ticket.overdue"));
        await desk.Decides("clerk-1", "ticket.resolve", "Unfounded", Found);
        await desk.Decides("reviewer-li", "ticket.review", "Closed");

        await (await desk.Posts(null, $"tickets/{Id(call)}/reopen", new { })).Refuses(HttpStatusCode.UnprocessableEntity, "request.invalid");
        var again = await desk.Sends(null, $"tickets/{Id(call)}/reopen", new { reason = "没有解决" });
        Assert.Equal("999900", (await desk.Task("ticket.resolve")).Text("unit"));
        await (await desk.Posts(null, $"tickets/{Id(call)}/reopen", new { reason = "没有解决" })).Refuses(HttpStatusCode.Conflict, "ticket.openedAgain");
        Assert.Equal((Id(call), 1), ((await desk.Get("tickets/" + Id(again))).GetProperty("ticket").Text("parentId"), (await desk.Get("tickets/" + Id(again))).GetProperty("earlier").GetInt32()));
        await desk.Decides("county-officer-1", "ticket.resolve", "Founded", Found);
        await desk.Decides("county-officer-2", "ticket.review", "Closed");
        await desk.Until(On(4, 18, 9));
        await (await desk.Posts(null, $"tickets/{Id(again)}/reopen", new { reason = "没有解决" })).Refuses(HttpStatusCode.Conflict, "ticket.tooLate");
        await desk.IsSound();
    }

    [Fact]
    public async Task The_fifth_complaint_about_one_supplier_within_30_days_is_an_inspection()
    {
        await Calls(new { aboutSupplierId = "PV-A" });
        await desk.Until(On(4, 10, 9));
        for (var number = 0; number < 4; number++)
            await Calls(new { aboutSupplierId = "PV-A" });
        Assert.DoesNotContain(await Tickets(), type => type == "Inspection");   // the first is older than 30 days
        await Calls(new { aboutSupplierId = "PV-A" });
        await Calls(new { aboutSupplierId = "PV-A" });
        var inspection = Assert.Single(await desk.List("tickets?county=999900"), ticket => ticket.Text("type") == "Inspection");
        Assert.StartsWith("30日内投诉5件", inspection.Text("reason"), StringComparison.Ordinal);
        Assert.Equal("999900", inspection.Text("unitCode"));
        await desk.IsSound();
    }

    [Fact]
    public async Task A_plea_for_help_is_a_discovery_with_an_answer_in_24_hours_and_a_question_is_answered()
    {
        var plea = await Calls(new { type = "HelpRequest", complainantRef = "caller-9", lifeRisk = true });
        Assert.Equal("Settled", (await desk.Get("tickets/" + Id(plea))).GetProperty("ticket").Text("status"));
        var found = Assert.Single(await desk.List("discoveries?county=999900&origin=Hotline"));
        Assert.Equal(("High", Id(plea)), (found.Text("risk"), found.Text("originId")));
        Assert.Single(await desk.Tasks("request.feedback"));
        Assert.Equal(On(3, 3, 14), await desk.Due("discovery.contact"));   // at high risk within 24 hours
        var question = await Calls(new { type = "Consultation" });
        await desk.Decides("hotline-1", "ticket.consultation", "Answered", new { answer = "可向村委会申请", rating = 9 });
        Assert.Equal("RatingUnknown", (await Shown("ticket.consultation")).Text("problem"));
        await desk.Decides("hotline-1", "ticket.consultation", "Answered", new { answer = "可向村委会申请", rating = 5 });
        Assert.Equal("Settled", (await desk.Get("tickets/" + Id(question))).GetProperty("ticket").Text("status"));
        await desk.IsSound();
    }

    [Fact]
    public async Task What_is_no_ticket_is_refused_and_a_repeat_gets_the_first_receipt()
    {
        foreach (var wrong in new object[] { new { complainantRef = "13800000000" }, new { type = "Inspection" }, new { placeCode = "11010101" }, new { aboutStaffId = "nobody" }, new { aboutSupplierId = "nobody" }, new { wording = "" } })
            await (await desk.Posts(null, "tickets", Body(wrong))).Refuses(HttpStatusCode.UnprocessableEntity, "request.invalid");
        Assert.Empty(await desk.List("tickets?county=999900"));
        await Calls(new { complainantRef = "caller-1" });
        Assert.DoesNotContain("caller-1", (await desk.Get("tickets?county=999900")).ToString(), StringComparison.Ordinal);
    }

    public async Task InitializeAsync()
    {
        desk = await Open();
        await desk.Until(On(3, 2, 14));
    }

    public async Task DisposeAsync() => await desk.DisposeAsync();

    private Task<JsonElement> Calls(object more) => desk.Sends(null, "tickets", Body(more));

    private static Dictionary<string, object?> Body(object more)
    {
        var body = new Dictionary<string, object?> { ["countyCode"] = "999900", ["channel"] = "12349", ["type"] = "Complaint", ["placeCode"] = "99990101", ["wording"] = "护理员没有按时上门" };
        foreach (var field in JsonSerializer.SerializeToElement(more).EnumerateObject())
            body[field.Name] = field.Value;
        return body;
    }

    private static string Id(JsonElement call) => call.Text("ticketId")!;

    private async Task<IEnumerable<string?>> Tickets() => (await desk.List("tickets?county=999900")).Select(ticket => ticket.Text("type"));

    private async Task<JsonElement> Shown(string kind) => (await desk.Get("tasks/" + (await desk.Task(kind)).Text("id"))).GetProperty("data");

    public sealed class OnSqlite : SC33
    {
        protected override Task<ReliefDesk> Open() => ReliefDesk.OnSqlite();
    }

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres : SC33
    {
        protected override Task<ReliefDesk> Open() => ReliefDesk.OnPostgres();
    }
}
