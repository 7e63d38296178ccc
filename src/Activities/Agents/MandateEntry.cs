namespace Relief.Flow.Activities.Agents;

/// <summary>A call for help on behalf of a person, as it comes in.</summary>
public sealed record MandateEntry
{
    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>The village.</summary>
    public required string AreaCode { get; init; }

    /// <summary>Who is helped, by a reference.</summary>
    public required string PersonRef { get; init; }

    /// <summary>What is needed.</summary>
    public required string Wording { get; init; }

    /// <summary>The relative, by a reference.</summary>
    public string? RelativeRef { get; init; }

    /// <summary>The case at which help became necessary, when there is one (E19).</summary>
    public string? CaseId { get; init; }
}
