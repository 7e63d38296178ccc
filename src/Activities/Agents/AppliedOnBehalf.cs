namespace Relief.Flow.Activities.Agents;

/// <summary>An application that an agent has handed in for a person.</summary>
public sealed record AppliedOnBehalf(string ApplicationId, string CaseId, string PersonId);
