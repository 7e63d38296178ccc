namespace Relief.Flow.Activities.Agents;

/// <summary>What an agent may do for a person, in the order in which it is done: a hospital comes first (P20 step 3).</summary>
public enum ErrandKind
{
    Hospital,
    Hukou,
    IdCard,
    DisabilityCertificate,
    BankCard,
    Forms
}
