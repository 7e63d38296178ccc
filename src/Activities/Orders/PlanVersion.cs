namespace Relief.Flow.Activities.Orders;

/// <summary>One version of an order's service plan.</summary>
public sealed record PlanVersion
{
    /// <summary>The identifier.</summary>
    public required string Id { get; init; }

    /// <summary>The order.</summary>
    public required string OrderId { get; init; }

    /// <summary>From 1.</summary>
    public required int Version { get; init; }

    /// <summary>What it is to reach.</summary>
    public required string Goals { get; init; }

    /// <summary>When visits take place, as JSON.</summary>
    public required string ScheduleRule { get; init; }

    /// <summary>Whether it is agreed.</summary>
    public required PlanStatus Status { get; init; }

    /// <summary>Who drafted it.</summary>
    public required string SubmittedBy { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset SubmittedAt { get; init; }

    /// <summary>Who agreed to it for the person.</summary>
    public string? AgreedBy { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset? AgreedAt { get; init; }

    /// <summary>Why it was returned.</summary>
    public string? ReturnReason { get; init; }

    /// <summary>From which day it holds; from the order's beginning when absent.</summary>
    public DateOnly? ValidFrom { get; init; }
}
