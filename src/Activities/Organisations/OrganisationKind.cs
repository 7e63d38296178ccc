namespace Relief.Flow.Activities.Organisations;

/// <summary>What an organisation is in the relief network.</summary>
public enum OrganisationKind
{
    CountyBureau,
    Township,
    VillageCommittee,
    SocialWorkStation,
    Supplier,
    Institution,
    Charity,
    PartyBranch,
    TrainingBody,
    Department,
    Hotline,
    VerificationCentre
}
