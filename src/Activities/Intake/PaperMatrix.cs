using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.People;

namespace Relief.Flow.Activities.Intake;

/// <summary>Which papers an application needs, by the category claimed (P01 step 4).</summary>
/// <remarks>What the government's own platforms hold, such as the recognition itself, is looked up and not asked of the person (dibao rule art. 10).</remarks>
public static class PaperMatrix
{
    private static readonly string[] Always = ["application-form", "consent"];

    private static readonly Dictionary<ReliefCategory, string[]> More = new()
    {
        [ReliefCategory.Orphan] = ["guardian-proof"],
        [ReliefCategory.DeFactoUnattended] = ["guardian-proof"],
        [ReliefCategory.Expenditure] = ["expense-receipts"],
        [ReliefCategory.TemporaryRelief] = ["hardship-statement"],
        [ReliefCategory.IllnessPovertyMonitored] = ["medical-certificate"]
    };

    /// <summary>Every paper that some application must have, in the order in which a clerk asks for them.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Always, "mandate", .. More.Values.SelectMany(papers => papers).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>Every paper that an application must have.</summary>
    public static IReadOnlyList<string> RequiredOf(Application application) =>
        [.. Always, .. application.OnBehalf ? ["mandate"] : Array.Empty<string>(), .. More.GetValueOrDefault(application.Category, [])];
}
