namespace Relief.Flow.Activities.Entrants;

/// <summary>What came of the contact with a new entrant (A31).</summary>
public enum EntrantOutcome
{
    /// <summary>They want help: that is a discovery (P02).</summary>
    HasNeed,

    /// <summary>They want none now; the next visit asks again.</summary>
    NoNeed,

    /// <summary>Nobody was there at three attempts on two days (E06).</summary>
    Unreachable,

    /// <summary>They have died or moved away since.</summary>
    Gone
}
