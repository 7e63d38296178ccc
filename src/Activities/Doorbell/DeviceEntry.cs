namespace Relief.Flow.Activities.Doorbell;

/// <summary>A device to register.</summary>
public sealed record DeviceEntry
{
    /// <summary>What is printed on it.</summary>
    public required string Serial { get; init; }

    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>The village.</summary>
    public required string AreaCode { get; init; }

    /// <summary>Where responders go, as they call it.</summary>
    public required string Place { get; init; }

    /// <summary>The resident.</summary>
    public string? PersonId { get; init; }

    /// <summary>The household.</summary>
    public string? HouseholdId { get; init; }

    /// <summary>The gateway that speaks for it.</summary>
    public string? GatewayId { get; init; }

    /// <summary>A child lives there alone.</summary>
    public bool ChildAlone { get; init; }

    /// <summary>The resident's language.</summary>
    public string Language { get; init; } = "zh";

    /// <summary>For the acceptor alone, with the resident's consent.</summary>
    public string? MedicalNote { get; init; }

    /// <summary>Keys and access, for the acceptor alone.</summary>
    public string? AccessNote { get; init; }

    /// <summary>Its own seconds of the ladder: tier1, tier2, tier3, superior, unanswered, arrival, ringAgain.</summary>
    public IReadOnlyDictionary<string, int> Profile { get; init; } = new Dictionary<string, int>();

    /// <summary>What it signs with; none when a gateway does.</summary>
    public string? Secret { get; init; }
}
