namespace Relief.Flow.Activities.Agents;

/// <summary>What an agent may do for a person: a hospital first, the others side by side (P20 step 3).</summary>
public enum ErrandKind
{
    Hospital,
    Hukou,
    IdCard,
    DisabilityCertificate,
    BankCard,
    Forms
}
