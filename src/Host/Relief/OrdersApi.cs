using Microsoft.AspNetCore.Http.HttpResults;
using Relief.Flow.Activities;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.Pauses;
using Relief.Flow.Activities.Visits;
using Relief.Flow.Host.Access;
using Relief.Flow.Host.Answers;
using Relief.Flow.Workflows;
using Relief.Flow.Workflows.Runtime;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Host.Relief;

/// <summary>Orders with their visits and service records.</summary>
internal static class OrdersApi
{
    public static void MapOrders(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("").WithTags("Orders").RequireAuthorization(Policies.See);
        group.MapGet("/cases/{id}/orders", OfCase).WithSummary("A case's orders, oldest first");
        group.MapGet("/cases/{id}/bundle", Bundle).WithSummary("A case's needs with the orders of every pathway that answers each: one bundle with one owner").Refuses(404);
        group.MapGet("/orders/{id}", Find).WithSummary("An order with its plan and agreement, and whether the person is available").Refuses(404);
        group.MapGet("/orders/{id}/visits", Visits).WithSummary("An order's planned visits, by time");
        group.MapGet("/orders/{id}/records", Records).WithSummary("An order's service records, by time");
        group.MapPost("/orders/{id}/records", Submit).WithSummary("Send the record of a visit; the visit's own pathway checks and keeps it, after 72 hours by leave of the township, after its year of the county; of a visit that a pause cancelled, if it was begun before")
            .RequireAuthorization(Policies.Work).WithMetadata(Repeatable.Kept).Refuses(404, 409, 422);
        group.MapPost("/orders/{id}/suspicions", Suspect).WithSummary("Report that service records may be false: no money moves for them from now on, and the county looks into it")
            .RequireAuthorization(Policies.Work).Begins();
    }

    private static async Task<Ok<Listing<Order>>> OfCase(ReliefRecords records, string id, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        return TypedResults.Ok(new Listing<Order>(await new OrderQueries(db).Of(id, cancellationToken)));
    }

    private static async Task<Results<Ok<CaseBundle>, ProblemHttpResult>> Bundle(ReliefRecords records, string id, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        return await new BundleBook(db).Of(id, cancellationToken) is { } found
            ? TypedResults.Ok(found)
            : Refusal.Of(404, "case.notFound", "There is no such case.");
    }

    private static async Task<Results<Ok<OrderView>, ProblemHttpResult>> Find(ReliefRecords records, string id, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        return await new OrderQueries(db).Find(id, cancellationToken) is { } found
            ? TypedResults.Ok(await new PauseQueries(db).Said(found, cancellationToken))
            : Refusal.Of(404, "order.notFound", "There is no such order.");
    }

    private static async Task<Ok<Listing<VisitSlot>>> Visits(ReliefRecords records, string id, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        return TypedResults.Ok(new Listing<VisitSlot>(await new RecordQueries(db).Visits(id, cancellationToken)));
    }

    private static async Task<Ok<Listing<VisitRecord>>> Records(ReliefRecords records, string id, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        return TypedResults.Ok(new Listing<VisitRecord>(await new RecordQueries(db).Of(id, cancellationToken)));
    }

