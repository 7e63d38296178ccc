namespace Relief.Flow.Activities.Archive;

/// <summary>One person's file with whoever keeps it: the supplier, or the township where none is bought from (X01).</summary>
public sealed record ArchiveFile
{
    /// <summary>The identifier.</summary>
    public required string Id { get; init; }

    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>When the row was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who made it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>The case.</summary>
    public required string CaseId { get; init; }

    /// <summary>The service number; the index is sorted by it.</summary>
    public required string ServiceNo { get; init; }

    /// <summary>The person.</summary>
    public required string PersonId { get; init; }

    /// <summary>Who keeps it: a supplier's id, or a township's area code.</summary>
    public required string SupplierId { get; init; }

    /// <summary>The household folder in which it lies; the service number where it lies alone.</summary>
    public string? FolderNumber { get; init; }

    /// <summary>Whether it is complete.</summary>
    public required ArchiveStatus Status { get; init; }

    /// <summary>When it was sealed.</summary>
    public DateTimeOffset? SealedAt { get; init; }
}
