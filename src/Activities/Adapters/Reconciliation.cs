namespace Relief.Flow.Activities.Adapters;

/// <summary>What an outside system has against ours on a day (S05). What is missing or different there is sent again; what we do not know is for people to look at.</summary>
public sealed record Reconciliation
{
    /// <summary>The identifier: county, system and day.</summary>
    public required string Id { get; init; }

    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>When it was compared.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who compared it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>The system.</summary>
    public required string Adapter { get; init; }

    /// <summary>The day.</summary>
    public required DateOnly OnDay { get; init; }

    /// <summary>How many of ours it should have.</summary>
    public required int Ours { get; init; }

    /// <summary>How many it has.</summary>
    public required int Theirs { get; init; }

    /// <summary>Ours that it has not.</summary>
    public string[] Missing { get; init; } = [];

    /// <summary>Ours that it has otherwise.</summary>
    public string[] Different { get; init; } = [];

    /// <summary>What it has and we never sent.</summary>
    public string[] Unknown { get; init; } = [];
}
