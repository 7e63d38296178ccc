using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Relief.Flow.Host.Console;
using Relief.Flow.Host.Designer;

namespace Relief.Flow.Tests.Host;

/// <summary>The operators' console: who gets in, what it shows, what may be done from it, and in which language.</summary>
public sealed class ConsolePagesTests(ConsoleFixture fixture) : IClassFixture<ConsoleFixture>
{
    private readonly TestHost _host = fixture.Host;

    public static TheoryData<string, string> Pages => new()
    {
        { "/console", "现在需要处理什么" }, { "/console/instances", "流程实例" }, { "/console/definitions", "等待与查看" }, { "/console/definitions/wait-and-look", "各步骤停留情况" }, { "/console/outbox", "外发消息" }, { "/console/system", "未来十四天的定时" }, { "/console/policy", "工作日历" }
    };

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Who_may_watch_sees_each_page_and_who_may_not_is_told_so(string path, string sign)
    {
        foreach (var role in new[] { "operator", "auditor", "designer", "admin" })
            Assert.Contains(sign, await Visit(await _host.WithRoles(role)).Open(path), StringComparison.Ordinal);
        foreach (var role in new[] { "volunteer", "app" })
            Assert.Contains("无权访问", await Visit(await _host.WithRoles(role)).Open(path, HttpStatusCode.Forbidden), StringComparison.Ordinal);

        var stranger = await _host.With(null).GetAsync(path);
        Assert.Equal("/studio/sign-in", stranger.RequestMessage!.RequestUri!.AbsolutePath);
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task No_page_holds_a_script_or_a_style_and_nothing_else_may_frame_it(string path, string sign)
    {
        var answer = await _host.Client.GetAsync(path);
        var page = await answer.Content.ReadAsStringAsync();
        Assert.Contains(sign, WebUtility.HtmlDecode(page), StringComparison.Ordinal);
        Assert.DoesNotContain("<style", page, StringComparison.Ordinal);
        Assert.DoesNotContain(" style=", page, StringComparison.Ordinal);
        Assert.DoesNotMatch("<script(?![^>]* src=)", page);
        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/console/figures", "多元化服务")]
    [InlineData("/console/figures/persons.served?area=999900&period=2026-Q1", "服务人数")]
    [InlineData("/console/figures/ledger", "只有备注可以填写")]
    [InlineData("/console/figures/needs", "以往任何一天")]
    [InlineData("/console/figures/city", "各县（市、区）对比")]
    public async Task Who_watches_sees_the_figures_and_who_has_no_area_none(string path, string sign)
    {
        foreach (var role in new[] { "operator", "auditor" })
            Assert.Contains(sign, await Visit(await _host.WithRoles(role)).Open(path), StringComparison.Ordinal);
        foreach (var role in new[] { "volunteer", "app" })
            await Visit(await _host.WithRoles(role)).Open(path, HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_faulted_instance_is_found_in_its_group_explained_with_masked_values_and_tried_again()
    {
        var instance = await Broken(new { idNumber = "34150119470512001X", note = "联系电话 13812345678" });
        var desk = Visit(await _host.WithRoles("operator"));

        var overview = await desk.Open("/console");
        Assert.Contains("核对银行回执", overview, StringComparison.Ordinal);
        Assert.Contains("银行回执不符", overview, StringComparison.Ordinal);
        var group = Regex.Match(overview, "href=\"(/console/instances\\?fault=[^\"]+)\"").Groups[1].Value;
        Assert.Contains(instance, await desk.Open(group), StringComparison.Ordinal);

        var page = await desk.Open($"/console/instances/{instance}");
        Assert.Contains("异常停止", page, StringComparison.Ordinal);
        Assert.DoesNotContain("19470512", page, StringComparison.Ordinal);
        Assert.DoesNotContain("13812345678", page, StringComparison.Ordinal);

        var (status, after) = await desk.Send(page, $"/console/instances/{instance}/retry", ("ordinal", Regex.Match(page, "name=\"ordinal\" value=\"(\\d+)\"").Groups[1].Value));
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("已要求重试", after, StringComparison.Ordinal);
        await _host.TimePasses("PT0S");
        Assert.Contains("重试", await desk.Open($"/console/instances/{instance}"), StringComparison.Ordinal);
        var events = (await (await _host.Client.GetAsync($"/api/v1/instances/{instance}/journal")).Json()).Items().Select(line => line.Text("event"));
        Assert.Contains("Retried", events);
    }

    [Fact]
    public async Task An_instance_is_suspended_with_a_reason_resumed_and_cancelled()
    {
        var instance = await Started("wait-and-look", new { caseId = "x" });
        var desk = Visit(await _host.WithRoles("operator"));
        var path = $"/console/instances/{instance}";

        var page = await desk.Open(path);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await desk.Send(page, $"{path}/suspend", ("reason", " "))).Status);
        await desk.Send(page, $"{path}/suspend", ("reason", "等待县局答复"));
        await _host.TimePasses("PT0S");

        page = await desk.Open(path);
        Assert.Contains("已挂起", page, StringComparison.Ordinal);
        Assert.Contains("等待县局答复", page, StringComparison.Ordinal);
        await desk.Send(page, $"{path}/resume");
        await _host.TimePasses("PT0S");
        await desk.Send(await desk.Open(path), $"{path}/cancel", ("reason", "重复登记"));
        await _host.TimePasses("PT0S");

        page = await desk.Open(path);
        Assert.Contains("已取消", page, StringComparison.Ordinal);
        Assert.DoesNotContain($"{path}/cancel", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_with_a_forged_seal_or_none_or_another_session_s_changes_nothing()
    {
        var instance = await Started("wait-and-look", new { caseId = "x" });
        var action = $"/console/instances/{instance}/cancel";
        var desk = Visit(await _host.WithRoles("operator"));
        var others = Regex.Match(await Visit(await _host.WithRoles("operator")).Open($"/console/instances/{instance}"), "name=\"seal\" value=\"([^\"]+)\"").Groups[1].Value;

        foreach (var seal in new[] { "", "forged", others })
            Assert.Equal(HttpStatusCode.BadRequest, (await desk.SendSealed(seal, action, ("reason", "x"))).Status);
        Assert.Equal("Waiting", await StatusOf(instance));
    }

    [Fact]
    public async Task Who_only_watches_has_no_buttons_and_is_refused_without_them()
    {
        var instance = await Broken(new { note = "x" });
        var client = await _host.WithRoles("auditor");
        var page = await Visit(client).Open($"/console/instances/{instance}");
        Assert.DoesNotContain("/retry", page, StringComparison.Ordinal);
        var seal = FormSealOf(client);
        Assert.Equal(HttpStatusCode.Forbidden, (await Visit(client).SendSealed(seal, $"/console/instances/{instance}/retry")).Status);
    }

    [Fact]
    public async Task The_drawings_show_where_an_instance_stands_and_how_many_stand_at_each_step()
    {
        var instance = await Broken(new { note = "x" });
        var one = await _host.Client.GetStringAsync($"/console/instances/{instance}/diagram.svg");
        Assert.Contains("class=\"o stuck\"", one, StringComparison.Ordinal);
        var all = await _host.Client.GetStringAsync("/console/definitions/broken/load.svg");
        Assert.Matches("异常 [1-9]", all);
        await Started("wait-and-look", new { caseId = "y" });
        Assert.Matches("等待 [1-9]", await _host.Client.GetStringAsync("/console/definitions/wait-and-look/load.svg"));
    }

    [Fact]
    public async Task Filters_find_by_state_definition_business_key_and_text_and_what_is_not_there_is_said_so()
    {
        var instance = await Started("wait-and-look", new { caseId = "z" }, "SA2026-00417");
        var desk = Visit(_host.Client);
        foreach (var query in new[] { "key=SA2026-00417", "text=00417", $"text={instance}", "status=Waiting&definition=wait-and-look&text=SA2026", "step=event&key=SA2026-00417" })
            Assert.Contains(instance, await desk.Open("/console/instances?" + query), StringComparison.Ordinal);
        foreach (var query in new[] { "key=SA2026", "status=Finished&key=SA2026-00417", "status=NoSuchState", "fault=1" })
            Assert.DoesNotContain(instance, await desk.Open("/console/instances?" + query), StringComparison.Ordinal);
        await desk.Open($"/console/instances/{Guid.NewGuid()}", HttpStatusCode.NotFound);
        await desk.Open("/console/definitions/not-there", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task In_English_the_console_is_English()
    {
        var client = await _host.WithRoles("operator");
        client.DefaultRequestHeaders.Add("Cookie", "relief-language=en");
        var page = await Visit(client).Open("/console/outbox");
        Assert.Contains("lang=\"en\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain(page.Replace("中文", "", StringComparison.Ordinal), letter => letter is >= '\u4e00' and <= '\u9fff');
    }

    private static PageVisit Visit(HttpClient client) => new(client);

    private static string FormSealOf(HttpClient client)
    {
        var request = new Microsoft.AspNetCore.Http.DefaultHttpContext().Request;
        request.Headers.Authorization = client.DefaultRequestHeaders.Authorization!.ToString();
        return FormSeal.Of(request);
    }

    private Task<string> Broken(object input) => Started("broken", input);

    private async Task<string> Started(string definition, object input, string? businessKey = null)
    {
        var started = await (await _host.Client.PostAsJsonAsync($"/api/v1/pathways/{definition}/instances", new { input, businessKey })).Is(HttpStatusCode.Accepted);
        await _host.TimePasses("PT0S");
        return started.Text("instanceId")!;
    }

    private async Task<string?> StatusOf(string instance) =>
        (await (await _host.Client.GetAsync($"/api/v1/instances/{instance}")).Json()).GetProperty("summary").Text("status");
}
