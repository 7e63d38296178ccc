using Relief.Flow.Activities.Catalogue;

namespace Relief.Flow.Activities.Seed;

/// <summary>The example county's catalogue with its prices v2026-1.</summary>
internal static class ExampleCatalogue
{
    public const string BedDay = "bed-day";
    public const string Course = "care-basic";

    public static IReadOnlyList<(CatalogueItem Item, decimal Price)> All { get; } =
    [
        (Item("home-care", "居家照料", "生活照料", ItemUnit.Hour, 30, 480), 60),
        (Item("day-care", "日间托管", "生活照料", ItemUnit.Day, 120, 720), 80),
        (Item("meal", "供餐", "生活照料", ItemUnit.Meal, 5, 120), 15),
        (Item("cleaning", "清洁", "清洁服务", ItemUnit.Visit, 20, 300), 45),
        (Item("errand", "代购代办", "生活照料", ItemUnit.Visit, 10, 300), 20),
        (Item("nursing", "健康护理", "健康护理", ItemUnit.Visit, 20, 240), 90),
        (Item("counselling", "心理疏导", "心理/社会融入", ItemUnit.Session, 30, 180), 120),
        (Item(BedDay, "照护床日", "生活照料", ItemUnit.BedDay, 1, 1440) with { TrainingCode = null, Pathways = ["M2"] }, 100)
    ];

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
