using Microsoft.AspNetCore.Http.HttpResults;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Pairs;
using Relief.Flow.Host.Access;
using Relief.Flow.Host.Answers;
using Relief.Flow.Workflows;
using Relief.Flow.Workflows.Runtime;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Host.Relief;

/// <summary>Pairs of persons with party members and neighbours, and their contacts.</summary>
internal static class PairsApi
{
    public static void MapPairs(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("").WithTags("Pairs").RequireAuthorization(Policies.See);
        group.MapGet("/pairs", List).WithSummary("A county's pairs of a kind, Party or Neighbour, in the order in which they were made");
        group.MapGet("/pairs/{id}", Find).WithSummary("A pair with its need list, its contacts and its longest time without one").Refuses(404);
        group.MapGet("/orders/{id}/pairs", OfOrder).WithSummary("An order's pairs, in the order in which they were made");
        group.MapPost("/pairs/{id}/contacts", Contact).WithSummary("Record a contact; the pair's own pathway keeps it and counts anew")
            .RequireAuthorization(Policies.Work).WithMetadata(Repeatable.Kept).Refuses(404, 409, 422);
        group.MapPost("/pairs/{id}/end", End).WithSummary("End a pair; with MemberLeft another member is sought")
            .RequireAuthorization(Policies.Work).WithMetadata(Repeatable.Kept).Refuses(404, 409, 422);
    }

    private static async Task<Ok<Listing<Pair>>> List(ReliefRecords records, string county, PairKind kind, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        return TypedResults.Ok(new Listing<Pair>(await new PairQueries(db).OfCounty(county, kind, cancellationToken)));
    }

    private static async Task<Results<Ok<PairView>, ProblemHttpResult>> Find(ReliefRecords records, string id, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        return await new PairQueries(db).Find(id, cancellationToken) is { } found ? TypedResults.Ok(found) : NotFound();
    }

    private static async Task<Ok<Listing<Pair>>> OfOrder(ReliefRecords records, string id, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        return TypedResults.Ok(new Listing<Pair>(await new PairQueries(db).Of(id, cancellationToken)));
    }

    private static async Task<Results<Accepted<PublishReceipt>, ProblemHttpResult>> Contact(
        ReliefRecords records, string id, ContactForm body, HttpContext context, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        if (await new PairQueries(db).Find(id, cancellationToken) is not { Pair: var pair })
            return NotFound();
        if (body.FaultOf(pair, ChinaTime.DayOf(await records.Now(cancellationToken))) is { } fault)
            return fault == "NotPaired" ? NotPaired(pair) : Refusal.Of(422, "pair.contactRefused", "The contact cannot be recorded so.", ("reason", fault));
        return await Published(records, ($"pair:{id}:contact", body with { By = context.User.By() }), context, cancellationToken);
    }

    private static async Task<Results<Accepted<PublishReceipt>, ProblemHttpResult>> End(
        ReliefRecords records, string id, PairEnd body, HttpContext context, CancellationToken cancellationToken)
    {
        if (new Fields().Check("reason", body.Reason is { Length: > 0 and <= 100 }, "Recovered, Moved, Declined, MemberLeft …").Refused is { } refused)
            return refused;
        await using var db = records.Reading();
        if (await new PairQueries(db).Find(id, cancellationToken) is not { Pair: var pair })
            return NotFound();
        return pair.Status == PairStatus.Active
            ? await Published(records, ($"pair:{id}:end", new { reason = body.Reason, by = context.User.By() }), context, cancellationToken)
            : NotPaired(pair);
    }

    private static async Task<Accepted<PublishReceipt>> Published(ReliefRecords records, (string Name, object Payload) of, HttpContext context, CancellationToken cancellationToken)
    {
        var published = new EventToPublish(of.Name, null, FlowJson.Of(of.Payload), EventToPublish.Week, RepeatedRequests.TextOf(context));
        return TypedResults.Accepted(context.Request.Path.Value, await records.Flows.Publish(published, cancellationToken));
    }

    private static ProblemHttpResult NotFound() => Refusal.Of(404, "pair.notFound", "There is no such pair.");

    private static ProblemHttpResult NotPaired(Pair pair) => Refusal.Of(409, "pair.notPaired", $"The pair is {pair.Status}.", ("state", pair.Status.ToString()));
}

/// <summary>The end of a pair.</summary>
/// <param name="Reason">Recovered, Moved, Declined, MemberLeft …</param>
public sealed record PairEnd(string? Reason);
