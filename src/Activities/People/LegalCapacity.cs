namespace Relief.Flow.Activities.People;

/// <summary>Who may decide for a person.</summary>
public enum LegalCapacity
{
    Full,
    Limited,
    None
}
