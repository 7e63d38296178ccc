using System.Globalization;

namespace Relief.Flow.Activities.RedVest;

/// <summary>A member as a team is named.</summary>
public sealed record NamedMember(string? StaffId, TeamRole Role)
{
    /// <summary>The number of the certificate of training that a volunteer shows; absent when none is shown.</summary>
    public string? Certificate { get; init; }

    /// <summary>Its last day, as <c>2027-06-30</c>; absent when it has none.</summary>
    public string? ValidTo { get; init; }

    /// <summary>The last day of what is shown.</summary>
    internal DateOnly? LastDay => DateOnly.TryParseExact(ValidTo, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    /// <summary>Whether it says something of a certificate.</summary>
    internal bool Shows => Certificate is not null || ValidTo is not null;

    /// <summary>Whether a certificate that is shown is a volunteer's, has a number, and has its last day as a day if it has one.</summary>
    internal bool ShowsWell => Role == TeamRole.Volunteer && Certificate is { Length: <= 100 } && !string.IsNullOrWhiteSpace(Certificate) && (ValidTo is null || LastDay is not null);
}
