namespace Relief.Flow.Activities.Surveys;

/// <summary>Who surveys: the village and an assistant by delegation, the township, or by phone and video in an emergency.</summary>
public enum SurveyMode
{
    Delegated,
    Township,
    Remote
}
