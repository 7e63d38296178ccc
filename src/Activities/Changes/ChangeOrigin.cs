namespace Relief.Flow.Activities.Changes;

/// <summary>Where it was noticed (P12 triggers).</summary>
public enum ChangeOrigin
{
    Report,
    Visit,
    Check666,
    DataMatch,
    Schedule,
    Register,
    Appeal
}
