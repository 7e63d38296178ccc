using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Tests.Doorbell;
using Relief.Flow.Tests.Host;
using Relief.Flow.Tests.Scenarios;
using Relief.Flow.Tests.Storage;
using Relief.Flow.Workflows;

namespace Relief.Flow.Tests.Operation;

/// <summary>Relief records and pathways that have parted: an open case or alert that nothing works on, a closed one whose pathway runs on.</summary>
public abstract class PartedTests(StorageKind kind) : IAsyncLifetime
{
    private TestHost _host = null!;
    private OutsideWorld _outside = null!;
    private ReliefDesk _desk = null!;

    public async Task InitializeAsync()
    {
        _outside = (await OutsideWorld.Open()).Answers("POST /notices", OutsideAnswer.Ok);
        _host = await CountyTemplate.Open(kind, "Relief:Notifications:GatewayUrl=" + new Uri(_outside.Address, "notices"));
        _desk = new ReliefDesk(_host, _outside);
        await _desk.Until(3, 2, 9);
    }

    public async Task DisposeAsync()
    {
        await _host.DisposeAsync();
        await _outside.DisposeAsync();
    }

    [Fact]
    public async Task K25_an_open_case_whose_pathway_was_cancelled_is_found_and_started_again_by_two()
    {
        await _desk.Applies(Applicant.Zhang, "home-care");
        var id = await OpenInstance("case.lifecycle");
        await (await _host.Client.PostAsJsonAsync($"/api/v1/instances/{id}/cancel", new { text = "by mistake" })).Is(HttpStatusCode.Accepted);
        await _desk.Settles();
        Assert.Empty(await Found("K25"));
        await _host.TimePasses("PT11M");

        Assert.Equal(id, Assert.Single(await Found("K25")).GetProperty("finding").Text("instanceId"));
        var why = await (await _host.Client.GetAsync($"/api/v1/instances/{id}/why?lang=zh")).Is(HttpStatusCode.OK);
        Assert.StartsWith("业务未结，却无流程", why.Text("headline"), StringComparison.Ordinal);
        var offer = why.GetProperty("may")[0];
        Assert.Equal(("Restart", "True", "K25"), (offer.Text("action"), offer.Text("needsSecond"), offer.Text("against")));

        var order = new { instanceId = id, action = "Restart", reason = "it was cancelled by mistake" };
        var asked = await (await _host.Client.PostAsJsonAsync("/api/v1/repairs", order)).Is(HttpStatusCode.Accepted);
        Assert.Equal("Asked", asked.Text("state"));
        var second = await _host.WithRoles("operator");
        Assert.Equal("Done", (await (await second.PostAsJsonAsync($"/api/v1/repairs/{asked.Text("id")}/agree", new { })).Is(HttpStatusCode.Accepted)).Text("state"));
        await _desk.Settles();

        Assert.Equal(asked.Text("id"), await OpenInstance("case.lifecycle"));
        Assert.Empty(await Found("K25"));
        Assert.Single(await _desk.Tasks("completeness"));
        await (await _host.Client.PostAsJsonAsync("/api/v1/repairs", order)).Refuses(HttpStatusCode.Conflict, "repair.noTarget");
    }

    [Fact]
    public async Task K25_an_alert_that_nobody_is_led_to_is_found_within_the_minute()
    {
        var bell = new DoorbellDesk(_desk);
        await bell.Commission("SN-K25", null, ("li", 1, new { }), ("sun", 2, new { }));
        await bell.Presses("SN-K25");
        var id = await OpenInstance("procedure.doorbell");
        await (await _host.Client.PostAsJsonAsync($"/api/v1/instances/{id}/cancel", new { text = "by mistake" })).Is(HttpStatusCode.Accepted);
        await _desk.Settles();
        await _host.TimePasses("PT90S");

        var found = Assert.Single(await Found("K25")).GetProperty("finding");
        Assert.Equal((id, "alert:" + bell.AlertId), (found.Text("instanceId"), found.Text("ref")));
    }

    [Fact]
    public async Task K24_a_closed_case_whose_pathway_runs_on_is_found_and_cancelled()
    {
        await _desk.Applies(Applicant.Zhang, "home-care");
        var id = await OpenInstance("case.lifecycle");
        var now = await _host.Records.Now(default);
        await _desk.Set(db => db.Set<Case>().Where(one => one.Id == _desk.CaseId).ExecuteUpdateAsync(set => set.SetProperty(one => one.ClosedAt, now)));
        await _host.TimePasses("PT61M");

        Assert.Equal(id, Assert.Single(await Found("K24")).GetProperty("finding").Text("instanceId"));
        await (await _host.Client.PostAsJsonAsync("/api/v1/repairs", new { instanceId = id, action = "Cancel", reason = "the case is closed" })).Is(HttpStatusCode.Accepted);
        await _desk.Settles();
        Assert.Empty(await Found("K24"));
    }

    private async Task<string?> OpenInstance(string definition) =>
        Assert.Single((await _desk.Get($"instances?definitionId={definition}")).Items(), one => one.Text("finishedAt") is null or "").Text("id");

    private async Task<JsonElement[]> Found(string code)
    {
        await (await _host.Client.PostAsync("/api/v1/stuck/look", null)).Is(HttpStatusCode.OK);
        return (await _desk.Get("stuck?lang=zh&code=" + code)).Items();
    }

    public sealed class OnSqlite() : PartedTests(StorageKind.Sqlite);

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres() : PartedTests(StorageKind.PostgreSql);
}
