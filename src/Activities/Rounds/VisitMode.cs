namespace Relief.Flow.Activities.Rounds;

/// <summary>How a family was visited. By phone is no visit unless an emergency or policy lets it be one (E24).</summary>
public enum VisitMode
{
    Home,
    Phone
}
