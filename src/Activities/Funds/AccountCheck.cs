namespace Relief.Flow.Activities.Funds;

/// <summary>Where the daily check of an account stands (P24 steps 4 and 5).</summary>
public sealed record AccountCheck
{
    /// <summary>The event that an account of a county is balanced again.</summary>
    public static string BalancedIn(string countyCode) => $"funds:{countyCode}:balanced";

    /// <summary>The account.</summary>
    public required string Id { get; init; }

    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>When it was last checked.</summary>
    public required DateTimeOffset CheckedAt { get; init; }

    /// <summary>The last entry of its ledger whose chain was found whole; the next check goes on from there.</summary>
    public required int CheckedTo { get; init; }

    /// <summary>That entry's hash.</summary>
    public required string CheckedHash { get; init; }

    /// <summary>What does not agree, as a code; null when the account is balanced.</summary>
    public string? Difference { get; init; }

    /// <summary>Since when no payment is approved or ordered out of it.</summary>
    public DateTimeOffset? StoppedAt { get; init; }

    /// <summary>The highest share of its money in use, in percent, that the county has been told of.</summary>
    public required int Told { get; init; }
}
