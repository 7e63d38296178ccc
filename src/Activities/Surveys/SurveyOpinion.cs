namespace Relief.Flow.Activities.Surveys;

/// <summary>The team's initial-review opinion.</summary>
public enum SurveyOpinion
{
    Recommended,
    NotRecommended,
    Unclear
}
