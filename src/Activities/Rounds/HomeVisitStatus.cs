namespace Relief.Flow.Activities.Rounds;

/// <summary>What became of a visit that is owed.</summary>
public enum HomeVisitStatus
{
    /// <summary>Still to be made.</summary>
    Open,

    /// <summary>Somebody was there and spoke with the family.</summary>
    Done,

    /// <summary>Somebody was there, and the family did not want it.</summary>
    Refused,

    /// <summary>The family is away for long: nothing is owed.</summary>
    AwayLongTerm,

    /// <summary>Nobody made it in its time.</summary>
    Missed,

    /// <summary>The family is no longer there, or no longer concerned: nothing is owed.</summary>
    Lapsed
}
