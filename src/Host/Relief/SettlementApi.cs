using Microsoft.AspNetCore.Http.HttpResults;
using Relief.Flow.Activities;
using Relief.Flow.Activities.Settlement;
using Relief.Flow.Activities.Visits;
using Relief.Flow.Host.Access;
using Relief.Flow.Host.Answers;
using Relief.Flow.Workflows;
using Relief.Flow.Workflows.Runtime;

namespace Relief.Flow.Host.Relief;

/// <summary>Settlement batches, their lines, and a supplier's one dispute of a line.</summary>
internal static class SettlementApi
{
    public static void MapSettlement(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/settlement").WithTags("Settlement").RequireAuthorization(Policies.See);
        group.MapGet("/batches", List).WithSummary("The batches of a county's month, by id");
        group.MapGet("/batches/{id}", Find).WithSummary("A batch with its lines and the accounts that pay them").Refuses(404);
        group.MapGet("/batches/{id}/statement", Statement).WithSummary("A supplier's monthly statement: opening, approved, paid and closing sums, each with the records it is the sum of").Refuses(404);
        group.MapGet("/batches/{id}/statement.csv", StatementFile).WithSummary("Its lines as CSV (UTF-8 with a byte order mark)").Produces<string>(contentType: "text/csv").Refuses(404);
        group.MapPost("/batches/{id}/payment-file", PaymentFile).WithSummary("The payment file of an approved batch, for county finance; that it was handed out is kept in the audit trail")
            .RequireAuthorization(Policies.Work).WithMetadata(Repeatable.Never).Produces<string>(contentType: "text/csv").Refuses(403, 404, 409);
        group.MapGet("/lines/{id}/dispute", Dispute).WithSummary("A line's dispute").Refuses(404);
        group.MapPost("/lines/{id}/disputes", Raise).WithSummary("Dispute a rejected line, once, within five working days of the payment")
            .RequireAuthorization(Policies.Start).Begins();
    }

    private static async Task<Ok<Listing<SettlementBatch>>> List(ReliefRecords records, string county, string month, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        return TypedResults.Ok(new Listing<SettlementBatch>(await new SettlementQueries(db).Of(county, month, cancellationToken)));
    }

    private static async Task<Results<Ok<BatchView>, ProblemHttpResult>> Find(ReliefRecords records, string id, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        return await new SettlementQueries(db).Find(id, cancellationToken) is { } found
            ? TypedResults.Ok(found)
            : NoBatch();
    }

    // Who may see the batch may see its statement whole.
    private static async Task<Results<Ok<Statement>, ProblemHttpResult>> Statement(ReliefRecords records, string id, CancellationToken cancellationToken)
    {
        await using var db = records.ReadingAll();
        return await new StatementQueries(db).Of(id, cancellationToken) is { } found ? TypedResults.Ok(found) : NoBatch();
    }

    private static async Task<IResult> StatementFile(ReliefRecords records, string id, CancellationToken cancellationToken)
    {
        await using var db = records.ReadingAll();
        return await new StatementQueries(db).Of(id, cancellationToken) is { } found ? PaperFiles.Of(found) : NoBatch();
    }

    private static Task<IResult> PaymentFile(PaymentFileDesk desk, string id, HttpContext context, CancellationToken cancellationToken) => desk.OfBatch(id, context.User.By(), cancellationToken);

    private static ProblemHttpResult NoBatch() => Refusal.Of(404, "settlement.notFound", "There is no such batch.");

    private static async Task<Results<Ok<LineDispute>, ProblemHttpResult>> Dispute(ReliefRecords records, string id, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        return await new SettlementQueries(db).Dispute(id, cancellationToken) is { } found
            ? TypedResults.Ok(found)
            : Refusal.Of(404, "settlement.notDisputed", "The line is not disputed.");
    }

    private static async Task<IResult> Raise(
        ReliefRecords records, Installation installation, string id, NewDispute body, HttpContext context, CancellationToken cancellationToken)
    {
        if (new Fields().Check("evidence", body.Evidence is { Length: > 0 }, "What it rests on.").Refused is { } refused)
            return refused;
        await using var db = records.Reading();
        var queries = new SettlementQueries(db);
        if (await queries.Line(id, cancellationToken) is not { } line)
            return Refusal.Of(404, "settlement.lineNotFound", "There is no such line.");
        if (await queries.Dispute(id, cancellationToken) is not null)
            return await Again(installation, context, cancellationToken);
        if (line.Status != LineStatus.Rejected)
            return Refusal.Of(409, "settlement.notRejected", $"The line is {line.Status}.", ("state", line.Status.ToString()));
        if (await TooLate(records, db, line, cancellationToken) is { } late)
            return late;

        var by = context.User.By();
        var start = new StartInstance("procedure.settlement.dispute", FlowJson.Of(new { lineId = id, evidence = body.Evidence, by, record = body.Record }), by)
        {
            BusinessKey = "dispute:" + id,
            InstanceId = InstanceIds.Of("dispute:" + id)
        };
        return await records.Flows.Begin(start, context, cancellationToken);
    }

    // Said at once; the procedure asks again in its own transaction.
    private static async Task<ProblemHttpResult?> TooLate(ReliefRecords records, ReliefDbContext db, SettlementLine line, CancellationToken cancellationToken)
    {
        if (await new DisputeBook(db).Until(line, cancellationToken) is not { } deadline)
            return Refusal.Of(409, "settlement.notPaid", "The line's batch is not paid yet; a line is disputed after that.");
        return await records.Now(cancellationToken) > deadline
            ? Refusal.Of(409, "settlement.disputeTooLate", "The time for a dispute is over.", ("deadline", deadline))
            : null;
    }

    // The request that raised it may come again with its key; any other is one too many (E13).
    private static async Task<IResult> Again(Installation installation, HttpContext context, CancellationToken cancellationToken)
    {
        if (RepeatedRequests.KeyOf(context) is { } key && await installation.Recall(key, cancellationToken) is { IsSameRequest: true, Answer: { } first })
            return RepeatedRequests.Replay(first, context);
        return Refusal.Of(409, "settlement.alreadyDisputed", "A line is disputed once.");
    }
}

/// <summary>A dispute.</summary>
/// <param name="Evidence">What it rests on: the hash of a signed paper.</param>
/// <param name="Record">The record that was not sent in time.</param>
public sealed record NewDispute(string? Evidence, RecordForm? Record);
