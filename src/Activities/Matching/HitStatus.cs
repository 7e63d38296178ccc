namespace Relief.Flow.Activities.Matching;

/// <summary>What became of a hit.</summary>
public enum HitStatus
{
    /// <summary>Nobody is troubled with it; <see cref="MatchHit.Suppressed"/> says why.</summary>
    Suppressed,

    /// <summary>A person is to look.</summary>
    Open,

    /// <summary>It stands in the list of wrong data.</summary>
    Listed,

    /// <summary>It is so.</summary>
    Confirmed,

    /// <summary>It is not so.</summary>
    NotConfirmed,

    /// <summary>Nobody was found: three attempts on two days.</summary>
    Unreachable,

    /// <summary>The wrong data was put right.</summary>
    Corrected
}
