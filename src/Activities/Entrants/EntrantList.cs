namespace Relief.Flow.Activities.Entrants;

/// <summary>Who was newly included in a county in a month (CZ-145). It closes only when every one of them has an outcome (INV-23), and then stays as it is.</summary>
public sealed record EntrantList
{
    /// <summary>The identifier: county and month.</summary>
    public required string Id { get; init; }

    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>When it was drawn up.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who drew it up.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>The month of inclusion, as 2026-05.</summary>
    public required string Month { get; init; }

    /// <summary>Whether everybody was followed up.</summary>
    public required EntrantListStatus Status { get; init; }

    /// <summary>When it closed.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>The id of a county's month.</summary>
    public static string IdOf(string countyCode, string month) => $"{countyCode}-{month}";
}
