using Microsoft.AspNetCore.Http.HttpResults;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Decisions;
using Relief.Flow.Host.Access;
using Relief.Flow.Host.Answers;

namespace Relief.Flow.Host.Relief;

/// <summary>The routing table of a county: which pathways answer which need (CZ-009, workflows.md 3.2.0). Changed by two people, a version at a time.</summary>
/// <remarks>No person stands in it: everybody who works here may read it. A version is decided by those of its county.</remarks>
internal static class RoutingApi
{
    public static void MapRouting(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/routing-table").WithTags("Relief").RequireAuthorization(Policies.See);
        group.MapGet("/", Read).WithSummary("The table that holds in a county on a day, and the words its conditions may use");
        group.MapGet("/versions", Versions).WithSummary("A county's versions with who proposed and decided them, newest first");
        group.MapPost("/versions", Propose).WithSummary("Propose a table, whole; another person approves it")
            .WithDescription("Needs that were assessed keep what they were proposed.")
            .RequireAuthorization(Policies.Govern).WithMetadata(Repeatable.Kept).Refuses(422);
        group.MapPost("/versions/{id}/decision", Decide).WithSummary("Approve or refuse a proposed table; not by who proposed it")
            .RequireAuthorization(Policies.Govern).WithMetadata(Repeatable.Kept).Refuses(404, 409, 422);
        routes.MapGet("/cases/{id}/routing", OfCase).WithTags("Relief").RequireAuthorization(Policies.See)
            .WithSummary("What the table proposed for each need of a case, by which rows, and what was chosen instead and why");
    }

    private static async Task<Ok<RoutingInForce>> Read(ReliefRecords records, string county, DateOnly? on, CancellationToken cancellationToken)
    {
        await using var db = records.ReadingAll();
        var (day, queries) = (on ?? ChinaTime.DayOf(await records.Now(cancellationToken)), new RoutingQueries(db));
        var table = await queries.On(county, day, cancellationToken);
        return TypedResults.Ok(new RoutingInForce(county, day, table.Version, table.Otherwise, table.Rows, RoutingFacts.With(await queries.Families(county, cancellationToken))));
    }

    private static async Task<Ok<Listing<RoutingVersionView>>> Versions(ReliefRecords records, string county, CancellationToken cancellationToken)
    {
        await using var db = records.ReadingAll();
        return TypedResults.Ok(new Listing<RoutingVersionView>([.. (await new RoutingQueries(db).Versions(county, cancellationToken)).Select(RoutingVersionView.Of)]));
    }

    private static async Task<Results<Created<RoutingVersionView>, ProblemHttpResult>> Propose(RoutingDesk desk, NewRoutingTable body, HttpContext context, CancellationToken cancellationToken) =>
        await desk.Propose(body, await desk.Records.DeedOf(context, cancellationToken), cancellationToken);

    private static async Task<Results<Ok<RoutingVersionView>, ProblemHttpResult>> Decide(RoutingDesk desk, string id, RoutingDecision body, HttpContext context, CancellationToken cancellationToken) =>
        await desk.Decide(id, body, await desk.Records.DeedOf(context, cancellationToken), cancellationToken);

    private static async Task<Ok<Listing<NeedRoutingView>>> OfCase(ReliefRecords records, string id, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        return TypedResults.Ok(new Listing<NeedRoutingView>([.. (await new RoutingQueries(db).Of(id, cancellationToken)).Select(NeedRoutingView.Of)]));
    }
}

/// <summary>The table that holds.</summary>
/// <param name="Version">The county's version, or the one that ships with the product.</param>
/// <param name="Otherwise">P16 or P28: what begins for a need that nothing fits and that is not granted.</param>
/// <param name="Facts">The words that conditions may use.</param>
public sealed record RoutingInForce(string County, DateOnly On, string Version, string Otherwise, IReadOnlyList<RoutingRow> Rows, IReadOnlyList<string> Facts);

