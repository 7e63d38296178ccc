using System.Text.Json;

namespace Relief.Flow.Activities.Decisions;

/// <summary>The decision table from facts to pathways (workflows.md 3.2.0): several rows may fire, and what one forbids no other proposes.</summary>
/// <param name="Version">Kept with the assessment.</param>
/// <param name="Rows">The rows, in order.</param>
public sealed record RoutingTable(string Version, IReadOnlyList<RoutingRow> Rows)
{
    /// <summary>The table that ships with the product.</summary>
    public static RoutingTable Shipped { get; } = Load();

    /// <summary>The pathways that the facts call for, in the order of the rows; none when nothing fits, which is never the end of a need.</summary>
    public IReadOnlyList<string> Propose(IReadOnlySet<string> facts)
    {
        var fired = Rows.Where(row => row.Fires(facts)).ToList();
        var never = fired.SelectMany(row => row.Never).ToHashSet();
        return [.. fired.SelectMany(row => row.Propose).Distinct().Where(pathway => !never.Contains(pathway))];
    }

    private static RoutingTable Load()
    {
        using var stream = typeof(RoutingTable).Assembly.GetManifestResourceStream(typeof(RoutingTable).Namespace + ".routing-table.json")!;
        return JsonSerializer.Deserialize<RoutingTable>(stream, JsonSerializerOptions.Web)!;
    }
}

/// <summary>One row: it fires when all of one list and, unless that list is empty, any of the other hold.</summary>
public sealed record RoutingRow(string Name, IReadOnlyList<string> All, IReadOnlyList<string> Any, IReadOnlyList<string> Propose, IReadOnlyList<string> Never)
{
    /// <summary>Whether the facts fit.</summary>
    public bool Fires(IReadOnlySet<string> facts) => All.All(facts.Contains) && (Any.Count == 0 || Any.Any(facts.Contains));
}
