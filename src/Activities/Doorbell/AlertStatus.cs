namespace Relief.Flow.Activities.Doorbell;

/// <summary>The states of an alert (workflows.md 3.0.2). A pending self-cancellation is a mark beside it, because the ladder runs on.</summary>
public enum AlertStatus
{
    /// <summary>On disk, nobody rung yet.</summary>
    Raised,

    /// <summary>A tier is being rung.</summary>
    Notifying,

    /// <summary>Somebody is on the way.</summary>
    Accepted,

    /// <summary>Somebody is there.</summary>
    OnScene,

    /// <summary>Nobody took it in time; it is rung on until a named human closes it.</summary>
    Unanswered,

    /// <summary>A named human said how it ended.</summary>
    Resolved,

    /// <summary>Reviewed and closed.</summary>
    Closed
}
