namespace Relief.Flow.Activities.Appeals;

/// <summary>What holds until the internal result (P25 step 2).</summary>
public enum AppealEffect
{
    /// <summary>Service goes on as if nothing had been decided.</summary>
    Continues,

    /// <summary>What was decided holds.</summary>
    Stands
}
