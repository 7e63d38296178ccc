namespace Relief.Flow.Activities.People;

/// <summary>On what a guardian answers for a person (民法典 art. 27, 28, 30 and 31).</summary>
public enum GuardianGround
{
    NaturalGuardian,
    CourtDecision,
    Agreement
}
