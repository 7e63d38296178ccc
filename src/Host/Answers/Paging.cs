using Microsoft.AspNetCore.Mvc;

namespace Relief.Flow.Host.Answers;

/// <summary>Which page of a list.</summary>
internal sealed class Paging
{
    /// <summary>What an earlier page returned as <c>next</c>.</summary>
    [FromQuery(Name = "after")] public string? After { get; init; }

    /// <summary>At most 100; 50 when not said.</summary>
    [FromQuery(Name = "take")] public int? Take { get; init; }
}
