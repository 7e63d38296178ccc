using System.Net;
using System.Text.RegularExpressions;

namespace Relief.Flow.Tests.Host;

/// <summary>The routing table on the console: one row is changed by a proposal, which somebody else approves.</summary>
public sealed partial class RoutingPagesTests(ConsoleFixture fixture) : IClassFixture<ConsoleFixture>
{
    [Fact]
    public async Task A_row_is_proposed_by_one_and_approved_by_another()
    {
        var (one, other) = (new PageVisit(await fixture.Host.WithRoles("operator")), new PageVisit(await fixture.Host.WithRoles("operator")));
        var page = await one.Open("/console/routing?county=999900&row=home");
        Assert.Contains("生活不能自理且无人照料", page, StringComparison.Ordinal);
        var (status, told) = await one.Send(page, "/console/routing/rows", Row("M9"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains("没有这种服务方式", told, StringComparison.Ordinal);

        (_, told) = await one.Send(page, "/console/routing/rows", Row("M1、M5"));
        Assert.Contains("已提出，等待另一人审批", told, StringComparison.Ordinal);
        Assert.DoesNotContain("/console/routing/decisions", told, StringComparison.Ordinal);
        page = await other.Open("/console/routing?county=999900");
        Assert.Contains("在家照料", page, StringComparison.Ordinal);
        (_, told) = await other.Send(page, "/console/routing/decisions", ("county", "999900"), ("id", Proposal().Match(page).Groups[1].Value), ("approved", "yes"));
        Assert.Contains("已批准。", told, StringComparison.Ordinal);
        Assert.Contains("999900-1", told, StringComparison.Ordinal);
        Assert.Contains("政府购买服务 (M1)、社工志愿服务 (M5)", told, StringComparison.Ordinal);
        Assert.Contains("“党建+救助”服务 (M4) 只禁止单独使用", told, StringComparison.Ordinal);
        Assert.Matches("部门联动服务 \\(M3\\)\\s+<span class=\"quiet\">照料不转单位", told);   // of two bans each keeps its own

        var looker = new PageVisit(await fixture.Host.WithRoles("auditor"));
        Assert.DoesNotContain("/console/routing/rows", await looker.Open("/console/routing"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await looker.SendUnoffered("/console/routing/rows", Row("M1"))).Status);
    }

    private static (string Name, string Value)[] Row(string propose) =>
    [
        ("county", "999900"), ("code", "home"), ("name", "在家照料"), ("all", "notSelfCaring noCarer"), ("any", ""), ("none", "wishesInstitution"), ("propose", propose), ("extras", "M6, doorbell"),
        ("forbid", "M3 照料不转单位"), ("forbidAlone", "M4 不能只靠结对"), ("otherwise", "P28"), ("from", "2026-02-02"), ("basis", "示例民政〔2030〕9号")
    ];

    [GeneratedRegex("name=\"id\" value=\"([^\"]+)\"")]
    private static partial Regex Proposal();
}
