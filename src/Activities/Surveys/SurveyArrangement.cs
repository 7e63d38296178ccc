namespace Relief.Flow.Activities.Surveys;

/// <summary>When a survey takes place and who goes; what is absent stays.</summary>
public sealed record SurveyArrangement(DateTimeOffset? AppointmentAt = null, IReadOnlyList<string>? Team = null);
