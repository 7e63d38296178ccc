using Relief.Flow.Activities.Funds;
using Relief.Flow.Activities.People;

namespace Relief.Flow.Activities.Seed;

/// <summary>The example county's eight sources with the money of 2026 and the purpose matrix of P24.</summary>
internal static class ExampleFunds
{
    private static readonly string[] Served =
    [
        nameof(ReliefCategory.Dibao), nameof(ReliefCategory.Tekun), nameof(ReliefCategory.Orphan), nameof(ReliefCategory.DeFactoUnattended),
        nameof(ReliefCategory.Margin), nameof(ReliefCategory.AntiPoverty), nameof(ReliefCategory.Expenditure)
    ];

    public static IReadOnlyList<(FundSource Source, decimal Money)> All { get; } =
    [
        (Source(FundKind.F1, "特困人员照料护理经费") with { Categories = [nameof(ReliefCategory.Tekun)], Items = ["home-care", "nursing", "bed-day"] }, 200_000),
        (Source(FundKind.F2, "临时救助经费") with { Categories = [nameof(ReliefCategory.TemporaryRelief)] }, 80_000),
        (Source(FundKind.F3, "社会救助工作经费") with { Categories = Served }, 250_000),
        (Source(FundKind.F4, "居家养老服务经费") with { PersonClasses = ["elderly"], Items = ["home-care", "day-care", "meal", "cleaning", "errand"] }, 120_000),
        (Source(FundKind.F5, "残疾人康复服务经费") with { PersonClasses = ["disabled"], Items = ["nursing", "home-care"] }, 60_000),
        (Source(FundKind.F6, "未成年人保护经费") with { PersonClasses = ["minor"] }, 50_000),
        (Source(FundKind.F7, "其他服务类救助经费"), 0),
        (Source(FundKind.F8, "慈善救助资金") with { Pathways = ["M7"] }, 100_000)
    ];

    private static FundSource Source(FundKind kind, string name) =>
        new() { Id = $"{ExampleCounty.Code}-{kind}", CountyCode = ExampleCounty.Code, Kind = kind, Name = name, OwnerUnit = "county-bureau" };
}
