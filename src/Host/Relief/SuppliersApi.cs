using Microsoft.AspNetCore.Http.HttpResults;
using Relief.Flow.Activities;
using Relief.Flow.Activities.Archive;
using Relief.Flow.Activities.Covers;
using Relief.Flow.Activities.Suppliers;
using Relief.Flow.Host.Access;
using Relief.Flow.Host.Answers;
using Relief.Flow.Workflows;
using Relief.Flow.Workflows.Runtime;

namespace Relief.Flow.Host.Relief;

/// <summary>Who is listed to deliver; a body applies and the county lists it. Where it is paid stands in no answer.</summary>
internal static class SuppliersApi
{
    public static void MapSuppliers(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/suppliers").WithTags("Suppliers").RequireAuthorization(Policies.See);
        group.MapGet("/", List).WithSummary("A county's suppliers, by id");
        group.MapGet("/{id}", Find).WithSummary("A supplier").Refuses(404);
        group.MapGet("/{id}/files", Files).WithSummary("A supplier's files, by ascending service number");
        group.MapGet("/{id}/covers", Covers).WithSummary("Who goes on with the orders of a supplier that leaves, and how many hours each was without service");
        group.MapPost("/{id}/exit", Exit).WithSummary("Announce that a supplier leaves; each of its orders gets cover within two working days").RequireAuthorization(Policies.Start).Begins();
        group.MapPost("/", Apply).WithSummary("Propose a supplier for the county's list").RequireAuthorization(Policies.Start).Begins();
    }

    private static async Task<Ok<Listing<ListedSupplier>>> List(ReliefRecords records, string county, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        return TypedResults.Ok(new Listing<ListedSupplier>([.. (await new SupplierQueries(db).In(county, cancellationToken)).Select(Shown)]));
    }

    private static async Task<Results<Ok<ListedSupplier>, ProblemHttpResult>> Find(ReliefRecords records, string id, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        return await new SupplierQueries(db).Find(id, cancellationToken) is { } found
            ? TypedResults.Ok(Shown(found))
            : Refusal.Of(404, "supplier.notFound", "There is no such supplier.");
    }

    private static async Task<Ok<Listing<ArchiveFile>>> Files(ReliefRecords records, string id, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        return TypedResults.Ok(new Listing<ArchiveFile>(await new ArchiveQueries(db).Index(id, cancellationToken)));
    }

    private static async Task<Ok<Listing<OrderCover>>> Covers(ReliefRecords records, string id, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        return TypedResults.Ok(new Listing<OrderCover>(await new CoverBook(db).Of(id, cancellationToken)));
    }

    private static async Task<IResult> Exit(ReliefRecords records, string id, LeavingSupplier body, HttpContext context, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        if (await new SupplierQueries(db).Find(id, cancellationToken) is null)
            return Refusal.Of(404, "supplier.notFound", "There is no such supplier.");
        if (new Fields().Check("lastDay", body.LastDay is not null, "The last day of its services.").Refused is { } refused)
            return refused;
        var by = context.User.By();
        var input = new { supplierId = id, lastDay = $"{body.LastDay:yyyy-MM-dd}", by };
        return await records.Flows.Begin(
            new StartInstance("procedure.supplier.exit", FlowJson.Of(input), by) { BusinessKey = "supplier-exit:" + id, InstanceId = InstanceIds.Of($"supplier-exit:{id}:{body.LastDay:yyyy-MM-dd}") }, context, cancellationToken);
    }

    private static async Task<IResult> Apply(ReliefRecords records, SupplierForm body, HttpContext context, CancellationToken cancellationToken)
    {
        var fields = new Fields();
        foreach (var missing in body.Missing())
            fields.Add(missing, "It is needed.");
        if (fields.Refused is { } refused)
            return refused;
        var input = new { supplier = body, by = context.User.By() };
        return await records.Flows.Begin(
            new StartInstance("procedure.supplier", FlowJson.Of(input), input.by) { BusinessKey = "supplier:" + body.Id }, context, cancellationToken);
    }

    private static ListedSupplier Shown(Supplier row) =>
        new(row.Id, row.CountyCode, row.Name, row.Status, row.Items, row.Areas, row.Capacity, row.Rating, row.LicenceUntil, row.AgreementFrom, row.AgreementTo);
}

/// <summary>A supplier as it is shown.</summary>
/// <param name="Items">The codes of the items it is listed for.</param>
/// <param name="Areas">The areas it serves, each with all below it.</param>
/// <param name="Capacity">How many active orders it can carry.</param>
/// <param name="Rating">The quality score, 0 to 5.</param>
public sealed record ListedSupplier(
    string Id, string CountyCode, string Name, SupplierStatus Status, IReadOnlyList<string> Items, IReadOnlyList<string> Areas,
    int Capacity, decimal Rating, DateOnly? LicenceUntil, DateOnly? AgreementFrom, DateOnly? AgreementTo);

/// <summary>That a supplier leaves.</summary>
/// <param name="LastDay">The last day of its services.</param>
public sealed record LeavingSupplier(DateOnly? LastDay);
