namespace Relief.Flow.Activities.Placements;

/// <summary>On what somebody may be placed in a medical institution (README 0.2b; Mental Health Law arts 28–31). Nothing else will do.</summary>
public enum LegalGround
{
    /// <summary>The person's own consent.</summary>
    OwnConsent,

    /// <summary>A psychiatrist's diagnosis of a severe disorder with self-harm or its risk, and the guardian's consent.</summary>
    SelfHarmRisk,

    /// <summary>A diagnosis with danger to others, with the notice that it may be diagnosed again.</summary>
    DangerToOthers
}
