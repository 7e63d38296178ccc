namespace Relief.Flow.Activities.Conferences;

/// <summary>A unit that is invited to a conference at a level.</summary>
public sealed record ConferenceUnit
{
    /// <summary>The identifier.</summary>
    public required string Id { get; init; }

    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>When it was invited.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who invited it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>The conference.</summary>
    public required string ConferenceId { get; init; }

    /// <summary>The level.</summary>
    public required ConferenceLevel Level { get; init; }

    /// <summary>The organisation.</summary>
    public required string UnitCode { get; init; }
}

/// <summary>What a unit says at one convening; it is never changed (INV-22).</summary>
public sealed record UnitOpinion
{
    /// <summary>The identifier.</summary>
    public required string Id { get; init; }

    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>When it was said.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who spoke for the unit.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>The conference.</summary>
    public required string ConferenceId { get; init; }

    /// <summary>The convening.</summary>
    public required int Convening { get; init; }

    /// <summary>The unit.</summary>
    public required string UnitCode { get; init; }

    /// <summary>Whether it takes part.</summary>
    public required bool Present { get; init; }

    /// <summary>Whether whoever speaks for it declares a conflict of interest (E09): it neither votes nor counts for the quorum.</summary>
    public required bool Conflict { get; init; }

    /// <summary>What its policy says and allows.</summary>
    public string? Policy { get; init; }

    /// <summary>Up to how many yuan it may act by itself.</summary>
    public required decimal UpTo { get; init; }
}

/// <summary>One unit's vote in one round; it is never changed or taken back (INV-22).</summary>
public sealed record UnitVote
{
    /// <summary>The identifier.</summary>
    public required string Id { get; init; }

    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>When it was cast.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who voted for the unit.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>The conference.</summary>
    public required string ConferenceId { get; init; }

    /// <summary>The convening.</summary>
    public required int Convening { get; init; }

    /// <summary>The round.</summary>
    public required int Round { get; init; }

    /// <summary>The unit.</summary>
    public required string UnitCode { get; init; }

    /// <summary>The vote.</summary>
    public required Ballot Ballot { get; init; }

    /// <summary>The written authority of who votes in somebody's place.</summary>
    public string? Proxy { get; init; }
}

/// <summary>What a unit may vote.</summary>
public enum Ballot
{
    Yes,
    No,
    Abstain
}
