namespace Relief.Flow.Activities.Matching;

/// <summary>What a hit may mean (P17).</summary>
public enum WarningClass
{
    /// <summary>A new need.</summary>
    A,

    /// <summary>A policy that passed somebody by.</summary>
    B,

    /// <summary>Relief whose ground is gone: death, prison, marriage, income.</summary>
    C,

    /// <summary>Wrong data.</summary>
    D
}