    private static async Task<Results<Accepted<PublishReceipt>, ProblemHttpResult>> Submit(
        ReliefRecords records, string id, SentRecord body, HttpContext context, CancellationToken cancellationToken)
    {
        var fields = new Fields()
            .Check("visitId", body.VisitId is { Length: > 0 }, "The visit.")
            .Check("record", body.Record is not null, "What was done.")
            .Check("record.end", body.Record is not { Start: { } start, End: { } end } || start < end, "It ends after it begins.");
        if (fields.Refused is { } refused)
            return refused;
        await using var db = records.Reading();
        var visit = (await new RecordQueries(db).Visits(id, cancellationToken)).FirstOrDefault(slot => slot.Id == body.VisitId);
        if (visit is null)
            return Refusal.Of(404, "visit.notFound", "The order has no such visit.");
        await using var all = records.ReadingAll();   // whoever serves need not see funds
        var pausedAt = await new PauseQueries(all).Cancelled(visit, cancellationToken);
        if (await Unrecordable(all, visit, (body.Record!, pausedAt), cancellationToken) is { } closed)
            return closed;

        var record = body.Record! with { By = context.User.By() };
        // Nothing waits for a record after 72 hours, nor for one that a pause cancelled: it goes before the township, or the county, by a procedure of its own (E21, E23).
        if (visit.Status is VisitStatus.Missing or VisitStatus.Cancelled)
        {
            var late = new StartInstance("procedure.delivery.late", FlowJson.Of(new { visitId = visit.Id, record, pausedAt }), context.User.By())
            {
                InstanceId = RepeatedRequests.IdOf(context, "late:" + visit.Id), CorrelationId = "order:" + id, BusinessKey = "order:" + id
            };
            return await records.Flows.Start(late, cancellationToken) is Started or Repeated
                ? TypedResults.Accepted($"/api/v1/orders/{id}/records", new PublishReceipt(0, false, 1))
                : Refusal.Of(409, "visit.wrongState", $"The visit is {visit.Status}.", ("state", visit.Status.ToString()));
        }

        var published = new EventToPublish("record:" + visit.Id, null, FlowJson.Of(record), EventToPublish.Week, RepeatedRequests.TextOf(context));
        return TypedResults.Accepted($"/api/v1/orders/{id}/records", await records.Flows.Publish(published, cancellationToken));
    }

    private static async Task<ProblemHttpResult?> Unrecordable(ReliefDbContext db, VisitSlot visit, (RecordForm Record, DateTimeOffset? PausedAt) sent, CancellationToken cancellationToken)
    {
        if (sent.PausedAt is { } since)
        {
            if (sent.Record.Outcome is not (null or "Done") || sent.Record.Start is not { } start || start >= since)
                return Refusal.Of(409, "visit.paused", "Services stand still since then; only what was begun before may be recorded.", ("since", since));
        }
        else if (visit.Status != VisitStatus.Missing && !VisitFlow.Going.Contains(visit.Status))
            return Refusal.Of(409, "visit.wrongState", $"The visit is {visit.Status}.", ("state", visit.Status.ToString()));
        return await new RecordQueries(db).IsMoneyReturned(visit.OrderId, cancellationToken)
            ? Refusal.Of(409, "visit.moneyReturned", "The township has said that no record comes any more, and the money went back.")
            : null;
    }

    private static async Task<IResult> Suspect(ReliefRecords records, string id, Suspicion body, HttpContext context, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        if (await new OrderQueries(db).Find(id, cancellationToken) is not { } view)
            return Refusal.Of(404, "order.notFound", "There is no such order.");
        var known = (await new RecordQueries(db).Of(id, cancellationToken)).Select(record => record.Id).ToHashSet();
        var fields = new Fields()
            .Check("recordIds", body.RecordIds is { Count: > 0 and <= 100 } ids && ids.All(known.Contains), "Records of this order, 1 to 100.")
            .Check("said", body.Said is { Length: > 0 and <= 2000 } && !PersonReference.IsNumber(body.Said), "What is suspected, 1 to 2000 characters, without a number.")
            .Check("evidence", body.Evidence is null or { Count: <= 50 } && (body.Evidence ?? []).All(one => one.Length is > 0 and <= 200), "Hashes or references, 50 at most.");
        if (fields.Refused is { } refused)
            return refused;
        var by = context.User.By();
        var input = FlowJson.Of(new { orderId = id, recordIds = body.RecordIds!.Distinct(), said = body.Said, evidence = body.Evidence ?? [], by });
        return await records.Flows.Begin(new StartInstance("procedure.investigation", input, by)
        {
            InstanceId = RepeatedRequests.IdOf(context, "suspicion"), CorrelationId = "order:" + view.Order.Id, BusinessKey = "order:" + view.Order.Id
        }, context, cancellationToken);
    }
}

/// <summary>Service records that may be false.</summary>
/// <param name="RecordIds">The records, all of this order.</param>
/// <param name="Said">What is suspected, without a number.</param>
/// <param name="Evidence">Hashes or references of the evidence.</param>
public sealed record Suspicion(IReadOnlyList<string>? RecordIds, string? Said, IReadOnlyList<string>? Evidence);

/// <summary>A record as it is sent.</summary>
/// <param name="Record">What was done; who sends it is taken from the request.</param>
public sealed record SentRecord(string? VisitId, RecordForm? Record);
