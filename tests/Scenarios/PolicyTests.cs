using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Relief.Flow.Tests.Host;
using Relief.Flow.Tests.Storage;
using Relief.Flow.Workflows;

namespace Relief.Flow.Tests.Scenarios;

/// <summary>What policy sets over REST: parameters from a day on, and days on which a county works or rests, with the deadlines that follow.</summary>
public abstract class PolicyTests : IAsyncLifetime
{
    private const string Day17 = "/api/v1/calendar/999900/days/2026-03-17";
    private TestHost _host = null!;
    private ReliefDesk _desk = null!;
    private OutsideWorld _outside = null!;

    protected abstract StorageKind Kind { get; }

    [Fact]
    public async Task A_day_off_moves_the_deadline_with_its_task_and_back()
    {
        await _desk.Applies(Applicant.Zhang, "home-care");
        Assert.Equal((EndOf(17), EndOf(17)), await Dues());

        var set = await (await Put(Day17, new { working = false, reason = "doc 1" })).Is(HttpStatusCode.OK);
        Assert.Equal((1, 1), (set.GetProperty("deadlinesMoved").GetInt32(), set.GetProperty("version").GetInt32()));
        Assert.Equal((EndOf(18), EndOf(18)), await Dues());
        Assert.Equal("False", (await _host.Client.GetFromJsonAsync<JsonElement>("/api/v1/calendar?county=999900&from=2026-03-17&to=2026-03-17")).GetProperty("days")[0].Text("working"));
        Assert.Equal(0, (await (await Put(Day17, new { working = false, reason = "doc 1" })).Is(HttpStatusCode.OK)).GetProperty("deadlinesMoved").GetInt32());

        await _desk.Until(3, 18, 9);   // a reminder fires and is written: the deadline stays where it was moved to
        Assert.Equal((EndOf(18), EndOf(18)), await Dues());
        await (await Put(Day17, new { working = true, reason = "doc 2" })).Is(HttpStatusCode.OK);
        Assert.Equal(EndOf(17), (await _desk.Task("completeness")).GetProperty("due").GetDateTimeOffset());
        await _desk.Settles();         // that is past: it fires at once, and nobody has to wait for the evening
        Assert.Equal("K", Assert.Single(_outside.Requests, request => request.Json.Text("template") == "task.overdue").Json.Text("audience"));
    }

    [Fact]
    public async Task A_parameter_holds_in_its_area_from_its_day_on_for_what_is_made_then()
    {
        await _desk.Applies(Applicant.Zhang, "home-care");
        var set = await (await Put("/api/v1/parameters/intake.completeness", Parameter("3", "999901"))).Is(HttpStatusCode.OK);
        Assert.Equal(("3", "WD", "999901"), (set.Text("value"), set.Text("unit"), set.Text("areaCode")));
        Assert.Equal(EndOf(17), (await _desk.Task("completeness")).GetProperty("due").GetDateTimeOffset());

        await _desk.Applies(Applicant.Wang, "errand");
        Assert.Equal([EndOf(17), EndOf(19)], (await _desk.Tasks("completeness")).Select(task => task.GetProperty("due").GetDateTimeOffset()).Order());
        Assert.Equal("1", (await All("999902")).Text("value"));
        Assert.Equal("3", (await All("99990101")).Text("value"));
    }

