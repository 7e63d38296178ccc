namespace Relief.Flow.Activities.Catalogue;

/// <summary>The seven pathways by which services reach people, as everybody calls them; the console has the same words.</summary>
public static class Pathways
{
    /// <summary>All of them, M1 to M7.</summary>
    public static IReadOnlyList<(string Code, string Chinese, string English)> All { get; } =
    [
        ("M1", "政府购买服务", "government purchase"),
        ("M2", "机构照料服务", "institutional care"),
        ("M3", "部门联动服务", "departmental linkage"),
        ("M4", "“党建+救助”服务", "party-building pairing"),
        ("M5", "社工志愿服务", "social-work volunteering"),
        ("M6", "邻里互助服务", "neighbour mutual aid"),
        ("M7", "慈善救济服务", "charity relief")
    ];

    /// <summary>Their codes.</summary>
    public static IEnumerable<string> Codes => All.Select(pathway => pathway.Code);
}
