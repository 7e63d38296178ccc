using Microsoft.AspNetCore.Http.HttpResults;
using Relief.Flow.Activities.Archive;
using Relief.Flow.Activities.Ledgers;
using Relief.Flow.Activities.Notices;
using Relief.Flow.Host.Access;

namespace Relief.Flow.Host.Relief;

/// <summary>What is kept on paper and hangs on boards: covers of files, public notices, the villages' ledgers.</summary>
internal static class FilesApi
{
    public static void MapFiles(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("").WithTags("Files").RequireAuthorization(Policies.See);
        group.MapGet("/archive/{id}/cover", Cover).WithSummary("The cover of a file: its papers, present or with a signed reason");
        group.MapGet("/cases/{id}/notices", Notices).WithSummary("A case's public notices, oldest first");
        group.MapGet("/villages/{code}/ledger", Ledger).WithSummary("A village's working ledger, made from the records, by case number");
    }

    private static async Task<Ok<Listing<ArchiveItem>>> Cover(ReliefRecords records, string id, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        return TypedResults.Ok(new Listing<ArchiveItem>(await new ArchiveQueries(db).Papers(id, cancellationToken)));
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
}
