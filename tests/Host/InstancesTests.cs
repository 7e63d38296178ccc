using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Relief.Flow.Tests.Host;

public sealed class InstancesTests(ApiFixture fixture) : IClassFixture<ApiFixture>
{
    private readonly TestHost _host = fixture.Host;

    [Fact]
    public async Task A_list_is_paged_by_key_and_shows_each_once()
    {
        for (var number = 0; number < 7; number++)
            await Start("paged", new { correlationId = "paged" });

        List<string?> seen = [];
        string? after = null;
        do
        {
            var page = await (await _host.Client.GetAsync($"/api/v1/instances?correlationId=paged&take=3&after={after}")).Is(HttpStatusCode.OK);
            seen.AddRange(page.Items().Select(item => item.Text("id")));
            after = page.Text("next");
        }
        while (after is not null);

        Assert.Equal(7, seen.Count);
        Assert.Equal(7, seen.Distinct().Count());
    }

    [Fact]
    public async Task Filters_that_make_no_sense_are_told_field_by_field()
    {
        var problem = await (await _host.Client.GetAsync("/api/v1/instances?after=nonsense&take=1000&olderThan=old")).Refuses(HttpStatusCode.UnprocessableEntity, "request.invalid");
        Assert.Equal(["after", "take", "olderThan"], problem.GetProperty("errors").EnumerateObject().Select(error => error.Name));
    }

    [Fact]
    public async Task An_unknown_instance_is_not_found_whatever_is_asked_of_it()
    {
        var unknown = $"/api/v1/instances/{Guid.NewGuid()}";
        await (await _host.Client.GetAsync(unknown)).Refuses(HttpStatusCode.NotFound, "instance.notFound");
        await (await _host.Client.GetAsync(unknown + "/journal")).Refuses(HttpStatusCode.NotFound, "instance.notFound");
        await (await _host.Client.PostAsJsonAsync(unknown + "/cancel", new { })).Refuses(HttpStatusCode.NotFound, "instance.notFound");
    }

    [Fact]
    public async Task A_cancelled_instance_says_so_and_cannot_be_cancelled_again()
    {
        var id = await Start("cancelled", new { });
        await (await _host.Client.PostAsJsonAsync($"/api/v1/instances/{id}/cancel", new { reason = "entered twice" })).Is(HttpStatusCode.Accepted);
        await _host.TimePasses("PT0S");

        var found = await (await _host.Client.GetAsync($"/api/v1/instances/{id}")).Json();
        Assert.Equal("Cancelled", found.GetProperty("summary").Text("status"));
        Assert.Empty(found.GetProperty("bookmarks").EnumerateArray());
        var problem = await (await _host.Client.PostAsJsonAsync($"/api/v1/instances/{id}/cancel", new { })).Refuses(HttpStatusCode.Conflict, "instance.wrongState");
        Assert.Equal("Cancelled", problem.Text("state"));
    }

    [Fact]
    public async Task An_event_reaches_the_instance_with_its_correlation_and_no_other()
    {
        var one = await Start("e1", new { correlationId = "e-1" });
        var other = await Start("e2", new { correlationId = "e-2" });

        var receipt = await (await _host.Client.PostAsJsonAsync("/api/v1/events", new { name = "go", correlationId = "e-1", payload = new { score = 8 } })).Is(HttpStatusCode.OK);
        await _host.TimePasses("PT0S");

        Assert.Equal(1, receipt.GetProperty("delivered").GetInt32());
        Assert.Equal("Task", await WaitsFor(one));
        Assert.Equal("Event", await WaitsFor(other));
    }

    [Fact]
    public async Task An_early_event_is_kept_for_who_waits_later()
    {
        var receipt = await (await _host.Client.PostAsJsonAsync("/api/v1/events", new { name = "go", correlationId = "early", keepFor = "P1D" })).Is(HttpStatusCode.OK);
        Assert.True(receipt.GetProperty("parked").GetBoolean());

        Assert.Equal("Task", await WaitsFor(await Start("early", new { correlationId = "early" })));
    }

    [Fact]
    public async Task Time_passes_by_hand_and_due_timers_fire()
    {
        var started = await (await _host.Client.PostAsJsonAsync("/api/v1/pathways/three-days/instances", new { })).Is(HttpStatusCode.Accepted);
        var before = (await (await _host.Client.GetAsync("/api/v1/clock")).Json()).GetProperty("now").GetDateTimeOffset();

        var after = await _host.TimePasses("P3D");

        Assert.Equal(before.AddDays(3), after.GetProperty("now").GetDateTimeOffset());
        var found = await (await _host.Client.GetAsync($"/api/v1/instances/{started.Text("instanceId")}")).Json();
        Assert.Equal("Finished", found.GetProperty("summary").Text("status"));
        await (await _host.Client.PostAsJsonAsync("/api/v1/clock/advance", new { to = before })).Refuses(HttpStatusCode.UnprocessableEntity, "request.invalid");
    }

    [Fact]
    public async Task The_journal_tells_what_happened_in_order()
    {
        var id = await Start("told", new { });
        var journal = (await (await _host.Client.GetAsync($"/api/v1/instances/{id}/journal")).Is(HttpStatusCode.OK)).Items();

        Assert.Equal(["Started", "Started", "Started", "Suspended"], journal.Select(line => line.Text("event")));
        Assert.Equal([null, "flow", "event", "event"], journal.Select(line => line.Text("activityId")));
    }

    [Fact]
    public async Task The_invariants_hold()
    {
        await _host.TimePasses("PT0S");
        var report = await (await _host.Client.GetAsync("/api/v1/invariants?grace=PT0S")).Is(HttpStatusCode.OK);
        Assert.Empty(report.GetProperty("violations").EnumerateArray());
    }

    private async Task<string> Start(string caseId, object more)
    {
        var body = JsonSerializer.SerializeToNode(more)!.AsObject();
        body["correlationId"] ??= Guid.NewGuid().ToString();
        body["input"] = new System.Text.Json.Nodes.JsonObject { ["caseId"] = caseId };
        var started = await (await _host.Client.PostAsJsonAsync("/api/v1/pathways/wait-and-look/instances", body)).Is(HttpStatusCode.Accepted);
        await _host.TimePasses("PT0S");
        return started.Text("instanceId")!;
    }

    private async Task<string?> WaitsFor(string id) =>
        (await (await _host.Client.GetAsync($"/api/v1/instances/{id}")).Json()).GetProperty("summary").GetProperty("waits").Text("kind");
}
