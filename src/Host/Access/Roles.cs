namespace Relief.Flow.Host.Access;

/// <summary>What a key may be allowed to do. The relief roles name the people who work on tasks (requirements 1.6).</summary>
public static class Roles
{
    /// <summary>Everything.</summary>
    public const string Admin = "admin";

    /// <summary>Draws and publishes pathways.</summary>
    public const string Designer = "designer";

    /// <summary>Watches instances and mends those that stand still.</summary>
    public const string Operator = "operator";

    /// <summary>Reads everything, changes nothing.</summary>
    public const string Auditor = "auditor";

    /// <summary>An application that starts pathways and acts for the people who use it.</summary>
    public const string App = "app";

    public static readonly IReadOnlyList<string> OfSystems = [Admin, Designer, Operator, Auditor, App];

    public static readonly IReadOnlyList<string> OfPeople =
    [
        "countyOfficer", "townshipClerk", "townshipReviewer", "townshipFinance", "villageWorker", "assistant", "surveyor", "gridWorker",
        "socialWorker", "volunteer", "teamLead", "neighbourHelper", "partySecretary", "agentSupervisor", "agent", "supplierManager",
        "supplierWorker", "institution", "medicalInstitution", "liaison", "charity", "trainingBody", "verificationCentre",
        "reliefStation", "hotlineOperator", "dutyOfficer", "inspector", "evaluator", "leadingGroup", "leadingGroupChair", "cityGuide"
    ];

    private static readonly Dictionary<string, string> OtherwiseInTasks = new(StringComparer.Ordinal)
    {
        ["townshipClerk"] = "relief-clerk", ["townshipFinance"] = "settlement-clerk", ["teamLead"] = "red-vest-lead", ["neighbourHelper"] = "neighbour",
        ["liaison"] = "department-liaison", ["inspector"] = "spot-check-inspector", ["leadingGroupChair"] = "leading-group"
    };

    /// <summary>How tasks name this role of a key: <c>townshipReviewer</c> is <c>township-reviewer</c> there.</summary>
    public static string InTasks(string role) => OtherwiseInTasks.TryGetValue(role, out var other)
        ? other
        : string.Concat(role.Select(letter => char.IsAsciiLetterUpper(letter) ? $"-{char.ToLowerInvariant(letter)}" : letter.ToString()));

    /// <summary>What to say when <see cref="AreKnown"/> does not hold.</summary>
    public static string Choice => $"One or more of: {string.Join(", ", OfSystems.Concat(OfPeople))}.";

    /// <summary>Whether there is a role at all, and each is known.</summary>
    public static bool AreKnown(IReadOnlyList<string>? roles) => roles is { Count: > 0 } && roles.All(IsKnown);

    public static bool IsKnown(string role) => OfSystems.Contains(role) || OfPeople.Contains(role);
}
