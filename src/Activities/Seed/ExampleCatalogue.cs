using Relief.Flow.Activities.Catalogue;

namespace Relief.Flow.Activities.Seed;

/// <summary>The example county's catalogue with its prices v2026-1; what costs nothing has no price.</summary>
internal static class ExampleCatalogue
{
    public const string BedDay = "bed-day";
    public const string Course = "care-basic";

    public static IReadOnlyList<(CatalogueItem Item, decimal? Price)> All { get; } =
    [
        (Cares(Item("home-care", "居家照料", "生活照料", ItemUnit.Hour, 30, 480)), 60),
        (Cares(Item("day-care", "日间托管", "生活照料", ItemUnit.Day, 120, 720)), 80),
        (Cares(Item("meal", "供餐", "生活照料", ItemUnit.Meal, 5, 120)), 15),
        (Cares(Item("cleaning", "清洁", "清洁服务", ItemUnit.Visit, 20, 300)), 45),
        (Cares(Item("errand", "代购代办", "生活照料", ItemUnit.Visit, 10, 300)), 20),
        (Cares(Item("nursing", "健康护理", "健康护理", ItemUnit.Visit, 20, 240)), 90),
        (Item("counselling", "心理疏导", "心理/社会融入", ItemUnit.Session, 30, 180) with { Class = ServiceClass.Casework, Project = ServiceProject.Counselling }, 120),
        (Cares(Item(BedDay, "照护床日", "生活照料", ItemUnit.BedDay, 1, 1440)) with { TrainingCode = null, Pathways = ["M2"] }, 100),
        (Free("job-training", "就业技能培训", "能力提升", ItemUnit.Session, "M3") with { Project = ServiceProject.Capacity }, null),
        (Free("family-support", "家庭专业辅导", "能力提升", ItemUnit.Session, "M3") with { Class = ServiceClass.Casework, Project = ServiceProject.Capacity }, null),
        (Free("pairing", "结对帮扶", "慈善物资", ItemUnit.Visit, "M4") with { Class = ServiceClass.Casework, Project = ServiceProject.Company }, null),
        (Free("integration", "社会融入", "心理/社会融入", ItemUnit.Session, "M5") with { Class = ServiceClass.Casework, Project = ServiceProject.SocialIntegration }, null),
        (Cares(Free("neighbour-help", "邻里互助", "生活照料", ItemUnit.Visit, "M6")), null),
        (Free("doorbell", "爱心门铃", "安全", ItemUnit.Package, "M6"), null),
        (Free("charity-goods", "慈善物资", "慈善物资", ItemUnit.Package, "M7"), null)
    ];

    private static CatalogueItem Cares(CatalogueItem item) => item with { Class = ServiceClass.Care, Project = ServiceProject.LifeHelp };

    /// <summary>What no supplier is paid for by the piece: a pathway of its own gives it.</summary>
    private static CatalogueItem Free(string code, string name, string family, ItemUnit unit, string pathway) =>
        Item(code, name, family, unit, 1, 1440) with { TrainingCode = null, Pathways = [pathway] };

    private static CatalogueItem Item(string code, string name, string family, ItemUnit unit, int min, int max) => new()
    {
        Code = code,
        CountyCode = ExampleCounty.Code,
        Name = name,
        Family = family,
        Unit = unit,
        MinMinutes = min,
        MaxMinutes = max,
        TrainingCode = Course,
        TwoWorkers = false,
        Status = CatalogueStatus.Proposed,
        ProposedBy = "seed"
    };
}
