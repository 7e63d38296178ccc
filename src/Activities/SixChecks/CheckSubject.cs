namespace Relief.Flow.Activities.SixChecks;

/// <summary>Somebody whom an item of a run looks at.</summary>
public sealed record CheckSubject
{
    /// <summary>The identifier.</summary>
    public required string Id { get; init; }

    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>When the row was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who made it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>The village.</summary>
    public required string AreaCode { get; init; }

    /// <summary>The item of the run.</summary>
    public required string SheetId { get; init; }

    /// <summary>The person.</summary>
    public required string PersonId { get; init; }

    /// <summary>What the records show already: noCare, notCovered, noTemporaryRelief, noMedicalRelief, kinNotFiled, needAssessmentMissing, agreementMissing, noFile, householdMissing; none when nothing.</summary>
    public string? Signal { get; init; }
}
