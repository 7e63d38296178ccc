namespace Relief.Flow.Activities.Funds;

/// <summary>What a posting does to its account.</summary>
public enum LedgerEntryKind
{
    Allocate,
    Adjust,
    Reserve,
    Release,
    Commit,
    Spend,
    ClawBack,
    CarryOver
}
