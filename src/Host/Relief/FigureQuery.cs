using Microsoft.AspNetCore.Mvc;

namespace Relief.Flow.Host.Relief;

/// <summary>Of where and when figures are asked, as an address says it.</summary>
internal sealed class FigureQuery
{
    /// <summary>The county.</summary>
    [FromQuery(Name = "county")] public string? County { get; init; }

    /// <summary>A township or village of it; left out for the whole county.</summary>
    [FromQuery(Name = "township")] public string? Township { get; init; }

    /// <summary>The first day.</summary>
    [FromQuery(Name = "from")] public DateOnly? From { get; init; }

    /// <summary>The last.</summary>
    [FromQuery(Name = "to")] public DateOnly? To { get; init; }

    public AskedFigures ToAsked() => new(County, Township, From, To);
}
