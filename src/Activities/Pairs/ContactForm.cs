namespace Relief.Flow.Activities.Pairs;

/// <summary>A contact as it is sent.</summary>
public sealed record ContactForm
{
    private static readonly string[] Kinds = ["Visit", "Call", "PartyDay"];

    /// <summary>The day; without it today.</summary>
    public DateOnly? ContactedOn { get; init; }

    /// <summary>Visit, Call or PartyDay.</summary>
    public string? Kind { get; init; }

    /// <summary>What was done.</summary>
    public string? Content { get; init; }

    /// <summary>What the person was found to need.</summary>
    public string? NeedsFound { get; init; }

    /// <summary>What was solved.</summary>
    public string? Solved { get; init; }

    /// <summary>What was given.</summary>
    public GoodsGiven? Goods { get; init; }

    /// <summary>Who sends it.</summary>
    public string? By { get; init; }

    /// <summary>What is wrong with it on a day for a pair; null when nothing is.</summary>
    public string? FaultOf(Pair pair, DateOnly today) =>
        pair.Status != PairStatus.Active ? "NotPaired"
        : ContactedOn is { } day && (day > today || day < pair.PairedOn) ? "DayOutsidePair"
        : !Kinds.Contains(Kind) ? "UnknownKind"
        : string.IsNullOrWhiteSpace(Content) ? "NoContent"
        : Goods?.Problem;
}
