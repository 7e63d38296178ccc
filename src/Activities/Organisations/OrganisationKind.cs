namespace Relief.Flow.Activities.Organisations;

/// <summary>What an organisation is in the relief network.</summary>
public enum OrganisationKind
{
    CityBureau,
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
    VerificationCentre,

    /// <summary>社会救助服务站 of a village or township.</summary>
    ReliefStation,

    /// <summary>社会救助联络点 in a village.</summary>
    ContactPoint,

    /// <summary>“社会救助服务”窗口 of a township.</summary>
    ReliefWindow
}
