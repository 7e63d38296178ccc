using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Relief.Flow.Activities;
using Relief.Flow.Activities.Areas;
using Relief.Flow.Activities.Figures;
using Relief.Flow.Activities.Guidance;
using Relief.Flow.Host.Access;
using Relief.Flow.Host.Answers;

namespace Relief.Flow.Host.Relief;

/// <summary>Says whose figures somebody sees, for the API and the pages: those of their areas, and a city's guide those of its counties.</summary>
/// <remarks>A figure is the same for everybody who sees it: whoever may not see an area whole is told that it is not there, and never shown a part of it as if it were all.</remarks>
internal sealed class FigureDesk(ReliefRecords records, Visibility visibility)
{
    private const int LongestYears = 10;

    public ReliefRecords Records => records;

    /// <summary>Whether the figures of an area are theirs to see.</summary>
    public bool Sees(string areaCode) => visibility.Current?.SeesFiguresOf(areaCode) ?? true;

    /// <summary>Whether they guide a city: its own guides, and who watches everything.</summary>
    public bool Guides(string cityCode) => visibility.Current is not { } view || view.Guided.Contains(cityCode);

    /// <summary>The counties of a city that they guide; null when it is none of theirs.</summary>
    public async Task<IReadOnlyList<AreaUnit>?> Guided(string cityCode, CancellationToken cancellationToken)
    {
        if (!Guides(cityCode))
            return null;
        await using var db = records.ReadingAll();
        return await new CityQueries(db).Counties(cityCode, cancellationToken) is { Count: > 0 } counties ? counties : null;
    }

    /// <summary>404 for what is no city of theirs.</summary>
    public static ProblemHttpResult NoCity() => Refusal.Of(404, "city.notFound", "There is no such city, or it is not yours to guide.");

    /// <summary>The areas of these levels whose figures they see, by code.</summary>
    public async Task<IReadOnlyList<AreaUnit>> Areas(IReadOnlyList<AreaLevel> levels, CancellationToken cancellationToken)
    {
        await using var db = records.ReadingAll();
        return [.. (await new AreaQueries(db).AboveVillages(cancellationToken)).Where(area => levels.Contains(area.Level) && Sees(area.Code))];
    }

    /// <summary>The scope that is asked for, or why it cannot be.</summary>
    public async Task<(FigureScope? Scope, ProblemHttpResult? Refused)> ScopeOf(AskedFigures asked, CancellationToken cancellationToken)
    {
        var fields = new Fields()
            .Check("county", asked.County is { Length: > 0 }, "The county's code.")
            .Check("from", asked.From is { Year: >= 2000 and <= 2200 }, "The first day, from 2000 on.")
            .Check("to", asked.To >= asked.From && asked.To < asked.From?.AddYears(LongestYears), "The last day, not before the first; at most ten years.");
        if (fields.Refused is { } refused)
            return (null, refused);
        await using var db = records.ReadingAll();
        var areas = new AreaQueries(db);
        if (await areas.ChainOf(asked.County!, cancellationToken) is not [{ Level: AreaLevel.County }, ..] || !Sees(asked.Township ?? asked.County!))
            return (null, NoArea());
        var scope = new FigureScope(asked.County!, asked.From!.Value, asked.To!.Value);
        if (asked.Township is not { } township)
            return (scope, null);
        return (await areas.CodesAbove(township, cancellationToken)).Contains(asked.County!) && township != asked.County
            ? (scope with { Areas = [.. await areas.CodesUnder(township, cancellationToken)] }, null)
            : (null, NoArea());
    }

    /// <summary>The same with the records to reckon from.</summary>
    public async Task<T> Reckon<T>(Func<FigureQueries, CancellationToken, Task<T>> reckon, CancellationToken cancellationToken)
    {
        await using var db = records.ReadingAll();
        return await reckon(new FigureQueries(db), cancellationToken);
    }

    /// <summary>A number as a figure of its unit is written.</summary>
    public static string Text(Figure figure, decimal? value) => value is not { } number ? "–" : figure.Unit switch
    {
        FigureUnit.Share => (number * 100).ToString("0.##", CultureInfo.InvariantCulture) + " %",
        FigureUnit.Yuan => number.ToString("N2", CultureInfo.InvariantCulture),
        _ => number.ToString("#,0.##", CultureInfo.InvariantCulture)
    };

    private static ProblemHttpResult NoArea() => Refusal.Of(404, "figure.areaNotFound", "There is no such area, or its figures are not yours to see; name a township of yours.");
}

/// <summary>Of where and when figures are asked.</summary>
public sealed record AskedFigures(string? County, string? Township, DateOnly? From, DateOnly? To);
