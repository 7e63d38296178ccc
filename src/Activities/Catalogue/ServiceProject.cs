namespace Relief.Flow.Activities.Catalogue;

/// <summary>The five service projects of the 335 method (PL-024).</summary>
public enum ServiceProject
{
    /// <summary>Help with daily life (生活帮扶).</summary>
    LifeHelp,

    /// <summary>Social integration (社会融入).</summary>
    SocialIntegration,

    /// <summary>Building capacity (能力提升).</summary>
    Capacity,

    /// <summary>Counselling (心理疏导).</summary>
    Counselling,

    /// <summary>Warm company (温情陪伴).</summary>
    Company
}
