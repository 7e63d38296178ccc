namespace Relief.Flow.Activities.Appeals;

/// <summary>What an appeal is against, as it stands.</summary>
/// <param name="CountyCode">The county.</param>
/// <param name="AreaCode">The township, or the county where it decided.</param>
/// <param name="Until">The last day in time; null while it was not delivered.</param>
public sealed record AppealTarget(string CountyCode, string AreaCode, DateOnly? Until)
{
    /// <summary>The case, when it is about one.</summary>
    public string? CaseId { get; init; }

    /// <summary>Its person.</summary>
    public string? PersonId { get; init; }

    /// <summary>The supplier, about money.</summary>
    public string? SupplierId { get; init; }

    /// <summary>The neighbour, about a subsidy.</summary>
    public string? HelperId { get; init; }

    /// <summary>Who decided.</summary>
    public IReadOnlyList<string> Deciders { get; init; } = [];
}
