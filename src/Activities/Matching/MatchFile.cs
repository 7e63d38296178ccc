namespace Relief.Flow.Activities.Matching;

/// <summary>A partner's file that was read to its end.</summary>
public sealed record MatchFile
{
    /// <summary>The identifier.</summary>
    public required string Id { get; init; }

    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>When the row was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who made it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>The run.</summary>
    public required string RunId { get; init; }

    /// <summary>The organisation it is from.</summary>
    public required string Partner { get; init; }

    /// <summary>The data set.</summary>
    public required string DataSet { get; init; }

    /// <summary>Who compares.</summary>
    public required FileForm Form { get; init; }

    /// <summary>The partner's own name of this state of its data.</summary>
    public required string Version { get; init; }

    /// <summary>SHA-256 of its bytes, as lower-case hexadecimal: the same file again is this one.</summary>
    public required string ContentHash { get; init; }

    /// <summary>Rows that this file brought.</summary>
    public required int Accepted { get; init; }

    /// <summary>Rows that were there already.</summary>
    public required int Repeated { get; init; }

    /// <summary>Rows that were refused.</summary>
    public required int Refused { get; init; }
}
