using System.Net;
using System.Net.Http.Json;

namespace Relief.Flow.Tests.Host;

/// <summary>Parameters, working days, nodes and timers on the console.</summary>
public sealed class PolicyPagesTests(ConsoleFixture fixture) : IClassFixture<ConsoleFixture>
{
    private readonly TestHost _host = fixture.Host;

    [Fact]
    public async Task A_parameter_is_set_for_a_township_and_what_is_wrong_is_told()
    {
        var desk = new PageVisit(await _host.WithRoles("operator"));
        var page = await desk.Open("/console/policy?area=999901");
        var (refused, told) = await desk.Send(page, "/console/policy/parameters", Parameter("soon"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused);
        Assert.Contains("值不符合该参数的要求", told, StringComparison.Ordinal);

        (_, told) = await desk.Send(page, "/console/policy/parameters", Parameter("4"));
        Assert.Contains("已设定参数", told, StringComparison.Ordinal);
        Assert.Contains("示例民政〔2030〕9号", told, StringComparison.Ordinal);
        Assert.DoesNotContain("示例民政〔2030〕9号", await desk.Open("/console/policy?area=999902"), StringComparison.Ordinal);
        (refused, told) = await desk.Send(page, "/console/policy/parameters", Parameter("5"));
        Assert.Equal(HttpStatusCode.Conflict, refused);
        Assert.Contains("已有从这一天或更晚开始的值", told, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await desk.Send(page, "/console/policy/parameters", [("key", "no.such"), ("area", "*")])).Status);
    }

    [Fact]
    public async Task A_rest_day_is_set_and_shown_in_its_month()
    {
        var desk = new PageVisit(await _host.WithRoles("operator"));
        var page = await desk.Open("/console/policy?county=999900&month=2031-04");
        var (_, told) = await desk.Send(page, "/console/policy/days", ("county", "999900"), ("day", "2031-04-16"), ("working", "no"), ("basis", "示例政〔2031〕1号"));
        Assert.Contains("期限已重新计算", told, StringComparison.Ordinal);
        Assert.Matches("16\\s*<span class=\"mark\">休息", told);
        foreach (var (field, value, words) in new[] { ("basis", "", "请填写依据文件"), ("day", "someday", "请填写日期"), ("county", "999901", "没有这个县") })
        {
            (string Name, string Value)[] fields = [.. new[] { ("county", "999900"), ("day", "2031-04-17"), ("working", "no"), ("basis", "文") }.Select(one => one.Item1 == field ? (field, value) : one)];
            Assert.Contains(words, (await desk.Send(page, "/console/policy/days", fields)).Page, StringComparison.Ordinal);
        }

        var auditor = new PageVisit(await _host.WithRoles("auditor"));
        await auditor.Open("/console/policy?month=0001-01");
        page = await auditor.Open("/console/policy?month=not-a-month");
        Assert.DoesNotContain("set-day", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await auditor.SendUnoffered("/console/policy/days", ("county", "999900"))).Status);
    }

    [Fact]
    public async Task Nodes_and_coming_timers_are_shown_with_the_instances_that_wait()
    {
        await _host.Publish(Sketches.ThreeDays);
        var started = await (await _host.Client.PostAsJsonAsync("/api/v1/pathways/three-days/instances", new { businessKey = "SYS-1", input = new { caseId = "x" } })).Is(HttpStatusCode.Accepted);
        await _host.TimePasses("PT0S");
        var page = await new PageVisit(await _host.WithRoles("auditor")).Open("/console/system");
        Assert.Contains("正常", page, StringComparison.Ordinal);
        Assert.Contains($"/console/instances/{started.Text("instanceId")}", page, StringComparison.Ordinal);
        Assert.Contains("SYS-1", page, StringComparison.Ordinal);
    }

    private static (string Name, string Value)[] Parameter(string value) =>
        [("key", "intake.completeness"), ("area", "999901"), ("value", value), ("from", "2026-02-02"), ("basis", "示例民政〔2030〕9号")];
}
