namespace Relief.Flow.Activities.Pairs;

/// <summary>A person and somebody who stands by them: a party member or a neighbour. Both sides have agreed before it is active (A50).</summary>
public sealed record Pair
{
    /// <summary>The identifier.</summary>
    public required string Id { get; init; }

    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>When the row was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who made it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>The order it answers.</summary>
    public required string OrderId { get; init; }

    /// <summary>The person.</summary>
    public required string PersonId { get; init; }

    /// <summary>Party member or neighbour.</summary>
    public required PairKind Kind { get; init; }

    /// <summary>Who stands by the person.</summary>
    public required string HelperId { get; init; }

    /// <summary>Whether it holds.</summary>
    public required PairStatus Status { get; init; }

    /// <summary>When the person agreed.</summary>
    public DateTimeOffset? PersonAgreedAt { get; init; }

    /// <summary>When the helper agreed.</summary>
    public DateTimeOffset? HelperAgreedAt { get; init; }

    /// <summary>The first day on which it holds.</summary>
    public DateOnly? PairedOn { get; init; }

    /// <summary>The last.</summary>
    public DateOnly? EndedOn { get; init; }

    /// <summary>Why it ended or was declined.</summary>
    public string? EndReason { get; init; }

    /// <summary>The day of the month on which the branch meets (党日).</summary>
    public int? PartyDay { get; init; }

    /// <summary>What is meant to be done in the year, or how the help is arranged.</summary>
    public string? Plan { get; init; }

    /// <summary>When the helper declared to take no money from the person.</summary>
    public DateTimeOffset? NoChargeAt { get; init; }

    /// <summary>The key it was made with.</summary>
    public required string IdemKey { get; init; }
}
