using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Relief.Flow.Tests.Host;

/// <summary>What identifies a person is masked wherever an instance is shown, and shown in clear to who says why, which is kept.</summary>
public sealed class MaskingTests(ConsoleFixture fixture) : IClassFixture<ConsoleFixture>
{
    private const string Number = "34150119470512001X";

    private readonly TestHost _host = fixture.Host;

    [Theory]
    [InlineData("/api/v1/instances/{0}")]
    [InlineData("/elsa/api/workflow-instances/{0}")]
    [InlineData("/elsa/api/workflow-instances/{0}/variables")]
    [InlineData("/elsa/api/workflow-instances/{0}/export")]
    [InlineData("/console/instances/{0}")]
    public async Task An_identity_number_is_nowhere_in_clear(string address)
    {
        var shown = await (await _host.Client.GetAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, address, await Started()))).Content.ReadAsStringAsync();
        Assert.DoesNotContain("19470512", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("13812345678", shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Values_are_shown_in_clear_to_who_says_why_and_that_is_kept_first()
    {
        var instance = await Started();
        using var auditor = await _host.WithRoles("auditor");
        Assert.Equal("3******1X", Input(await (await auditor.GetAsync($"/api/v1/instances/{instance}")).Json()));
        await (await auditor.PostAsJsonAsync($"/api/v1/instances/{instance}/values", new { reason = " " })).Refuses(HttpStatusCode.UnprocessableEntity, "request.invalid");
        await (await auditor.PostAsJsonAsync($"/api/v1/instances/{instance}/values", new { })).Refuses(HttpStatusCode.UnprocessableEntity, "request.invalid");
        await (await auditor.PostAsJsonAsync($"/api/v1/instances/{Guid.Empty}/values", new { reason = "核对身份" })).Refuses(HttpStatusCode.NotFound, "instance.notFound");
        Assert.Empty(await Kept(instance));

        Assert.Equal(Number, Input(await (await auditor.PostAsJsonAsync($"/api/v1/instances/{instance}/values", new { reason = "核对身份" })).Is(HttpStatusCode.OK)));
        var entry = Assert.Single(await Kept(instance));
        Assert.Equal("ValuesUnmasked", entry.Text("what"));
        Assert.StartsWith("auditor-", entry.Text("doneBy"), StringComparison.Ordinal);
        Assert.Contains("核对身份", entry.Text("detail"), StringComparison.Ordinal);
        Assert.DoesNotContain(Number, entry.Text("detail"), StringComparison.Ordinal);

        using var designer = await _host.WithRoles("designer");
        await (await designer.PostAsJsonAsync($"/api/v1/instances/{instance}/values", new { reason = "核对身份" })).Refuses(HttpStatusCode.Forbidden, "auth.forbidden");
    }

    [Fact]
    public async Task On_the_page_values_are_shown_once_and_the_next_look_is_masked_again()
    {
        var instance = await Started();
        var desk = new PageVisit(await _host.WithRoles("operator"));
        var page = await desk.Open($"/console/instances/{instance}");
        Assert.Contains("查看原值", page, StringComparison.Ordinal);
        var (refused, _) = await desk.Send(page, $"/console/instances/{instance}/values", ("reason", ""));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused);

        var (_, clear) = await desk.Send(page, $"/console/instances/{instance}/values", ("reason", "核对身份"));
        Assert.Contains(Number, clear, StringComparison.Ordinal);
        Assert.DoesNotContain("data-live=\"5\"", clear, StringComparison.Ordinal);
        Assert.DoesNotContain(Number, await desk.Open($"/console/instances/{instance}"), StringComparison.Ordinal);
        Assert.Single(await Kept(instance));

        var designer = new PageVisit(await _host.WithRoles("designer"));
        page = await designer.Open($"/console/instances/{instance}");
        Assert.DoesNotContain("查看原值", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await designer.SendUnoffered($"/console/instances/{instance}/values", ("reason", "核对身份"))).Status);
    }

    [Fact]
    public async Task The_audit_trail_is_searched_by_what_whom_and_when()
    {
        var instance = await Started();
        using var one = await _host.WithRoles("auditor");
        foreach (var reason in new[] { "第一次", "第二次", "第三次" })
            await (await one.PostAsJsonAsync($"/api/v1/instances/{instance}/values", new { reason })).Is(HttpStatusCode.OK);

        var first = await (await one.GetAsync($"/api/v1/audit?subject=instance:{instance}&take=2")).Is(HttpStatusCode.OK);
        Assert.Equal([3, 2], first.Items().Select(entry => entry.GetProperty("sequence").GetInt32()));
        var rest = await (await one.GetAsync($"/api/v1/audit?subject=instance:{instance}&take=2&after={Uri.EscapeDataString(first.Text("next")!)}")).Json();
        Assert.Equal([1], rest.Items().Select(entry => entry.GetProperty("sequence").GetInt32()));
        Assert.Null(rest.Text("next"));

        var by = first.Items()[0].Text("doneBy")!;
        Assert.Equal(3, (await (await one.GetAsync($"/api/v1/audit?subject=instance&what=ValuesUnmasked&by={by}")).Json()).Items().Length);
        Assert.Empty((await (await one.GetAsync($"/api/v1/audit?by={by}&until=2020-01-01T00:00:00Z")).Json()).Items());
        Assert.Empty((await (await one.GetAsync($"/api/v1/audit?by={by}&since=2120-01-01T00:00:00Z")).Json()).Items());
        foreach (var wrong in new[] { "take=0", "take=201", "after=nonsense" })
            await (await one.GetAsync("/api/v1/audit?" + wrong)).Refuses(HttpStatusCode.UnprocessableEntity, "request.invalid");

        var page = await new PageVisit(one).Open($"/console/audit?subject=instance:{instance}");
        Assert.Contains("第三次", page, StringComparison.Ordinal);
        Assert.DoesNotContain("第三次", await new PageVisit(one).Open($"/console/audit?subject=instance:{instance}&to=2020-01-01"), StringComparison.Ordinal);
        await new PageVisit(one).Open("/console/audit?from=yesterday&to=9999-12-31&after=nonsense");
        await new PageVisit(await _host.WithRoles("designer")).Open("/console/audit", HttpStatusCode.Forbidden);
    }

    private async Task<string> Started()
    {
        var input = new { caseId = "x", idNumber = Number, note = "联系电话 13812345678" };
        var started = await (await _host.Client.PostAsJsonAsync("/api/v1/pathways/broken/instances", new { input })).Is(HttpStatusCode.Accepted);
        await _host.TimePasses("PT0S");
        return started.Text("instanceId")!;
    }

    private async Task<JsonElement[]> Kept(string instance) => (await (await _host.Client.GetAsync($"/api/v1/audit?subject=instance:{instance}")).Json()).Items();

    private static string? Input(JsonElement detail) => detail.GetProperty("input").Text("idNumber");
}
