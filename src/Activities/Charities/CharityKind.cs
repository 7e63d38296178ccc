namespace Relief.Flow.Activities.Charities;

/// <summary>What a charity gives (CZ-122).</summary>
public enum CharityKind
{
    Visit,
    Goods,
    VolunteerHelp,
    Money
}
