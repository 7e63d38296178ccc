namespace Relief.Flow.Workflows.Storage.Stuck;

/// <summary>Who has to do something about it; the numbers are stored, the gravest first.</summary>
public enum StuckSeverity
{
    /// <summary>An invariant of the engine is broken: should never be.</summary>
    Engine = 1,

    /// <summary>An operator has to act.</summary>
    Operator = 2,

    /// <summary>Somebody in the business has to act.</summary>
    Business = 3,

    /// <summary>To be watched.</summary>
    Watch = 4
}
