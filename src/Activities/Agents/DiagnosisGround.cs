namespace Relief.Flow.Activities.Agents;

/// <summary>On what a person is sent to a hospital for diagnosis. It is no ground for keeping them there: that is INV-18's (README 0.2b).</summary>
public enum DiagnosisGround
{
    /// <summary>The person wants to go.</summary>
    OwnWill,

    /// <summary>Close relatives bring the person.</summary>
    CloseRelatives,

    /// <summary>Nobody looks after the person, who was found without support: civil affairs bring them.</summary>
    FoundWithoutSupport,

    /// <summary>Harm to oneself or others, or the danger of it, by the finding named.</summary>
    Danger
}
