using Relief.Flow.Activities.Cases;

namespace Relief.Flow.Activities.Intake;

/// <summary>The papers a clerk finds missing.</summary>
public sealed record MissingPapers
{
    /// <summary>Their codes, all at once.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];

    /// <summary>True when they came but cannot be read.</summary>
    public bool Unreadable { get; init; }

    /// <summary>Why they may not be asked for: NothingMissing, OneTimeNotice; null when they may (SC-11).</summary>
    public string? ProblemFor(Application application)
    {
        if (Missing.Count == 0)
            return "NothingMissing";
        if (application.SupplementNotifiedAt is null)
            return null;
        return Unreadable && Missing.All(application.Papers.Contains) ? null : "OneTimeNotice";
    }
}
