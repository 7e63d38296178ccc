namespace Relief.Flow.Activities.Cases;

/// <summary>What became of an application.</summary>
/// <param name="ApplicationId">The application.</param>
/// <param name="Status">The new status.</param>
/// <param name="CaseId">The case it opened or joined.</param>
/// <param name="Reason">Why, when it was not accepted.</param>
public sealed record ApplicationConclusion(string ApplicationId, ApplicationStatus Status, string? CaseId = null, string? Reason = null);
