namespace Relief.Flow.Activities.Decisions;

/// <summary>One row of a routing table: what must hold, what it proposes then, and what it forbids (workflows.md 3.2.0).</summary>
/// <remarks>The words of <see cref="All"/>, <see cref="Any"/> and <see cref="None"/> are those of <see cref="RoutingFacts"/>.</remarks>
public sealed record RoutingRow
{
    /// <summary>Its name within the table.</summary>
    public string Code { get; init; } = "";

    /// <summary>What it says, in words for whoever decides: no name of a person.</summary>
    public string Name { get; init; } = "";

    /// <summary>All of these hold.</summary>
    public IReadOnlyList<string> All { get; init; } = [];

    /// <summary>Any of these holds, unless the list is empty.</summary>
    public IReadOnlyList<string> Any { get; init; } = [];

    /// <summary>None of these holds.</summary>
    public IReadOnlyList<string> None { get; init; } = [];

    /// <summary>The pathways that it proposes, in their order.</summary>
    public IReadOnlyList<string> Propose { get; init; } = [];

    /// <summary>What may be added without a reason: a pathway, or <see cref="RoutingFacts.Doorbell"/>.</summary>
    public IReadOnlyList<string> Extras { get; init; } = [];

    /// <summary>What it forbids, each with its reason.</summary>
    public IReadOnlyList<RoutingBan> Forbid { get; init; } = [];

    /// <summary>True when it speaks only where no row before it has proposed a pathway that the item is listed for.</summary>
    public bool Fallback { get; init; }

    /// <summary>The first day on which it holds; from the table's when absent.</summary>
    public DateOnly? ValidFrom { get; init; }

    /// <summary>The last day on which it holds; until the table's end when absent.</summary>
    public DateOnly? ValidTo { get; init; }

    /// <summary>Whether it holds on a day.</summary>
    public bool HoldsOn(DateOnly day) => (ValidFrom is null || ValidFrom <= day) && (ValidTo is null || ValidTo >= day);

    /// <summary>Whether the facts fit.</summary>
    public bool Fires(IReadOnlySet<string> facts) => All.All(facts.Contains) && (Any.Count == 0 || Any.Any(facts.Contains)) && !None.Any(facts.Contains);

    /// <summary>Whether it fires on every day and with all facts on which another does.</summary>
    public bool Covers(RoutingRow other) =>
        !Fallback && All.All(other.All.Contains) && None.All(other.None.Contains)
        && (Any.Count == 0 || Any.Any(other.All.Contains) || (other.Any.Count > 0 && other.Any.All(Any.Contains)))
        && (ValidFrom is null || other.ValidFrom >= ValidFrom) && (ValidTo is null || other.ValidTo <= ValidTo);
}

/// <summary>A pathway that a row forbids.</summary>
/// <param name="Pathway">M1 to M7.</param>
/// <param name="Reason">Why, in words for whoever chose it.</param>
/// <param name="Alone">True when it is forbidden only as the sole answer to a need.</param>
public sealed record RoutingBan(string Pathway, string Reason, bool Alone = false);
