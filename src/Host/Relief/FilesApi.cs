using Microsoft.AspNetCore.Http.HttpResults;
using Relief.Flow.Activities.Archive;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Decisions;
using Relief.Flow.Activities.Filing;
using Relief.Flow.Activities.Ledgers;
using Relief.Flow.Activities.Notices;
using Relief.Flow.Host.Access;
using Relief.Flow.Host.Answers;

namespace Relief.Flow.Host.Relief;

/// <summary>What is kept on paper and hangs on boards: covers of files, public notices, the villages' ledgers.</summary>
internal static class FilesApi
{
    public static void MapFiles(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("").WithTags("Files").RequireAuthorization(Policies.See);
        group.MapGet("/archive/{id}/cover", Cover).WithSummary("The cover of a file: its papers, present, missing or with a signed reason, and the services received").Refuses(404);
        group.MapGet("/archive/folders/{number}", Folder).WithSummary("A household folder: the files of its people as far as you see them, by ascending service number");
        group.MapGet("/cases/{id}/notices", Notices).WithSummary("A case's public notices, oldest first");
        group.MapGet("/cases/{id}/decisions", Decisions).WithSummary("A case's decisions with reasons, rules and delivery, oldest first: none is ever changed or left out");
        group.MapGet("/villages/{code}/ledger", Ledger).WithSummary("A village's working ledger, made from the records, by case number");
        group.MapGet("/villages/{code}/ledger.csv", LedgerFile).WithSummary("The same as CSV (UTF-8 with a byte order mark)").Produces<string>(contentType: "text/csv");
        group.MapPut("/cases/{id}/remark", Remark).WithSummary("Write the remark of a case, the one column of the ledger that is typed").RequireAuthorization(Policies.Work).Refuses(404, 422);
        group.MapGet("/areas/{code}/needs", Needs).WithSummary("The need list of an area with all below it as it stood at the end of a day, by case and item").Refuses(422);
        group.MapGet("/areas/{code}/needs.csv", NeedsFile).WithSummary("The same as CSV (UTF-8 with a byte order mark)").Produces<string>(contentType: "text/csv").Refuses(422);
    }

    private static async Task<Ok<Listing<DecisionRecord>>> Decisions(ReliefRecords records, string id, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        return TypedResults.Ok(new Listing<DecisionRecord>(await new DecisionBook(db).Of(id, cancellationToken)));
    }

    // Who may see the file may see its cover whole.
    private static async Task<Results<Ok<FileCover>, ProblemHttpResult>> Cover(ReliefRecords records, string id, CancellationToken cancellationToken)
    {
        await using var db = records.ReadingAll();
        return await new FileCovers(db).Of(id, cancellationToken) is { } found ? TypedResults.Ok(found) : Refusal.Of(404, "archive.notFound", "There is no such file.");
    }

    private static async Task<Ok<Listing<ArchiveFile>>> Folder(ReliefRecords records, string number, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        return TypedResults.Ok(new Listing<ArchiveFile>(await new ArchiveQueries(db).Folder(number, cancellationToken)));
    }

    private static async Task<Ok<Listing<NoticeRecord>>> Notices(ReliefRecords records, string id, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        return TypedResults.Ok(new Listing<NoticeRecord>(await new NoticeBook(db).Of(id, cancellationToken)));
    }

    private static async Task<Ok<Listing<VillageLedgerRow>>> Ledger(ReliefRecords records, string code, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        return TypedResults.Ok(new Listing<VillageLedgerRow>(await new LedgerQueries(db).OfVillage(code, cancellationToken)));
    }

    private static async Task<IResult> LedgerFile(ReliefRecords records, string code, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        return FigureFiles.Ledger(code, await new LedgerQueries(db).OfVillage(code, cancellationToken));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Remark(ReliefRecords records, string id, CaseRemark body, HttpContext context, CancellationToken cancellationToken)
    {
        if (await Remarks.Set(records, id, body.Remark, context.User.By(), cancellationToken) is { } refused)
            return refused;
        return TypedResults.NoContent();
    }

    private static async Task<Results<Ok<Listing<ListedNeed>>, ProblemHttpResult>> Needs(ReliefRecords records, string code, DateOnly? on, CancellationToken cancellationToken)
    {
        if (WrongDay(on) is { } refused)
            return refused;
        await using var db = records.Reading();
        return TypedResults.Ok(new Listing<ListedNeed>(await new NeedQueries(db).ListOf(code, on!.Value, cancellationToken)));
    }

    private static async Task<IResult> NeedsFile(ReliefRecords records, string code, DateOnly? on, CancellationToken cancellationToken)
    {
        if (WrongDay(on) is { } refused)
            return refused;
        await using var db = records.Reading();
        return FigureFiles.Needs(code, on!.Value, await new NeedQueries(db).ListOf(code, on.Value, cancellationToken));
    }

    private static ProblemHttpResult? WrongDay(DateOnly? on) => new Fields().Check("on", on is { Year: >= 2000 and <= 2200 }, "The day, such as 2026-03-31.").Refused;
}

/// <summary>A village's remark on a case.</summary>
/// <param name="Remark">At most 500 characters; left out to take it away.</param>
public sealed record CaseRemark(string? Remark);
