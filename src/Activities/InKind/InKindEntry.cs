namespace Relief.Flow.Activities.InKind;

/// <summary>One line of the in-kind ledger: goods from a donor to a person, with a receipt. Append-only; no money of F1 to F8 moves with it.</summary>
public sealed record InKindEntry
{
    /// <summary>The identifier.</summary>
    public required string Id { get; init; }

    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>When the line was written.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who wrote it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>Who gave: a charity, a party branch.</summary>
    public required string DonorId { get; init; }

    /// <summary>What was given, such as 棉被.</summary>
    public required string Goods { get; init; }

    /// <summary>How many, above zero; below zero in a correction.</summary>
    public required decimal Quantity { get; init; }

    /// <summary>What all of it is worth in yuan, above zero; below zero in a correction.</summary>
    public required decimal Value { get; init; }

    /// <summary>The person who got it.</summary>
    public required string ReceiverId { get; init; }

    /// <summary>The receipt: its number or hash.</summary>
    public required string Receipt { get; init; }

    /// <summary>The day it was handed over.</summary>
    public required DateOnly GivenOn { get; init; }

    /// <summary>The order under which it was given.</summary>
    public required string OrderId { get; init; }

    /// <summary>The line that this one takes back.</summary>
    public string? CorrectsId { get; init; }

    /// <summary>The key it was written with.</summary>
    public required string IdemKey { get; init; }
}
