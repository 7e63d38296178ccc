using Relief.Flow.Activities.Catalogue;
using Relief.Flow.Activities.People;

namespace Relief.Flow.Activities.Figures;

/// <summary>A service record by everything that figures tell services apart by; a voided one is none.</summary>
public sealed record ServedRow
{
    /// <summary>The record; empty where many are counted together.</summary>
    public string Id { get; init; } = "";

    /// <summary>The day of the service.</summary>
    public DateOnly On { get; init; }

    /// <summary>The item.</summary>
    public string ItemCode { get; init; } = "";

    /// <summary>The case's village.</summary>
    public required string AreaCode { get; init; }

    /// <summary>The order's pathway, M1 to M7.</summary>
    public required string Pathway { get; init; }

    /// <summary>What the case rests on.</summary>
    public required ReliefCategory Category { get; init; }

    /// <summary>What the item counts as.</summary>
    public required ServiceClass Class { get; init; }

    /// <summary>The item's project of the 335 method.</summary>
    public required ServiceProject? Project { get; init; }

    /// <summary>Whether it was accepted: only then it is a service that was given.</summary>
    public required bool Given { get; init; }
}
