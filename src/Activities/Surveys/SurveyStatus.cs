namespace Relief.Flow.Activities.Surveys;

/// <summary>How far a survey has come.</summary>
public enum SurveyStatus
{
    Assigned,
    Submitted,
    Unreachable,
    Refused,
    Superseded
}
