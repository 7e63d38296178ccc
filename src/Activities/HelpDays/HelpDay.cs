namespace Relief.Flow.Activities.HelpDays;

/// <summary>A central help day (集中帮办日, P30): a place, a day, desks with their teams. What it came to is the sum of what stands linked to it, never a number somebody wrote.</summary>
public sealed record HelpDay
{
    /// <summary>The identifier.</summary>
    public required string Id { get; init; }

    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>When it was planned.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who planned it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>The township or village where it is.</summary>
    public required string AreaCode { get; init; }

    /// <summary>The place in words.</summary>
    public required string Place { get; init; }

    /// <summary>The day.</summary>
    public required DateOnly HeldOn { get; init; }

    /// <summary>Where it stands.</summary>
    public required HelpDayStatus Status { get; init; }

    /// <summary>When its evening's reconciliation was done.</summary>
    public DateTimeOffset? ReconciledAt { get; init; }

    /// <summary>By whom.</summary>
    public string? ReconciledBy { get; init; }

    /// <summary>When the last of its follow-up list was closed.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>The audit chain of a help day, and what its instance is about.</summary>
    public static string Chain(string id) => "help-day:" + id;
}
