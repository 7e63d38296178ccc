namespace Relief.Flow.Tests.Gates;

/// <summary>Who may import whom, as a table.</summary>
public static class FolderRules
{
    /// <param name="Folder">From the repository's root.</param>
    /// <param name="IsPure">Pure folders may use only what is listed. In the others everything outside this product is free, but for <paramref name="Banned"/>.</param>
    /// <param name="Allowed">Namespaces, with <c>.*</c> for all below, and single types by full name. A folder may always use itself.</param>
    /// <param name="Banned">Types, members and namespaces that may not be named here although <paramref name="Allowed"/> covers them.</param>
    public sealed record Rule(string Folder, bool IsPure, string[] Allowed, string[] Banned);

    private const string Flow = "Relief.Flow.Workflows";

    private static readonly string[] Values =
    [
        "System", "System.Buffers.*", "System.Collections.*", "System.Diagnostics.CodeAnalysis", "System.Globalization", "System.Linq", "System.Numerics",
        "System.Runtime.CompilerServices", "System.Runtime.InteropServices", "System.Security.Cryptography", "System.Text.*",
        "System.Threading.CancellationToken", "System.Threading.Lock"
    ];

    private static readonly string[] Impure =
    [
        "System.TimeProvider", "System.Random", "System.Environment", "System.Console", "System.Activator", "System.IServiceProvider",
        "System.Security.Cryptography.RandomNumberGenerator", "System.Guid.NewGuid", "System.Guid.CreateVersion7",
        "System.DateTime.Now", "System.DateTime.UtcNow", "System.DateTime.Today", "System.DateTimeOffset.Now", "System.DateTimeOffset.UtcNow"
    ];

    private static readonly string[] Databases = ["Microsoft.EntityFrameworkCore.*"];

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("src/Workflows/Definitions", IsPure: true, Values, Impure),
        new("src/Workflows/Expressions", IsPure: true, [.. Values, $"{Flow}.Definitions", "Jint.*", "Esprima.*", "HandlebarsDotNet.*"], Impure),
        new("src/Workflows/Drawing", IsPure: true, [.. Values, $"{Flow}.Definitions"], Impure),
        new("src/Workflows/Kernel", IsPure: true, [.. Values, $"{Flow}.Definitions", Flow], Impure),
        new("src/Workflows/Storage", IsPure: false, [Flow, $"{Flow}.Definitions", $"{Flow}.Kernel"], Databases),
        new("src/Workflows/Runtime", IsPure: false, [Flow, $"{Flow}.Definitions", $"{Flow}.Expressions", $"{Flow}.Kernel", $"{Flow}.Storage"], Databases),
        new("src/Workflows/Simulation", IsPure: false,
            [Flow, $"{Flow}.Definitions", $"{Flow}.Drawing", $"{Flow}.Expressions", $"{Flow}.Kernel", $"{Flow}.Runtime", $"{Flow}.Storage"], [.. Databases, $"{Flow}.Storage.IFlowStore"]),
        new("src/Workflows/Operation", IsPure: false, [Flow, $"{Flow}.Definitions", $"{Flow}.Kernel", $"{Flow}.Runtime", $"{Flow}.Storage", $"{Flow}.Storage.Steps", $"{Flow}.Storage.Stuck"], Databases),
        new("src/Activities", IsPure: false, [Flow, "Relief.Flow.Activities.*"], []),
        // Definitions: the designer and the import speak in them. Of the storage only the queries and their rows, never the store.
        new("src/Host", IsPure: false, [Flow, $"{Flow}.Definitions", $"{Flow}.Drawing", $"{Flow}.Operation", $"{Flow}.Runtime", $"{Flow}.Simulation", $"{Flow}.Storage", $"{Flow}.Storage.Stuck", "Relief.Flow.Activities.*"],
            [$"{Flow}.Storage.IFlowStore", $"{Flow}.Storage.Sqlite.*", $"{Flow}.Storage.Postgres.*", .. Databases])
    ];

    /// <summary>
    /// The topics of the activities, each may use those before it. Registers come first, then what is decided about a case, then what is
    /// delivered and paid. The order is free to change as long as there is one: two topics that need each other are one topic.
    /// A topic that is not listed may use them all and is used by none.
    /// </summary>
    private static readonly string[] Topics =
    [
        "Audit", "Areas", "Calendar", "Parameters", "People", "Organisations", "Staff", "Adapters", "Catalogue", "PolicyLibrary", "Entitlements", "Funds",
        "Cases", "Emergencies", "Kin", "Discoveries", "Requests", "Archive", "Notices", "Surveys", "Decisions", "Orders", "InKind", "Suppliers", "Referrals", "Linkage", "RedVest", "Pairs", "Visits", "Settlement", "Neighbours", "Filing", "Renewals", "Tickets", "Calls", "Changes", "Packages",
        "SpotChecks", "FundYears", "Agents", "Grids", "Rounds", "Doorbell", "Conferences", "Figures", "Guidance", "Charities", "Placements", "SpecialRelief"
    ];

    /// <summary>The rule for a file; a topic of the activities sees the project's root, itself and the topics before it.</summary>
    public static Rule? For(SourceFile file)
    {
        var rule = All.FirstOrDefault(rule => file.Under(rule.Folder));
        return rule is not null && file.Path.Split('/') is ["src", "Activities", var topic, _, ..]
            ? rule with { Folder = $"src/Activities/{topic}", Allowed = [Flow, "Relief.Flow.Activities", .. Topics.TakeWhile(before => before != topic).Select(before => $"Relief.Flow.Activities.{before}.*")] }
            : rule;
    }
}
