namespace Relief.Flow.Activities.HelpDays;

/// <summary>What a desk writes down. Leaflets and consultations are counted by hand; everything else is a record of its own and counted by that.</summary>
public enum HelpKind
{
    Leaflet,
    Consultation,
    Application,
    Escalation,
    Mandate
}
