using Microsoft.AspNetCore.Mvc;
using Relief.Flow.Activities.Rounds;

namespace Relief.Flow.Host.Relief;

/// <summary>Which visits are wanted; all unless something is named.</summary>
internal sealed class WantedVisits
{
    /// <summary>Of a round.</summary>
    [FromQuery(Name = "round")] public string? Round { get; init; }

    /// <summary>Of a village.</summary>
    [FromQuery(Name = "area")] public string? Area { get; init; }

    /// <summary>Of a person.</summary>
    [FromQuery(Name = "person")] public string? Person { get; init; }

    /// <summary>Of the cell that somebody has today.</summary>
    [FromQuery(Name = "worker")] public string? Worker { get; init; }

    /// <summary>Of one state.</summary>
    [FromQuery(Name = "status")] public HomeVisitStatus? Status { get; init; }
}
