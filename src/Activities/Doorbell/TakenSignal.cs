namespace Relief.Flow.Activities.Doorbell;

/// <summary>What became of a signal.</summary>
public enum SignalResult
{
    /// <summary>A new alert is on disk.</summary>
    Raised,

    /// <summary>It joined the open alert; the next tier is rung at once.</summary>
    Merged,

    /// <summary>Noted on the device or the alert.</summary>
    Noted,

    /// <summary>The cancel key was pressed while nothing was open.</summary>
    NothingOpen,

    /// <summary>Its nonce was used before.</summary>
    Replayed
}

/// <summary>What became of a signal, and which alert it concerns.</summary>
/// <param name="Count">How many presses the alert has, the first included.</param>
public sealed record TakenSignal(SignalResult Result, Alert? Alert = null, int Count = 0);
