namespace Relief.Flow.Activities.Matching;

/// <summary>A row that was refused: where and why, and nothing of what stood in it.</summary>
public sealed record MatchRefusal
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

    /// <summary>The file.</summary>
    public required string FileId { get; init; }

    /// <summary>The line of the file, its heading being 1.</summary>
    public required int Line { get; init; }

    /// <summary>The column by its name here; <c>row</c> when it is about the whole.</summary>
    public required string Field { get; init; }

    /// <summary>A stable code: missing, malformed, tooShort, future, unknownArea, columns, tooLong, quote, isNumber.</summary>
    public required string Reason { get; init; }
}
