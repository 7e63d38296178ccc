namespace Relief.Flow.Tests.Runtime;

/// <summary>When the process shall die: before or after the n-th writing call of the store, or once at every write there is.</summary>
public sealed class CrashPlan
{
    public static readonly string[] Writes =
        ["Start", "Commit", "CommitWithRecords", "Publish", "Send", "FireTimers", "Act", "Relay", "SettleOutbox", "ClaimOutbox", "Halt"];

    private readonly Lock _gate = new();
    private readonly HashSet<string> _met = [];

    /// <summary>The number of the call, from 1; 0 for never.</summary>
    public int At { get; set; }

    /// <summary>True to die at every write when it is seen for the first time; what is written again after that death passes.</summary>
    public bool Everywhere { get; init; }

    /// <summary>True to die when the call has been carried out but not yet answered.</summary>
    public bool AfterIt { get; set; }

    /// <summary>The calls that count.</summary>
    public IReadOnlyCollection<string> Calls { get; set; } = Writes;

    /// <summary>Calls so far that count.</summary>
    public int Count { get; set; }

    /// <summary>Different things written so far, whatever number of calls it took.</summary>
    public int Met => _met.Count;

    /// <summary>How often it died.</summary>
    public int Deaths { get; private set; }

    /// <summary>True once it has died; the next process lives on.</summary>
    public bool IsDead { get; set; }

    /// <summary>True when nothing shall die any more: what is left is to be proven.</summary>
    public bool IsOver { get; set; }

    public bool HasHappened => Deaths > 0;

    /// <summary>Lets the process die at the next call of this name.</summary>
    public void Arm(string call, bool afterTheWrite)
    {
        (Calls, At, AfterIt, Count) = ([call], 1, afterTheWrite, 0);
    }

    /// <summary>Says what a call writes; throws <see cref="Crash"/> when the process dies of it.</summary>
    public void Meet(IEnumerable<string> writes)
    {
        lock (_gate)
        {
            var isNew = writes.Select(_met.Add).ToArray().Contains(true);
            var isDue = ++Count == At || (Everywhere && isNew);
            if (!isDue || IsOver)
            {
                return;
            }

            Deaths++;
            IsDead = true;
        }

        throw new Crash();
    }
}
