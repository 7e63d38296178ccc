using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Relief.Flow.Activities.Audit;
using Relief.Flow.Host.Access;
using Relief.Flow.Host.Answers;
using Relief.Flow.Host.Relief;

namespace Relief.Flow.Host.Audit;

/// <summary>Search the audit trail.</summary>
internal static class AuditApi
{
    public static void MapAudit(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/audit", Search).WithTags("Audit").WithSummary("Who did what to what, the latest first").RequireAuthorization(Policies.Audit).Refuses(422);

    private static async Task<Results<Ok<AuditPage>, ProblemHttpResult>> Search(ReliefRecords records, [AsParameters] AuditListing asked, CancellationToken cancellationToken)
    {
        var fields = new Fields()
            .Check("take", asked.Take is null or (>= 1 and <= AuditQueries.MaxTake), $"1 to {AuditQueries.MaxTake}.")
            .Check("after", string.IsNullOrEmpty(asked.After) || AuditQueries.IsPlace(asked.After), "Give what an earlier page returned as next.");
        if (fields.Refused is { } refused)
            return refused;
        await using var db = records.Reading();
        return TypedResults.Ok(await new AuditQueries(db).Search(asked.ToFilter(), asked.After, asked.Take ?? 50, cancellationToken));
    }
}

/// <summary>What a search of the audit trail may be restricted to.</summary>
internal sealed record AuditListing
{
    /// <summary>A chain such as <c>case:…</c>, or the chains of a kind: <c>case</c>.</summary>
    [FromQuery(Name = "subject")] public string? Subject { get; init; }

    /// <summary>The deed, e.g. <c>CaseAccepted</c>.</summary>
    [FromQuery(Name = "what")] public string? What { get; init; }

    [FromQuery(Name = "by")] public string? By { get; init; }

    /// <summary>At or after.</summary>
    [FromQuery(Name = "since")] public DateTimeOffset? Since { get; init; }

    /// <summary>Before.</summary>
    [FromQuery(Name = "until")] public DateTimeOffset? Until { get; init; }

    [FromQuery(Name = "after")] public string? After { get; init; }

    [FromQuery(Name = "take")] public int? Take { get; init; }

    public AuditFilter ToFilter() => new() { Subject = Subject, What = What, By = By, Since = Since, Until = Until };
}