/// <summary>A table as it is proposed, whole.</summary>
/// <param name="Otherwise">P16 or P28.</param>
/// <param name="Rows">In order.</param>
/// <param name="ValidFrom">The first day; what holds before it ends the day before.</param>
/// <param name="Basis">The document that it rests on.</param>
public sealed record NewRoutingTable(string? CountyCode, string? Otherwise, IReadOnlyList<NewRoutingRow>? Rows, DateOnly? ValidFrom, string? Basis);

/// <summary>A row as it is proposed.</summary>
/// <param name="Code">Its name within the table.</param>
/// <param name="Name">What it says, in words.</param>
/// <param name="All">All of these hold.</param>
/// <param name="Any">Any of these holds, unless the list is empty.</param>
/// <param name="None">None of these holds.</param>
/// <param name="Propose">M1 to M7.</param>
/// <param name="Extras">What may be added: M1 to M7, doorbell.</param>
/// <param name="Forbid">Pathways that may not be chosen, each with its reason.</param>
/// <param name="Fallback">True when it speaks only where no row before it has proposed anything.</param>
public sealed record NewRoutingRow(
    string? Code, string? Name, IReadOnlyList<string>? All, IReadOnlyList<string>? Any, IReadOnlyList<string>? None, IReadOnlyList<string>? Propose, IReadOnlyList<string>? Extras,
    IReadOnlyList<RoutingBan>? Forbid, bool Fallback, DateOnly? ValidFrom, DateOnly? ValidTo)
{
    /// <summary>The row, to be looked through.</summary>
    public RoutingRow ToRow() => new()
    {
        Code = Code ?? "", Name = Name ?? "", All = Words(All), Any = Words(Any), None = Words(None), Propose = Words(Propose), Extras = Words(Extras), Forbid = [.. (Forbid ?? []).OfType<RoutingBan>()],
        Fallback = Fallback, ValidFrom = ValidFrom, ValidTo = ValidTo
    };

    /// <summary>A row that stands, to be proposed again.</summary>
    public static NewRoutingRow Of(RoutingRow row) =>
        new(row.Code, row.Name, row.All, row.Any, row.None, row.Propose, row.Extras, row.Forbid, row.Fallback, row.ValidFrom, row.ValidTo);

    private static IReadOnlyList<string> Words(IReadOnlyList<string>? words) => [.. (words ?? []).Select(word => word ?? "")];
}

/// <summary>What a second person says to a proposed table.</summary>
/// <param name="Reason">Why it is refused.</param>
public sealed record RoutingDecision(bool? Approved, string? Reason);

/// <summary>A version of a county's table.</summary>
public sealed record RoutingVersionView(
    string Id, int Version, RoutingStatus Status, DateOnly ValidFrom, DateOnly? ValidTo, string Otherwise, IReadOnlyList<RoutingRow> Rows, string Basis, string ProposedBy, DateTimeOffset ProposedAt,
    string? DecidedBy, DateTimeOffset? DecidedAt, string? Reason)
{
    /// <summary>It as it is shown.</summary>
    public static RoutingVersionView Of(RoutingVersion row) => new(
        row.Id, row.Version, row.Status, row.ValidFrom, row.ValidTo, row.Otherwise, row.ToTable().Rows, row.Basis, row.CreatedBy, row.CreatedAt, row.DecidedBy, row.DecidedAt, row.Reason);
}

/// <summary>What the table said to a need, and what was chosen of it.</summary>
/// <param name="Proposal">The pathways with the rows that fired, and what they forbid.</param>
/// <param name="Chosen">The pathways chosen; empty when the need was not granted, null while nobody has chosen.</param>
/// <param name="Because">Why something else was chosen.</param>
public sealed record NeedRoutingView(
    string NeedItemId, int Sequence, string TableVersion, string Otherwise, RoutingProposal Proposal, IReadOnlyList<string>? Chosen, string? Because, string By, DateTimeOffset At)
{
    /// <summary>It as it is shown.</summary>
    public static NeedRoutingView Of(NeedRouting row) =>
        new(row.NeedItemId, row.Sequence, row.TableVersion, row.Otherwise, row.ToProposal(), row.IsChosen ? row.Chosen : null, row.Because, row.CreatedBy, row.CreatedAt);
}
