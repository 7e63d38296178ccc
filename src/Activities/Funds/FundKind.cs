namespace Relief.Flow.Activities.Funds;

/// <summary>The eight sources of money (CZ-020 to CZ-027).</summary>
public enum FundKind
{
    F1,
    F2,
    F3,
    F4,
    F5,
    F6,
    F7,
    F8
}
