namespace Relief.Flow.Activities.SpecialRelief;

/// <summary>What somebody needs that service relief does not give (LD-013, PL-033).</summary>
public enum LinkageNeed
{
    Temporary,
    Medical,
    Education,
    Housing,
    Employment,
    Judicial,
    Disaster
}
