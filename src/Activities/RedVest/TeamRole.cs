namespace Relief.Flow.Activities.RedVest;

/// <summary>Who makes a Red Vest team: at least one of each (CZ-100).</summary>
public enum TeamRole
{
    Assistant,
    SocialWorker,
    Volunteer
}
