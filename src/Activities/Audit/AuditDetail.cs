namespace Relief.Flow.Activities.Audit;

/// <summary>What an audit event says.</summary>
/// <param name="What">The deed as a past participle, e.g. <c>CaseRegistered</c>.</param>
/// <param name="Value">Old and new values and the parameters used; any value that serialises to JSON.</param>
public sealed record AuditDetail(string What, object? Value = null);