    [Fact]
    public async Task What_is_no_value_no_area_no_county_or_too_early_is_refused()
    {
        await (await Put("/api/v1/parameters/no.such", Parameter("3", null))).Refuses(HttpStatusCode.NotFound, "parameter.unknown");
        foreach (var value in new[] { "three", "-1", "1.5", "", "10001" })
            await Wrong("value", await Put("/api/v1/parameters/intake.completeness", Parameter(value, null)));
        await Wrong("value", await Put("/api/v1/parameters/spotcheck.ratio", Parameter("1.2", null)));
        await Wrong("value", await Put("/api/v1/parameters/settlement.pay", Parameter("31", null)));
        await Wrong("areaCode", await Put("/api/v1/parameters/intake.completeness", Parameter("3", "123456")));
        await Wrong("basis", await Put("/api/v1/parameters/intake.completeness", new { value = "3", validFrom = "2026-03-16" }));
        await Wrong("validFrom", await Put("/api/v1/parameters/intake.completeness", new { value = "3", basis = "doc" }));
        await (await Put("/api/v1/parameters/intake.completeness", Parameter("3", "999901"))).Is(HttpStatusCode.OK);
        await (await Put("/api/v1/parameters/intake.completeness", Parameter("3", "999901"))).Is(HttpStatusCode.OK);
        await (await Put("/api/v1/parameters/intake.completeness", Parameter("4", "999901"))).Refuses(HttpStatusCode.Conflict, "parameter.laterValue");

        await Wrong("working", await Put(Day17, new { reason = "doc" }));
        await Wrong("reason", await Put(Day17, new { working = true }));
        await (await Put("/api/v1/calendar/999901/days/2026-03-17", new { working = true, reason = "doc" })).Refuses(HttpStatusCode.NotFound, "calendar.noCounty");
        using var app = await _host.WithRoles("app");
        await (await app.PutAsJsonAsync(Day17, new { working = false, reason = "doc" })).Is(HttpStatusCode.Forbidden);
        await (await app.PutAsJsonAsync("/api/v1/parameters/intake.completeness", Parameter("3", null))).Is(HttpStatusCode.Forbidden);
    }

    public async Task InitializeAsync()
    {
        _outside = await OutsideWorld.Open();
        _host = await CountyTemplate.Open(Kind, ReliefDesk.Gateway(_outside));
        _desk = new ReliefDesk(_host, _outside);
        await _desk.Until(3, 16, 9);
    }

    public async Task DisposeAsync() => await _desk.DisposeAsync();

    private static object Parameter(string value, string? area) => new { areaCode = area, value, validFrom = "2026-03-16", basis = "doc" };

    private static async Task Wrong(string field, HttpResponseMessage answer) =>
        Assert.Equal([field], (await answer.Refuses(HttpStatusCode.UnprocessableEntity, "request.invalid")).GetProperty("errors").EnumerateObject().Select(error => error.Name));

    private Task<HttpResponseMessage> Put(string address, object body) => _host.Client.PutAsJsonAsync(address, body);

    private async Task<JsonElement> All(string area) => (await (await _host.Client.GetAsync($"/api/v1/parameters?area={area}")).Json()).Items()
        .Single(parameter => parameter.Text("key") == "intake.completeness");

    /// <summary>The deadline that the task and the instance's wait show, and the timer that ends it.</summary>
    private async Task<(DateTimeOffset Task, DateTimeOffset Timer)> Dues()
    {
        var task = await _desk.Task("completeness");
        var instance = await (await _host.Client.GetAsync("/api/v1/instances/" + task.Text("instanceId"))).Json();
        var timer = instance.GetProperty("bookmarks").EnumerateArray().Single(bookmark => bookmark.Text("name")!.EndsWith(".due", StringComparison.Ordinal));
        Assert.Equal(task.GetProperty("due").GetDateTimeOffset(), instance.GetProperty("summary").GetProperty("waits").GetProperty("due").GetDateTimeOffset());
        return (task.GetProperty("due").GetDateTimeOffset(), timer.GetProperty("due").GetDateTimeOffset());
    }

    private static DateTimeOffset EndOf(int day) => new(2026, 3, day, 23, 59, 59, TimeSpan.FromHours(8));

    public sealed class OnSqlite : PolicyTests
    {
        protected override StorageKind Kind => StorageKind.Sqlite;
    }

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres : PolicyTests
    {
        protected override StorageKind Kind => StorageKind.PostgreSql;
    }
}
