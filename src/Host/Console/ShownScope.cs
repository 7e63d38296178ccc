using Microsoft.AspNetCore.Mvc;
using Relief.Flow.Activities.Areas;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Figures;
using Relief.Flow.Host.Relief;

namespace Relief.Flow.Host.Console;

/// <summary>Of where and when a page shows figures, as its address says.</summary>
internal sealed class ShownScope
{
    /// <summary>A county or township; the first that the visitor sees when it is not said.</summary>
    [FromQuery(Name = "area")] public string? Area { get; init; }

    /// <summary>2026-04, 2026-Q2 or 2026; this month when it is not said.</summary>
    [FromQuery(Name = "period")] public string? Period { get; init; }

    /// <summary>It, looked up; null when the visitor sees no figures, or not those.</summary>
    public async Task<ShownFigures?> Of(FigureDesk desk, HttpContext context)
    {
        var areas = await desk.Areas([AreaLevel.County, AreaLevel.Township], context.RequestAborted);
        if ((Area is null ? areas.OrderBy(area => area.Level).FirstOrDefault() : areas.FirstOrDefault(area => area.Code == Area)) is not { } found)
            return null;
        var span = ShownPeriod.Of(Period, ChinaTime.DayOf(Doorway.VisitorOf(context).Now));
        var (county, township) = found.Level == AreaLevel.Township ? (found.ParentCode!, found.Code) : (found.Code, null);
        var (scope, _) = await desk.ScopeOf(new AskedFigures(county, township, span.From, span.To), context.RequestAborted);
        return scope is null ? null : new ShownFigures(scope, found, areas, span);
    }
}

/// <summary>Figures that a page shows.</summary>
/// <param name="Scope">Of where and when.</param>
/// <param name="Area">The county or township.</param>
/// <param name="Areas">What the visitor may choose.</param>
/// <param name="Period">The month, quarter or year.</param>
public sealed record ShownFigures(FigureScope Scope, AreaUnit Area, IReadOnlyList<AreaUnit> Areas, ShownPeriod Period)
{
    public string Query => Doorway.Query(("area", Area.Code), ("period", Period.Text));
}
