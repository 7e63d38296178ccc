namespace Relief.Flow.Activities.Doorbell;

/// <summary>What became of what somebody wanted to do with an alert.</summary>
public enum AlertAnswer
{
    /// <summary>Done.</summary>
    Done,

    /// <summary>Done before, by the same person: nothing changed.</summary>
    Already,

    /// <summary>Somebody else was first: stand by.</summary>
    Taken,

    /// <summary>They go along with the one who leads, as a child alone needs.</summary>
    Second,

    /// <summary>The alert has ended.</summary>
    Ended,

    /// <summary>They are not among those who are rung for it.</summary>
    NotRung,

    /// <summary>They did not accept it, so it is not theirs to do.</summary>
    NotYours,

    /// <summary>This outcome needs the reference of the emergency line.</summary>
    ReferenceNeeded,

    /// <summary>Whoever says that a cancellation is meant must have spoken with the resident or seen them.</summary>
    NotVerified,

    /// <summary>There is no such alert.</summary>
    Unknown
}
