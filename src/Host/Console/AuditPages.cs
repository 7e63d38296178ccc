using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Relief.Flow.Activities.Audit;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Host.Relief;

namespace Relief.Flow.Host.Console;

/// <summary>The audit trail, searched by what, whom and when.</summary>
internal static class AuditPages
{
    private const int PerPage = 50;

    public static void MapAuditPages(this RouteGroupBuilder audit) => audit.MapGet("/", Search);

    private static async Task<IResult> Search(ReliefRecords records, HttpContext context, [AsParameters] AskedAudit asked)
    {
        await using var db = records.Reading();
        return Doorway.Page<AuditPageView>(context, new AuditModel(asked, await new AuditQueries(db).Search(asked.ToFilter(), asked.After, PerPage, context.RequestAborted)));
    }
}

/// <summary>What the search of the audit trail is restricted to, as its address says; what is no date is as if it were not said.</summary>
public sealed record AskedAudit
{
    [FromQuery(Name = "subject")] public string? Subject { get; init; }

    [FromQuery(Name = "what")] public string? What { get; init; }

    [FromQuery(Name = "by")] public string? By { get; init; }

    /// <summary>The first day, in China.</summary>
    [FromQuery(Name = "from")] public string? From { get; init; }

    /// <summary>The last day, in China.</summary>
    [FromQuery(Name = "to")] public string? To { get; init; }

    [FromQuery(Name = "after")] public string? After { get; init; }

    /// <summary>The same search, at another page.</summary>
    public string Query(string after) => Doorway.Query(("subject", Subject), ("what", What), ("by", By), ("from", From), ("to", To), ("after", after));

    public AuditFilter ToFilter() => new()
    {
        Subject = Subject, What = What, By = By,
        Since = Doorway.DayOf(From) is { } from ? ChinaTime.StartOf(from) : null,
        Until = Doorway.DayOf(To) is { } to ? ChinaTime.StartOf(to.AddDays(1)) : null
    };
}

/// <summary>A page of the audit trail.</summary>
public sealed record AuditModel(AskedAudit Asked, AuditPage Found)
{
    /// <summary>What is kept of a deed, as lines.</summary>
    public static IReadOnlyList<NamedValue> Details(AuditEvent one)
    {
        using var detail = JsonDocument.Parse(one.Detail);
        return detail.RootElement.ValueKind == JsonValueKind.Object
            ? [.. detail.RootElement.EnumerateObject().Select(member => NamedValue.Of(member.Name, member.Value)).Where(value => value.Text.Length > 0)]
            : [];
    }
}
