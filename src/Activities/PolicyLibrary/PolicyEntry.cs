namespace Relief.Flow.Activities.PolicyLibrary;

/// <summary>One version of a policy of one department, as people read it (救助政策库, S22). An approved one is never changed: the next version ends it.</summary>
public sealed record PolicyEntry
{
    /// <summary>The identifier.</summary>
    public required string Id { get; init; }

    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>When it was proposed.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who proposed it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>What the policy is called in all its versions.</summary>
    public required string Code { get; init; }

    /// <summary>Its version, from 1.</summary>
    public required int Version { get; init; }

    /// <summary>The class.</summary>
    public required PolicyClass Class { get; init; }

    /// <summary>The department that grants it: an organisation.</summary>
    public required string Department { get; init; }

    /// <summary>The title in Chinese.</summary>
    public required string Title { get; init; }

    /// <summary>The title in English.</summary>
    public string? TitleEn { get; init; }

    /// <summary>Who can get it.</summary>
    public required string Conditions { get; init; }

    /// <summary>The same in English.</summary>
    public string? ConditionsEn { get; init; }

    /// <summary>Where and how to apply.</summary>
    public required string HowToApply { get; init; }

    /// <summary>The same in English.</summary>
    public string? HowToApplyEn { get; init; }

    /// <summary>Relief categories for which it is meant; empty for everybody. A hint for those who advise, no decision.</summary>
    public string[] Categories { get; init; } = [];

    /// <summary>Where it is read out.</summary>
    public string? AudioUrl { get; init; }

    /// <summary>Where it is shown.</summary>
    public string? VideoUrl { get; init; }

    /// <summary>The document that it stands in.</summary>
    public required string Document { get; init; }

    /// <summary>The first day it holds.</summary>
    public required DateOnly ValidFrom { get; init; }

    /// <summary>The last; open when absent.</summary>
    public DateOnly? ValidTo { get; init; }

    /// <summary>Whether it holds.</summary>
    public required PolicyStatus Status { get; init; }

    /// <summary>Who approved it: never who proposed it.</summary>
    public string? ApprovedBy { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset? ApprovedAt { get; init; }
}
