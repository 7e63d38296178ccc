namespace Relief.Flow.Workflows.Operation;

/// <summary>What an operator can do to something that is stuck; the names are stored and spoken over REST.</summary>
public enum RepairAction
{
    /// <summary>Try again what has an incident: one run, or all.</summary>
    Retry,

    /// <summary>Begin a step again; what it waits for is dropped and set anew.</summary>
    Redo,

    /// <summary>End a step by an outcome as if it had done its work. Needs a second person.</summary>
    Skip,

    /// <summary>Go on at another step of the same flowchart. Needs a second person.</summary>
    Move,

    /// <summary>Give variables other values. Needs a second person.</summary>
    Edit,

    /// <summary>Let a timer fire now.</summary>
    Fire,

    /// <summary>Make the instance claimable again and forget failed attempts; whoever held it is fenced off.</summary>
    Rearm,

    /// <summary>Take away a bookmark or timer that belongs to nothing.</summary>
    Clean,

    /// <summary>Tell the parent once more that its child has ended.</summary>
    Retell,

    /// <summary>Send a message again, under the same idempotency key.</summary>
    Replay,

    /// <summary>Drop an event that nobody waits for.</summary>
    Discard,

    /// <summary>Give an event that nobody waits for to a bookmark.</summary>
    Deliver,

    /// <summary>Stand still until resumed.</summary>
    Suspend,

    /// <summary>Go on after a suspend.</summary>
    Resume,

    /// <summary>End the instance and everything in it.</summary>
    Cancel,

    /// <summary>Start the pathway of an ended instance again, with what it was started with. Needs a second person.</summary>
    Restart,

    /// <summary>Ask the outside system that is waited for how it stands; nothing changes.</summary>
    Enquire,

    /// <summary>Say whether a call of unknown outcome was carried out. Needs a second person.</summary>
    Answer,

    /// <summary>Go on by another version of the definition. Needs a second person.</summary>
    Migrate
}
