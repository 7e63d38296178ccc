namespace Relief.Flow.Activities.Guidance;

/// <summary>The city asks a county, or a township of it, about a figure or a duty that is overdue (催办, CZ-158). It is answered by one of theirs and judged by the city.</summary>
public sealed record Urging
{
    /// <summary>The identifier.</summary>
    public required string Id { get; init; }

    /// <summary>The county that is asked.</summary>
    public required string CountyCode { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who asked.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>The city.</summary>
    public required string CityCode { get; init; }

    /// <summary>The township, when it is asked itself.</summary>
    public string? TownshipCode { get; init; }

    /// <summary>The figure it is about, by its key; what it comes to is reckoned whenever it is looked at.</summary>
    public string? Figure { get; init; }

    /// <summary>The first day of the figure.</summary>
    public DateOnly? PeriodFrom { get; init; }

    /// <summary>The last.</summary>
    public DateOnly? PeriodTo { get; init; }

    /// <summary>What is asked, without a name.</summary>
    public required string Wording { get; init; }

    /// <summary>Where it stands.</summary>
    public required UrgingStatus Status { get; init; }

    /// <summary>How often it was asked.</summary>
    public required int Round { get; init; }

    /// <summary>What was answered last.</summary>
    public string? Answer { get; init; }

    /// <summary>Who answered.</summary>
    public string? AnsweredBy { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset? AnsweredAt { get; init; }

    /// <summary>Who of the city judged the answer.</summary>
    public string? JudgedBy { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset? JudgedAt { get; init; }

    /// <summary>What the city says about it.</summary>
    public string? Judgement { get; init; }

    /// <summary>Who is asked: the township, or the county.</summary>
    public string Asked => TownshipCode ?? CountyCode;

    /// <summary>The audit chain.</summary>
    public static string Chain(string id) => "urging:" + id;
}

/// <summary>Where an urging stands.</summary>
public enum UrgingStatus
{
    Asked,
    Answered,
    Settled
}
