using System.Text.Json;

namespace Relief.Flow.Activities.Decisions;

/// <summary>A county's routing table as it was proposed, and what a second person said to it (CZ-009, 3.2.0). One that was decided is never changed, only ended by the next.</summary>
public sealed record RoutingVersion
{
    /// <summary>The identifier.</summary>
    public required string Id { get; init; }

    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>When it was proposed.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who proposed it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>The number within the county, from 1.</summary>
    public required int Version { get; init; }

    /// <summary>What is begun for a need that nothing fits: P16 or P28.</summary>
    public required string Otherwise { get; init; }

    /// <summary>The rows, as JSON.</summary>
    public required string Rows { get; init; }

    /// <summary>The first day on which it holds, once approved.</summary>
    public required DateOnly ValidFrom { get; init; }

    /// <summary>The last day; open until another follows.</summary>
    public DateOnly? ValidTo { get; init; }

    /// <summary>The document that it rests on.</summary>
    public required string Basis { get; init; }

    /// <summary>Where it stands.</summary>
    public required RoutingStatus Status { get; init; }

    /// <summary>Who approved or refused it; never who proposed it.</summary>
    public string? DecidedBy { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset? DecidedAt { get; init; }

    /// <summary>Why it was refused.</summary>
    public string? Reason { get; init; }

    /// <summary>The table that it is.</summary>
    public RoutingTable ToTable() => new($"{CountyCode}-{Version}", Otherwise, JsonSerializer.Deserialize<RoutingRow[]>(Rows, JsonSerializerOptions.Web)!);
}

/// <summary>Where a proposed routing table stands.</summary>
public enum RoutingStatus
{
    Proposed,
    Approved,
    Refused
}
