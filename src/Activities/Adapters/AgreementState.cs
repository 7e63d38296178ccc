namespace Relief.Flow.Activities.Adapters;

/// <summary>Where an agreement stands on a day.</summary>
public enum AgreementState
{
    /// <summary>Its first day is still to come.</summary>
    Coming,

    /// <summary>It holds.</summary>
    InForce,

    /// <summary>Its last day is over, or somebody ended it before.</summary>
    Ended
}
