using Relief.Flow.Activities.Decisions;

namespace Relief.Flow.Tests.Activities;

/// <summary>The rows of workflows.md 3.2.0 as they ship, and what no table may be.</summary>
public sealed class RoutingTableTests
{
    private static readonly DateOnly Day = new(2026, 3, 20);

    [Theory]
    [InlineData("notSelfCaring noCarer elderly livingAlone family:生活照料", "M1", "M6 doorbell", "M4*")]
    [InlineData("notSelfCaring wishesInstitution tekun family:生活照料", "M2", "", "M4*")]
    [InlineData("notSelfCaring wishesInstitution declinesInstitution tekun family:生活照料", "M1", "", "M2 M4*")]
    [InlineData("tekun unsuitableForInstitution infectious family:健康护理", "M2", "", "M6")]
    [InlineData("dibao family:能力提升", "M3", "", "M1")]
    [InlineData("dibao family:慈善物资", "M4 M7", "", "")]
    [InlineData("dibao declinesCharity family:慈善物资", "M4", "", "M7")]
    [InlineData("dibao family:心理/社会融入", "M5", "M1", "")]
    [InlineData("dibao helperNearby family:清洁服务", "M6", "", "")]
    [InlineData("dibao family:清洁服务", "M1", "", "")]
    [InlineData("dibao family:其他", "", "", "")]
    public void The_shipped_table_says_what_the_rules_say(string facts, string pathways, string extras, string forbidden)
    {
        var said = RoutingTable.Shipped.Propose(facts.Split(' ').ToHashSet(), [], Day);

        Assert.Equal((pathways, extras), (string.Join(' ', said.Pathways), string.Join(' ', said.Extras)));
        Assert.Equal(forbidden, string.Join(' ', said.Forbidden.Select(ban => ban.Pathway + (ban.Alone ? "*" : "")).Order(StringComparer.Ordinal)));
        Assert.Equal(pathways.Length + forbidden.Length > 0, said.Rows.Count > 0);
    }

    [Fact]
    public void A_row_holds_in_its_span_and_an_item_gets_only_what_it_is_listed_for()
    {
        var table = new RoutingTable("t", "P16", [Row("a") with { Propose = ["M1", "M3"], ValidFrom = Day, ValidTo = Day }, Row("b") with { Propose = ["M5"], Fallback = true }]);
        HashSet<string> none = [];
        Assert.Equal(["M1", "M3"], table.Propose(none, [], Day).Pathways);
        Assert.Equal(["M3"], table.Propose(none, ["M3", "M5"], Day).Pathways);
        Assert.Equal(["M5"], table.Propose(none, ["M5"], Day).Pathways);
        Assert.Equal(["M5"], table.Propose(none, [], Day.AddDays(1)).Pathways);
    }

    [Fact]
    public void The_shipped_table_passes_its_own_rules() =>
        Assert.Empty(RoutingRules.Problems(RoutingTable.Shipped.Otherwise, RoutingTable.Shipped.Rows, []));

    public static TheoryData<string, RoutingRow[], string> Wrong => new()
    {
        { "P16", [], "rows" },
        { "silence", [Row("a") with { Propose = ["M1"] }], "otherwise" },
        { "P16", [Row("a") with { Propose = ["M8"] }], "rows[0].propose" },
        { "P16", [Row("a") with { All = ["rich"], Propose = ["M1"] }], "rows[0].all" },
        { "P16", [Row("a") with { Extras = ["piano"] }], "rows[0].extras" },
        { "P16", [Row("a")], "rows[0].propose" },
        { "P16", [Row("") with { Propose = ["M1"] }], "rows[0].code" },
        { "P16", [Row("a") with { Propose = ["M1"] }, Row("a") with { Propose = ["M2"] }], "rows[1].code" },
        { "P16", [Row("a") with { All = ["minor", "elderly"], Propose = ["M1"] }], "rows[0].all" },
        { "P16", [Row("a") with { All = ["minor"], None = ["minor"], Propose = ["M1"] }], "rows[0].all" },
        { "P16", [Row("a") with { All = ["family:清洁服务"], Any = ["family:安全"], Propose = ["M1"] }], "rows[0].any" },
        { "P16", [Row("a") with { Propose = ["M1"], ValidFrom = Day, ValidTo = Day.AddDays(-1) }], "rows[0].validTo" },
        { "P16", [Row("a") with { Propose = ["M1"] }, Row("b") with { All = ["minor"], Propose = ["M1"], Fallback = true }], "rows[1].fallback" },
        { "P16", [Row("a") with { All = ["minor"], Propose = ["M1"] }, Row("b") with { Forbid = [new RoutingBan("M1", "不可")] }], "rows[0].propose" },
        { "P16", [Row("a") with { Propose = ["M1"], Forbid = [new RoutingBan("M2", "")] }], "rows[0].forbid" },
        { "P16", [Row("a") with { Propose = ["M1", "M2"], Forbid = [new RoutingBan("M2", "不可")] }], "rows[0].forbid" }
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_table_that_cannot_work_is_told_where(string otherwise, RoutingRow[] rows, string field) =>
        Assert.Equal([field], RoutingRules.Problems(otherwise, rows, []).Select(problem => problem.Field).Distinct());

    [Fact]
    public void A_county_may_name_the_families_of_its_own_catalogue()
    {
        RoutingRow[] rows = [Row("a") with { All = ["family:法律援助"], Propose = ["M3"] }];
        Assert.Single(RoutingRules.Problems("P28", rows, []));
        Assert.Empty(RoutingRules.Problems("P28", rows, ["法律援助"]));
    }

    private static RoutingRow Row(string code) => new() { Code = code, Name = "一行" };
}
