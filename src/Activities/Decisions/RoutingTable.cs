using System.Text.Json;

namespace Relief.Flow.Activities.Decisions;

/// <summary>The decision table from facts to pathways (workflows.md 3.2.0): several rows may fire, and what one forbids no other proposes.</summary>
/// <param name="Version">Kept with each need that it was asked about.</param>
/// <param name="Otherwise">What is begun for a need that nothing fits and that is not granted: <c>P16</c> a conference, <c>P28</c> special relief.</param>
/// <param name="Rows">The rows, in order: the pathways keep it.</param>
public sealed record RoutingTable(string Version, string Otherwise, IReadOnlyList<RoutingRow> Rows)
{
    /// <summary>The table that a county has until it approves one of its own.</summary>
    public static RoutingTable Shipped { get; } = Load();

    /// <summary>What the facts call for on a day.</summary>
    /// <param name="facts">The facts of the person and the need.</param>
    /// <param name="listed">The pathways that the catalogue lists the item for; empty for all.</param>
    /// <param name="on">The day.</param>
    public RoutingProposal Propose(IReadOnlySet<string> facts, IReadOnlyCollection<string> listed, DateOnly on)
    {
        RoutingRow[] fit = [.. Rows.Where(row => row.HoldsOn(on) && row.Fires(facts))];
        HashSet<string> never = [.. fit.Where(row => !row.Fallback).SelectMany(row => row.Forbid).Where(ban => !ban.Alone).Select(ban => ban.Pathway)];
        List<RoutingRow> fired = [];
        foreach (var row in fit)
        {
            if (!row.Fallback || !fired.SelectMany(earlier => earlier.Propose).Any(pathway => Listed(pathway) && !never.Contains(pathway)))
                fired.Add(row);
        }

        RowBan[] bans = [.. fired.SelectMany(row => row.Forbid.Select(ban => new RowBan(row.Code, ban.Pathway, ban.Reason, ban.Alone)))];
        bool Free(string pathway) => !bans.Any(ban => ban.Pathway == pathway && !ban.Alone);
        string[] proposed = [.. fired.SelectMany(row => row.Propose).Distinct().Where(pathway => Listed(pathway) && Free(pathway))];
        string[] extras = [.. fired.SelectMany(row => row.Extras).Distinct().Where(extra => Free(extra) && !proposed.Contains(extra))];
        return new RoutingProposal(proposed, extras, bans, [.. fired.Select(row => new FiredRow(row.Code, row.Name, row.Propose.Any(proposed.Contains)))]);

        bool Listed(string pathway) => listed.Count == 0 || listed.Contains(pathway);
    }

    private static RoutingTable Load()
    {
        using var stream = typeof(RoutingTable).Assembly.GetManifestResourceStream(typeof(RoutingTable).Namespace + ".routing-table.json")!;
        return JsonSerializer.Deserialize<RoutingTable>(stream, JsonSerializerOptions.Web)!;
    }
}

/// <summary>What a table says to one need.</summary>
/// <param name="Pathways">What it proposes, in order; none when nothing fits, which is never the end of a need.</param>
/// <param name="Extras">What may be added without a reason.</param>
/// <param name="Forbidden">What it forbids, with the row and its reason.</param>
/// <param name="Rows">The rows that fired: why.</param>
public sealed record RoutingProposal(IReadOnlyList<string> Pathways, IReadOnlyList<string> Extras, IReadOnlyList<RowBan> Forbidden, IReadOnlyList<FiredRow> Rows);

/// <summary>A row that fired.</summary>
/// <param name="Proposes">True when something that it proposes stands; of what was kept before this was told it is taken to be so.</param>
public sealed record FiredRow(string Code, string Name, bool Proposes = true);

/// <summary>What a row that fired forbids.</summary>
/// <param name="Alone">True when it is forbidden only as the sole answer to the need.</param>
public sealed record RowBan(string Row, string Pathway, string Reason, bool Alone);
