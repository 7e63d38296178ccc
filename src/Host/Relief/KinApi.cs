using Microsoft.AspNetCore.Http.HttpResults;
using Relief.Flow.Activities.Areas;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Kin;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Host.Access;
using Relief.Flow.Host.Answers;
using Relief.Flow.Workflows;
using Relief.Flow.Workflows.Runtime;

namespace Relief.Flow.Host.Relief;

/// <summary>Close relatives of those who work on relief (亲属备案, P27): declaring them, saying that somebody is one, filings and the year's report. Nothing of it is public.</summary>
internal static class KinApi
{
    private static readonly string[] Relations = ["kin", "sameHousehold", "employer", "supplierOwner"];

    public static void MapKin(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("").WithTags("Oversight").RequireAuthorization(Policies.See);
        group.MapPost("/kin-declarations", Declare).WithSummary("Somebody who works on relief or in a village committee declares their close relatives, or that they have none; open cases that it meets are filed")
            .WithDescription("Of a relative a pseudonym of the ID number and the relation are kept, nothing else. Who acts declares; an application names the person for whom it acts.")
            .RequireAuthorization(Policies.Work).WithMetadata(Repeatable.Kept).Refuses(403, 409, 422);
        group.MapGet("/kin-declarations", Declarations).WithSummary("A county's declarations of a year, newest first; who declared sees their own");
        group.MapPost("/kin-filings", Begin).WithSummary("Say that a member of staff is kin of a case's person: at the start of a task, by a check, by a complaint")
            .RequireAuthorization(Policies.Work).Begins();
        group.MapGet("/kin-filings", List).WithSummary("A county's filings, newest first; only the open ones when asked");
        group.MapGet("/kin-filings/report", Report).WithSummary("A county's year: declarations in time, late and missing, hits, filings, decisions looked at again").Refuses(422);
        group.MapGet("/kin-filings/{id}", Find).WithSummary("A filing: who, which relation, which case, filed when, and what the county said").Refuses(404);
    }

    private static async Task<Results<Ok<DeclaredKin>, ProblemHttpResult>> Declare(ReliefRecords records, KinDeclared body, HttpContext context, CancellationToken cancellationToken)
    {
        var fields = new Fields()
            .Check("relatives", body.Relatives is { Count: <= 100 }, "The relatives, 100 at most; an empty list says that there are none.");
        foreach (var (relative, index) in (body.Relatives ?? []).Select((relative, index) => (relative, index)))
        {
            fields.Check($"relatives[{index}].idNumber", relative?.IdNumber?.Trim() is { Length: 18 } number && PersonReference.IsNumber(number), "The ID number, 18 characters.")
                .Check($"relatives[{index}].relation", Relations.Contains(relative?.Relation), $"One of {string.Join(", ", Relations)}.");
        }

        if (fields.Refused is { } refused)
            return refused;
        await using var db = records.ReadingAll();
        if (context.User.Acting() is not { } who || await new StaffQueries(db).Find(who, cancellationToken) is not { Active: true } staff)
            return Refusal.Of(403, "kin.notStaff", "Only somebody of the staff register declares, for themselves.");

        var deed = await records.DeedOf(context, cancellationToken);
        (string, string)[] relatives = [.. body.Relatives!.Select(relative => (records.Key.SearchHash(relative!.IdNumber!), relative.Relation!))];
        var (statement, hits) = await records.Change(change => new KinMatch(change).State(staff, relatives, deed, cancellationToken), cancellationToken);
        foreach (var hit in hits.Where(hit => hit.Status == KinFilingStatus.Open))
            await records.Flows.Start(StartInstance.Of(KinBook.StartOf(hit), deed.By), cancellationToken);
        return TypedResults.Ok(new DeclaredKin(statement.Id, statement.Year, hits.Count));
    }

    private static async Task<Ok<Listing<KinStatement>>> Declarations(ReliefRecords records, string county, int year, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        return TypedResults.Ok(new Listing<KinStatement>(await new KinQueries(db).Statements(county, year, cancellationToken)));
    }

    private static async Task<IResult> Begin(ReliefRecords records, NewKinFiling body, HttpContext context, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        var fields = new Fields()
            .Check("caseId", body.CaseId is { Length: > 0 and <= 100 }, "The case.")
            .Check("staffId", body.StaffId is { Length: > 0 and <= 100 } id && await new StaffQueries(db).Find(id, cancellationToken) is not null, "A member of the staff that is kept here.")
            .Check("relation", Relations.Contains(body.Relation), $"One of {string.Join(", ", Relations)}.")
            .Check("origin", body.Origin is not null and not KinOrigin.Declaration and not KinOrigin.Survey, "Task, Check666, Complaint or Report.")
            .Check("originId", body.OriginId is null || (body.OriginId.Length is > 0 and <= 100 && !PersonReference.IsNumber(body.OriginId)), "The task, finding or ticket.");
        if (fields.Refused is { } refused)
            return refused;
        if (await new CaseQueries(db).Find(body.CaseId!, cancellationToken) is not { } found)
            return Refusal.Of(404, "case.notFound", "There is no such case.");
        var (hit, by) = (new KinHit(body.CaseId!, body.StaffId!, body.Relation!, body.Origin!.Value, body.OriginId), context.User.By());
        return await records.Flows.Begin(StartInstance.Of(KinBook.StartOf(hit, found.Case.PersonId, by), by), context, cancellationToken);
    }

    private static async Task<Ok<Listing<KinFilingRecord>>> List(ReliefRecords records, string county, bool? open, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        return TypedResults.Ok(new Listing<KinFilingRecord>(await new KinQueries(db).Of(county, open ?? false, cancellationToken)));
    }

    private static async Task<Results<Ok<KinReport>, ProblemHttpResult>> Report(ReliefRecords records, string county, int year, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        var fields = new Fields()
            .Check("county", await new AreaQueries(db).IsCounty(county, cancellationToken), "The code of a county that is kept here.")
            .Check("year", year is >= 2020 and <= 2100, "The year.");
        return fields.Refused is { } refused ? refused : TypedResults.Ok(await new KinQueries(db).Report(county, year, cancellationToken));
    }

    private static async Task<Results<Ok<KinFilingRecord>, ProblemHttpResult>> Find(ReliefRecords records, string id, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        return await new KinQueries(db).Find(id, cancellationToken) is { } filing ? TypedResults.Ok(filing) : Refusal.Of(404, "kinFiling.notFound", "There is no such filing.");
    }
}

/// <summary>The close relatives of who acts.</summary>
/// <param name="Relatives">Empty when there are none.</param>
public sealed record KinDeclared(IReadOnlyList<DeclaredRelative?>? Relatives);

/// <summary>One relative.</summary>
/// <param name="IdNumber">The ID number; a pseudonym of it is kept.</param>
/// <param name="Relation">kin, sameHousehold, employer or supplierOwner.</param>
public sealed record DeclaredRelative(string? IdNumber, string? Relation);

/// <summary>What became of a declaration.</summary>
/// <param name="Hits">How many open cases it met.</param>
public sealed record DeclaredKin(string StatementId, int Year, int Hits);

/// <summary>That a member of staff is said to be kin of a case's person.</summary>
/// <param name="Relation">kin, sameHousehold, employer or supplierOwner.</param>
/// <param name="Origin">Task, Check666, Complaint or Report.</param>
/// <param name="OriginId">The task, finding or ticket.</param>
public sealed record NewKinFiling(string? CaseId, string? StaffId, string? Relation, KinOrigin? Origin, string? OriginId);
