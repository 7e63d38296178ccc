using Microsoft.AspNetCore.Http.HttpResults;
using Relief.Flow.Activities;
using Relief.Flow.Activities.Requests;
using Relief.Flow.Host.Access;
using Relief.Flow.Host.Answers;
using Relief.Flow.Workflows;
using Relief.Flow.Workflows.Runtime;

namespace Relief.Flow.Host.Relief;

/// <summary>Requests for help by phone, which a human answers within 24 hours (P21), and how fast they were answered.</summary>
internal static class RequestsApi
{
    public static void MapRequests(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/requests").WithTags("Requests");
        group.MapPost("/", HandIn).WithSummary("Hand in a request for help; the 24 hours run from here")
            .WithDescription("A second request of the same sender within 24 hours is merged into the open one. A repeat with the same Idempotency-Key gives the first answer.")
            .RequireAuthorization(Policies.Start).WithMetadata(Repeatable.Kept).Refuses(400, 409, 422);
        group.MapGet("/{id}", Find).WithSummary("A request and its first answer").RequireAuthorization(Policies.See).Refuses(404);
        group.MapGet("/figures", Figures).WithSummary("How fast the requests of a period were answered: counts and minutes, reckoned from the requests themselves")
            .RequireAuthorization(Policies.See).Refuses(422);
    }

    private static Task<Results<Accepted<TakenRequest>, ProblemHttpResult>> HandIn(ReliefRecords records, SentRequest body, HttpContext context, CancellationToken cancellationToken) =>
        Receive(records, body, (context.User.By(), RepeatedRequests.IdOf(context, "request")), cancellationToken);

    /// <summary>Takes a request in, from whichever side.</summary>
    /// <param name="sent">Who hands it in, and its id, the same for a repeat.</param>
    public static async Task<Results<Accepted<TakenRequest>, ProblemHttpResult>> Receive(
        ReliefRecords records, SentRequest body, (string By, Guid Id) sent, CancellationToken cancellationToken)
    {
        var fields = new Fields()
            .Check("countyCode", body.CountyCode is { Length: > 0 and <= 12 }, "The county's code.")
            .Check("channel", body.Channel is { Length: > 0 and <= 50 }, "The channel it came through.")
            .Check("areaCode", body.AreaCode is { Length: > 0 and <= 12 }, "The code of the village.")
            .Check("sender", body.Sender is { Length: > 0 and <= 100 }, "The person, or the channel's own reference of who asks; never a phone or ID number.")
            .Check("sender", !PersonReference.IsNumber(body.Sender), "A reference, not a phone or ID number.")
            .Check("wording", body.Wording is { Length: > 0 and <= 4000 }, "What is asked, in the sender's own words.");
        if (fields.Refused is { } refused)
            return refused;

        var deed = new Deed(sent.By, await records.Now(cancellationToken), sent.Id.ToString("N"));
        var entry = new RequestEntry(body.CountyCode!, body.Channel!, body.AreaCode!, body.Sender!, body.Wording!);
        var request = await records.Change(db => new RequestBook(db).Receive(entry, deed, cancellationToken), cancellationToken);
        await records.Flows.Start(new StartInstance("procedure.request24h", FlowJson.Of(new { requestId = request.Id }), sent.By)
        {
            InstanceId = sent.Id, CorrelationId = "request:" + request.Id, BusinessKey = "request:" + request.Id
        }, cancellationToken);
        return TypedResults.Accepted($"/api/v1/requests/{request.Id}", new TakenRequest(request.Id, request.ReceivedAt, request.ReceivedAt + HelpRequest.Limit, request.MergedInto));
    }

    private static async Task<Results<Ok<HelpRequest>, ProblemHttpResult>> Find(ReliefRecords records, string id, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        return await new RequestBook(db).Find(id, cancellationToken) is { } found ? TypedResults.Ok(found) : Refusal.Of(404, "request.notFound", "There is no such request.");
    }

    private static async Task<Results<Ok<RequestFigures>, ProblemHttpResult>> Figures(
        ReliefRecords records, string countyCode, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        if (new Fields().Check("to", from < to, "Later than from.").Refused is { } refused)
            return refused;
        await using var db = records.Reading();
        return TypedResults.Ok(await new RequestBook(db).Figures(countyCode, (from, to), cancellationToken));
    }
}

/// <summary>A request as it is sent.</summary>
public sealed record SentRequest(string? CountyCode, string? Channel, string? AreaCode, string? Sender, string? Wording);

/// <summary>The receipt; it is no answer.</summary>
/// <param name="Due">Until when a human answers.</param>
/// <param name="MergedInto">The open request that is answered for both.</param>
public sealed record TakenRequest(string RequestId, DateTimeOffset ReceivedAt, DateTimeOffset Due, string? MergedInto);
