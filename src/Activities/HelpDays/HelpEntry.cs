namespace Relief.Flow.Activities.HelpDays;

/// <summary>One form of a desk: a number of leaflets or consultations, or the link to a real application, conference or mandate. Taken once, however often a device sends it.</summary>
public sealed record HelpEntry
{
    /// <summary>The identifier.</summary>
    public required string Id { get; init; }

    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>When it was taken in.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who wrote it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>The help day.</summary>
    public required string HelpDayId { get; init; }

    /// <summary>The desk.</summary>
    public required string DeskId { get; init; }

    /// <summary>What it is.</summary>
    public required HelpKind Kind { get; init; }

    /// <summary>How many; for leaflets and consultations alone.</summary>
    public int? Number { get; init; }

    /// <summary>The application, conference or mandate.</summary>
    public string? ObjectId { get; init; }

    /// <summary>The device's own key of the form.</summary>
    public required string DeviceKey { get; init; }

    /// <summary>When it was written, by the device's clock.</summary>
    public required DateTimeOffset DeviceAt { get; init; }
}
