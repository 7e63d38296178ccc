namespace Relief.Flow.Activities.People;

/// <summary>Persons who live as one; its folder holds their personal files (X01).</summary>
public sealed record Household
{
    /// <summary>The identifier.</summary>
    public required string Id { get; init; }

    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>When the row was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who made it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>The head.</summary>
    public string? HeadPersonId { get; init; }

    /// <summary>The village.</summary>
    public required string AreaCode { get; init; }

    /// <summary>The dwelling.</summary>
    public string? HouseType { get; init; }

    /// <summary>The number on the folder.</summary>
    public required string FolderNumber { get; init; }
}
