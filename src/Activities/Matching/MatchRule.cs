namespace Relief.Flow.Activities.Matching;

/// <summary>What a partner's data set means: one line of a version of the county's rules. A version is never changed; a run keeps the one it began with.</summary>
public sealed record MatchRule
{
    /// <summary>The kind whose hits pause services until a person has looked (README 0.2b).</summary>
    public const string Death = "death";

    /// <summary>The identifier.</summary>
    public required string Id { get; init; }

    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>When the row was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who made it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>The version of the county's rules, from 1.</summary>
    public required int Version { get; init; }

    /// <summary>The organisation that hands the data in.</summary>
    public required string Partner { get; init; }

    /// <summary>The code of the data set.</summary>
    public required string DataSet { get; init; }

    /// <summary>What it is about: death, marriage, income, disability …; hits of one kind suppress each other.</summary>
    public required string Kind { get; init; }

    /// <summary>What a hit may mean.</summary>
    public required WarningClass Warning { get; init; }

    /// <summary>1 to 3; 3 weighs most.</summary>
    public required int Severity { get; init; }

    /// <summary>What whoever looks is to find out, in words that give no illness away.</summary>
    public required string Ask { get; init; }

    /// <summary>What the data is used for.</summary>
    public required string Purpose { get; init; }

    /// <summary>By which law or agreement it may be.</summary>
    public required string LegalBasis { get; init; }
}
