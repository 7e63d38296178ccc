namespace Relief.Flow.Activities.People;

/// <summary>A condition of a person that matters for services; sensitive (PII-2).</summary>
public enum ConditionKind
{
    Disability,
    SeriousIllness,
    SelfCare,
    Mental,
    Infectious,
    LivingAlone,
    NoCarer
}
