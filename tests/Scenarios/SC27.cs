using System.Net;
using System.Text.Json;
using Relief.Flow.Tests.Host;
using Relief.Flow.Tests.Storage;
using static Relief.Flow.Tests.Scenarios.ReliefDesk;

namespace Relief.Flow.Tests.Scenarios;

/// <summary>SC-27 over REST: a request on a holiday is answered within 24 hours on the clock, or the breach is kept and the work goes on.</summary>
public abstract class SC27 : IAsyncLifetime
{
    private ReliefDesk desk = null!;

    protected abstract Task<ReliefDesk> Open();

    [Fact]
    [Trait("Proves", "E22")]
    [Trait("Proves", "INV-24")]
    public async Task A_request_of_the_first_of_May_is_answered_in_23_hours_and_20_minutes()
    {
        var taken = await Asks("person-shi");
        Assert.Equal(On(5, 2, 9, 30), taken.GetProperty("due").GetDateTimeOffset());
        Assert.Equal(["breach 05-02 09:30", "duty 05-01 21:30", "head 05-02 05:30"], (await desk.Timers("procedure.request24h")).Order(StringComparer.Ordinal));
        Assert.Equal(["person:person-shi 05-01 09:30"], desk.Told("request.receipt"));
        Assert.Equal("Open", (await Request(taken)).Text("status"));   // the receipt is no answer

        var again = await Asks("person-shi");
        Assert.Equal(taken.Text("requestId"), again.Text("mergedInto"));
        await desk.Until(On(5, 2, 8, 50));
        Assert.Equal(["unit:999901 05-01 21:30", "unit:999901 05-02 05:30"], desk.Told("request.remind"));
        await desk.Decides("duty-1", "request.feedback", "Answered", new { kind = "Service", content = "已电话联系，安排上门" });

        var answered = await Request(taken);
        Assert.Equal(("Answered", "False", "23:20:00"), (answered.Text("status"), answered.Text("breached"), Took(answered)));
        Assert.Empty(desk.Told("request.breach"));
        var found = Assert.Single(await desk.List("discoveries?county=999900&origin=Request"));   // who needs a service is followed as a discovery
        Assert.Equal((taken.Text("requestId"), "Self", "Open"), (found.Text("originId"), found.Text("channel"), found.Text("status")));
        Assert.Empty(await desk.Tasks("request.follow"));
        await desk.IsSound();
    }

    [Fact]
    [Trait("Proves", "INV-24")]
    public async Task Five_minutes_too_late_is_a_breach_that_the_county_learns_and_the_work_goes_on()
    {
        var taken = await Asks("person-shi");
        await desk.Until(On(5, 2, 9, 35));
        Assert.Equal(["unit:999900 05-02 09:30"], desk.Told("request.breach"));
        Assert.Equal("True", (await Request(taken)).Text("breached"));

        // Somebody who was not reached: without the four proofs that is no answer either.
        await desk.Decides("duty-1", "request.feedback", "Unreachable", new { kind = "Question", firstAttempt = "call-1", secondAttempt = "call-2", message = "sms-1", gridVisit = "visit-9" });
        var answered = await Request(taken);
        Assert.Equal(("Answered", "True"), (answered.Text("status"), answered.Text("breached")));
        var figures = await desk.Get("requests/figures?countyCode=999900&from=2026-05-01T00:00:00Z&to=2026-05-03T00:00:00Z");
        Assert.Equal((1, 0, 1, 1445.0), (figures.GetProperty("answered").GetInt32(), figures.GetProperty("inTime").GetInt32(), figures.GetProperty("breached").GetInt32(), figures.GetProperty("medianMinutes").GetDouble()));
        await desk.IsSound();
    }

    [Fact]
    public async Task What_is_no_request_is_refused_and_an_answer_without_its_proofs_too()
    {
        await (await desk.Posts(null, "requests", new { countyCode = "999900", channel = "mini", areaCode = "99990101", sender = "13800000000", wording = "x" }))
            .Refuses(HttpStatusCode.UnprocessableEntity, "request.invalid");
        await (await desk.Posts(null, "requests", new { })).Refuses(HttpStatusCode.UnprocessableEntity, "request.invalid");
        await Asks("person-shi");
        var refused = await desk.Tries("duty-1", "request.feedback", "Unreachable", new { kind = "Question", firstAttempt = "call-1" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        await desk.Decides("duty-1", "request.feedback", "Answered", new { kind = "Chatter", content = "x" });
        Assert.Single(await desk.Tasks("request.feedback"));
    }

    public async Task InitializeAsync()
    {
        desk = await Open();
        await desk.Until(On(5, 1, 9, 30));
    }

    public async Task DisposeAsync() => await desk.DisposeAsync();

    private Task<JsonElement> Asks(string sender) =>
        desk.Sends(null, "requests", new { countyCode = "999900", channel = "hanNiLai", areaCode = "99990101", sender, wording = "需要有人帮忙买药" });

    private Task<JsonElement> Request(JsonElement taken) => desk.Get("requests/" + taken.Text("requestId"));

    private static string Took(JsonElement request) => request.Text("took")!;

    public sealed class OnSqlite : SC27
    {
        protected override Task<ReliefDesk> Open() => ReliefDesk.OnSqlite();
    }

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres : SC27
    {
        protected override Task<ReliefDesk> Open() => ReliefDesk.OnPostgres();
    }
}
