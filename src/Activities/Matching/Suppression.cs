namespace Relief.Flow.Activities.Matching;

/// <summary>Why nobody is troubled with a hit.</summary>
public enum Suppression
{
    /// <summary>The person has an open case.</summary>
    AlreadyServed,

    /// <summary>The death is known.</summary>
    AlreadyKnown,

    /// <summary>The same was said before within the time of the policy, and not more mildly.</summary>
    WarnedBefore,

    /// <summary>Another hit of this run leads to the same check.</summary>
    SamePerson
}
