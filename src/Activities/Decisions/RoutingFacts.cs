using System.Text.Json;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Catalogue;
using Relief.Flow.Activities.People;
using Relief.Flow.Activities.Surveys;

namespace Relief.Flow.Activities.Decisions;

/// <summary>The words in which a routing table asks about a person and a need. Facts of a person stay in memory: what is kept is which rows fired.</summary>
public static class RoutingFacts
{
    /// <summary>The extra that is no pathway: a doorbell is offered.</summary>
    public const string Doorbell = "doorbell";

    private const string Family = "family:";
    private const string Only = "only:";

    // P03: the families of needs. A county's catalogue may have more.
    private static readonly string[] Families = ["生活照料", "健康护理", "清洁服务", "能力提升", "心理/社会融入", "慈善物资", "信息咨询", "安全"];

    /// <summary>What the survey answers with yes or no, under these names in its answers.</summary>
    public static IReadOnlyList<string> Asked { get; } =
        ["wishesInstitution", "declinesInstitution", "unsuitableForInstitution", "helperNearby", "complexFamily", "declinesCharity"];

    /// <summary>Every word but the families that a county's catalogue adds.</summary>
    public static IReadOnlySet<string> Known { get; } = new HashSet<string>(
    [
        "elderly", "minor", "disabled", "severelyDisabled", "seriouslyIll", "temporary", "urgent", "notSelfCaring", "completeLoss", .. Asked,
        .. Enum.GetNames<ReliefCategory>().Select(Lower), .. Enum.GetNames<ConditionKind>().Select(Lower),
        .. Families.Select(family => Family + family), .. Pathways.Codes.Select(pathway => Only + pathway)
    ]);

    /// <summary>Every word, with those for the families of a county's catalogue, in order.</summary>
    public static IReadOnlyList<string> With(IEnumerable<string> families) => [.. Known.Union(families.Select(OfFamily)).Order(StringComparer.Ordinal)];

    private static string OfFamily(string family) => Family + family;

    /// <summary>Whether no need has both: each is of one family, and its item is listed for one pathway alone or is not; nobody is a minor and elderly.</summary>
    public static bool Exclude(string one, string other) => one != other
        && (BothBegin(one, other, Family) || BothBegin(one, other, Only) || (one, other) is ("minor", "elderly") or ("elderly", "minor"));

    /// <summary>What holds for a person, on the day of the facts, and for one need of theirs.</summary>
    public static IReadOnlySet<string> Of(PersonFacts facts, SurveyRecord? survey, NeedItem need, IReadOnlyList<string> listed)
    {
        HashSet<string> words = [.. facts.PersonClasses, .. facts.Categories.Select(category => Lower(category.ToString())), .. Answered(survey), OfFamily(need.Family)];
        if (survey is { FailedIndicators.Length: > 0 })
            words.Add("notSelfCaring");
        if (survey is { FailedIndicators.Length: >= 4 })
            words.Add("completeLoss");
        foreach (var condition in facts.Conditions)
            words.Add(Lower(condition.Kind.ToString()));
        if (words.Contains("livingAlone"))
            words.Add("noCarer");
        if (facts.Conditions.Any(condition => condition is { Kind: ConditionKind.Disability, Level: <= 2 }))
            words.Add("severelyDisabled");
        if (need.PersonClass == "temporary")
            words.Add("temporary");
        if (need.Urgency != Urgency.Normal)
            words.Add("urgent");
        if (listed is [var alone])
            words.Add(Only + alone);
        return words;
    }

    private static IEnumerable<string> Answered(SurveyRecord? survey)
    {
        if (survey is null)
            return [];
        var answers = JsonSerializer.Deserialize<JsonElement>(survey.Answers);
        return Asked.Where(word => answers.ValueKind == JsonValueKind.Object && answers.TryGetProperty(word, out var answer) && answer.ValueKind == JsonValueKind.True);
    }

    private static bool BothBegin(string one, string other, string with) => one.StartsWith(with, StringComparison.Ordinal) && other.StartsWith(with, StringComparison.Ordinal);

    private static string Lower(string word) => char.ToLowerInvariant(word[0]) + word[1..];
}
