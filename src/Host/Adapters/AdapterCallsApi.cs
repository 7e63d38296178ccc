using Microsoft.AspNetCore.Http.HttpResults;
using Relief.Flow.Activities;
using Relief.Flow.Activities.Adapters;
using Relief.Flow.Activities.Areas;
using Relief.Flow.Activities.Decisions;
using Relief.Flow.Activities.Tickets;
using Relief.Flow.Host.Answers;
using Relief.Flow.Host.Relief;
using Relief.Flow.Workflows;
using Relief.Flow.Workflows.Runtime;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Host.Adapters;

/// <summary>Where outside systems call us: results, orders, persons. No API key: each call is signed.</summary>
internal static class AdapterCallsApi
{
    private const int MostPersons = 500;

    public static void MapAdapterCalls(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/adapters").WithTags("Adapters").AllowAnonymous().WithMetadata(Repeatable.Never);
        group.MapPost("/econ/results", TakeResult).WithSummary("The verification centre's result of a request; one that comes after people have taken over changes nothing")
            .Accepts<SentResult>("application/json").Produces<TakenResult>().Refuses(400, 401, 404, 422);
        group.MapPost("/hotline12345/orders", (SignedCalls calls, ReliefRecords records, HttpContext context) => TakeOrder(calls, records, context, (Adapter.Hotline12345, "12345")))
            .WithSummary("An order that the 12345 hotline hands on, with its number and its own deadline; the same number again gives the first receipt")
            .Accepts<SentOrder>("application/json").Produces<TakenTicket>(StatusCodes.Status202Accepted).Refuses(400, 401, 422);
        group.MapPost("/petition/orders", (SignedCalls calls, ReliefRecords records, HttpContext context) => TakeOrder(calls, records, context, (Adapter.Petition, "petition")))
            .WithSummary("A petition that a platform hands on; who complained is seen by the county alone")
            .Accepts<SentOrder>("application/json").Produces<TakenTicket>(StatusCodes.Status202Accepted).Refuses(400, 401, 422);
        group.MapPost("/monitored/persons", TakePersons).WithSummary("Persons whom another relief platform watches, with their needs: known here once, each need a discovery; rows are refused one by one")
            .Accepts<SentMonitored>("application/json").Produces<Listing<TakenMonitored>>().Refuses(400, 401, 422);
    }

    private static async Task<IResult> TakePersons(SignedCalls calls, MonitoredPersons persons, ReliefRecords records, HttpContext context)
    {
        var (sent, refused) = await calls.Read<SentMonitored>(Adapter.Monitored, context);
        if (refused is not null)
            return refused;
        await using var db = records.ReadingAll();
        var fields = new Fields().Check("persons", sent!.Persons is { Length: > 0 and <= MostPersons }, $"1 to {MostPersons} persons.")
            .Check("countyCode", sent.CountyCode is { Length: > 0 } && await db.Holds<AreaUnit>(sent.CountyCode, context.RequestAborted), "A county that is known here.");
        return fields.Refused is { } wrong ? wrong : TypedResults.Ok(new Listing<TakenMonitored>(await persons.Take(sent.CountyCode!, sent.Persons!, context.RequestAborted)));
    }

    private static async Task<IResult> TakeResult(SignedCalls calls, ReliefRecords records, HttpContext context)
    {
        var (sent, refused) = await calls.Read<SentResult>(Adapter.Economic, context);
        if (refused is not null)
            return refused;
        var fields = new Fields().Check("requestId", sent!.RequestId is { Length: > 0 and <= 64 }, "The request's number.").Check("result", CheckAnswer.Read(FlowJson.Of(sent)) is not null, "Pass, Hit, Fail or Unavailable.");
        if (fields.Refused is { } wrong)
            return wrong;
        await using var db = records.ReadingAll();
        if (await new ExchangeBook(db).Find(sent.RequestId!, context.RequestAborted) is not { Adapter: Adapter.Economic } asked)
            return Refusal.Of(404, "adapter.requestUnknown", "There is no request with this number.");
        if (asked.Status != ExchangeStatus.Waiting)
            return TypedResults.Ok(new TakenResult(false));
        var name = CheckAnswer.Of(asked.Id);
        await records.Flows.Publish(new EventToPublish(name, null, FlowJson.Of(sent), EventToPublish.Week, name), CancellationToken.None);
        return TypedResults.Ok(new TakenResult(true));
    }

    private static async Task<IResult> TakeOrder(SignedCalls calls, ReliefRecords records, HttpContext context, (string Adapter, string Channel) from)
    {
        var (sent, refused) = await calls.Read<SentOrder>(from.Adapter, context);
        if (refused is not null)
            return refused;
        if (new Fields().Check("orderNo", sent!.OrderNo is { Length: > 0 and <= 50 }, "The order's number there, 1 to 50 characters.").Refused is { } wrong)
            return wrong;
        var ticket = new NewTicket(sent.CountyCode, from.Channel, sent.Type, sent.PlaceCode, sent.Wording, sent.ComplainantRef, sent.LifeRisk, null, sent.AboutUnitId, sent.AboutSupplierId, sent.OrderNo, sent.Due, null);
        return await TicketsApi.Faults(records, ticket, context.RequestAborted) is { } faults
            ? faults
            : await TicketsApi.Begin(records, InstanceIds.Of($"{from.Adapter}:{sent.OrderNo}"), ticket.ToEntry(), "adapter:" + from.Adapter, CancellationToken.None);
    }
}

/// <summary>What the verification centre says.</summary>
/// <param name="RequestId">The number of the request.</param>
/// <param name="Result">Pass, Hit, Fail or Unavailable.</param>
/// <param name="Hits">What does not agree with what was declared.</param>
public sealed record SentResult(string? RequestId, string? Result, IReadOnlyList<CheckHit>? Hits);

/// <param name="Applied">False when people have taken over or the result was there already.</param>
public sealed record TakenResult(bool Applied);

/// <summary>An order that a hotline or a petition platform hands on.</summary>
/// <param name="OrderNo">Its number there.</param>
/// <param name="Due">By when it wants its reply.</param>
/// <param name="PlaceCode">The village that it is about.</param>
/// <param name="ComplainantRef">Who said it, as they know them; never a phone or ID number.</param>
public sealed record SentOrder(
    string? OrderNo, DateTimeOffset? Due, string? CountyCode, TicketType? Type, string? PlaceCode, string? Wording, string? ComplainantRef, bool LifeRisk, string? AboutUnitId, string? AboutSupplierId);
