namespace Relief.Flow.Tests.Runtime;

/// <summary>When the process shall die: before or after the n-th writing call of the store.</summary>
public sealed class CrashPlan
{
    public static readonly string[] Writes =
        ["Start", "Commit", "CommitWithRecords", "Publish", "Send", "FireTimers", "Act", "Relay", "SettleOutbox", "ClaimOutbox", "Halt"];

    /// <summary>The number of the call, from 1; 0 for never.</summary>
    public int At { get; set; }

    /// <summary>True to die when the call has been carried out but not yet answered.</summary>
    public bool AfterIt { get; set; }

    /// <summary>The calls that count.</summary>
    public IReadOnlyCollection<string> Calls { get; set; } = Writes;

    /// <summary>Writing calls so far that had something to write.</summary>
    public int Count { get; set; }

    /// <summary>True once it has died; the next process lives on.</summary>
    public bool IsDead { get; set; }

    public bool HasHappened { get; set; }

    /// <summary>Lets the process die at the next call of this name.</summary>
    public void Arm(string call, bool afterTheWrite)
    {
        (Calls, At, AfterIt, Count) = ([call], 1, afterTheWrite, 0);
    }
}
