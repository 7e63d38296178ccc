using Microsoft.AspNetCore.Http.HttpResults;
using Relief.Flow.Activities;
using Relief.Flow.Activities.Areas;
using Relief.Flow.Activities.Tickets;
using Relief.Flow.Host.Access;
using Relief.Flow.Host.Answers;
using Relief.Flow.Workflows;
using Relief.Flow.Workflows.Runtime;

namespace Relief.Flow.Host.Relief;

/// <summary>Tickets of hotlines (the 12349 family, 12345), petition platforms and apps (P15): handing one in, looking at it, opening it again, and reading the answer by its code.</summary>
internal static class TicketsApi
{
    public static void MapTickets(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/tickets").WithTags("Tickets").RequireAuthorization(Policies.See);
        group.MapPost("/", Take).WithSummary("Hand in what somebody told a hotline, a petition platform or an app")
            .WithDescription("The answer can be read by the code, also by somebody who gave no name. A repeat with the same Idempotency-Key gives the first answer.")
            .RequireAuthorization(Policies.Start).WithMetadata(Repeatable.Kept).Refuses(400, 409, 422);
        group.MapGet("/", List).WithSummary("A county's tickets, newest first; only the open ones when asked; never who complained");
        group.MapGet("/{id}", Find).WithSummary("A ticket as it stands; who complained is shown to the county and to who handed it in alone").Refuses(404);
        group.MapPost("/{id}/reopen", Reopen).WithSummary("Open a settled ticket again within 30 days: a new one, which the county looks into")
            .RequireAuthorization(Policies.Work).WithMetadata(Repeatable.Kept).Refuses(404, 409, 422);
        routes.MapGet("/ticket-codes/{code}", Read).WithTags("Tickets").AllowAnonymous().WithSummary("The answer to a ticket, by its code alone").Refuses(404);
    }

    private static Task<Results<Accepted<TakenTicket>, ProblemHttpResult>> Take(ReliefRecords records, NewTicket body, HttpContext context, CancellationToken cancellationToken) =>
        Receive(records, body, (context.User.By(), RepeatedRequests.IdOf(context, "ticket")), cancellationToken);

    /// <summary>Takes a ticket in, from whichever side.</summary>
    /// <param name="sent">Who hands it in, and its id, the same for a repeat.</param>
    public static async Task<Results<Accepted<TakenTicket>, ProblemHttpResult>> Receive(ReliefRecords records, NewTicket body, (string By, Guid Id) sent, CancellationToken cancellationToken) =>
        await Faults(records, body, cancellationToken) is { } refused ? refused : await Begin(records, sent.Id, body.ToEntry(), sent.By, cancellationToken);

    private static async Task<Ok<Listing<Ticket>>> List(ReliefRecords records, string county, bool? open, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        return TypedResults.Ok(new Listing<Ticket>([.. (await new TicketBook(db).Of(county, open ?? false, cancellationToken)).Select(Nameless)]));
    }

    private static async Task<Results<Ok<TicketView>, ProblemHttpResult>> Find(ReliefRecords records, Visibility visibility, string id, HttpContext context, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        if (await new TicketDesk(db).Find(id, cancellationToken) is not { } ticket)
            return NotFound();
        // Who petitions is known to the county alone, whoever runs or hands in: protection from retaliation (S20).
        var isOfCounty = visibility.Current is { } view && view.Areas.Contains(ticket.CountyCode);
        var mayKnow = isOfCounty || ticket.Channel != "petition" && (visibility.Current is null || ticket.CreatedBy == context.User.By());
        await using var all = records.ReadingAll();
        return TypedResults.Ok(new TicketView(mayKnow ? ticket : Nameless(ticket), await new TicketDesk(all).Earlier(ticket, cancellationToken)));
    }

    private static async Task<Results<Accepted<TakenTicket>, ProblemHttpResult>> Reopen(ReliefRecords records, string id, ReopenedTicket body, HttpContext context, CancellationToken cancellationToken)
    {
        if (new Fields().Check("reason", body.Reason is { Length: > 0 and <= 4000 }, "Why the answer does not do, 1 to 4000 characters.").Refused is { } refused)
            return refused;
        await using var db = records.Reading();
        if (await new TicketDesk(db).Find(id, cancellationToken) is not { } ticket)
            return NotFound();
        if (await new TicketDesk(db).Closed(ticket, await records.Now(cancellationToken), cancellationToken) is { } why)
            return Refusal.Of(409, "ticket." + why, "A ticket is opened again once, when it is settled and not later than 30 days after that.");
        var entry = new TicketEntry
        {
            CountyCode = ticket.CountyCode, Channel = ticket.Channel!, Type = ticket.Type!.Value, PlaceCode = ticket.PlaceCode!, Wording = body.Reason!, ComplainantRef = ticket.ComplainantRef,
            LifeRisk = ticket.LifeRisk, AboutStaffId = ticket.AboutStaffId, AboutUnitId = ticket.AboutUnitId, AboutSupplierId = ticket.AboutSupplierId, ExternalId = ticket.ExternalId, ParentId = ticket.Id
        };
        // One a ticket, whoever asks: its id is made of it.
        return await Begin(records, InstanceIds.Of("ticket-again:" + ticket.Id), entry, context.User.By(), cancellationToken);
    }

    private static async Task<Results<Ok<ReadAnswer>, ProblemHttpResult>> Read(ReliefRecords records, string code, CancellationToken cancellationToken)
    {
        await using var db = records.ReadingAll();
        return await new TicketDesk(db).ByCode(code.Trim().ToUpperInvariant(), cancellationToken) is not { } ticket
            ? Refusal.Of(404, "ticket.codeUnknown", "There is no ticket with this code.")
            : TypedResults.Ok(new ReadAnswer(ticket.Status, ticket.DueAt, ticket.SettledAt, ticket.Outcome, ticket.Status == TicketStatus.Settled ? ticket.Answer : null));
    }

    public static async Task<Accepted<TakenTicket>> Begin(ReliefRecords records, Guid id, TicketEntry entry, string by, CancellationToken cancellationToken)
    {
        var deed = new Deed(by, await records.Now(cancellationToken), id.ToString("N"));
        var ticket = await records.Change(db => new TicketDesk(db).Take(entry with { Code = TicketCode.Of(deed.Key, records.Key) }, deed, cancellationToken), cancellationToken);
        await records.Flows.Start(StartInstance.Of(TicketDesk.StartOf(id, ticket.Id), by), cancellationToken);
        return TypedResults.Accepted($"/api/v1/tickets/{ticket.Id}", new TakenTicket(ticket.Id, ticket.Code!, ticket.DueAt));
    }

    public static async Task<ProblemHttpResult?> Faults(ReliefRecords records, NewTicket body, CancellationToken cancellationToken)
    {
        var fields = new Fields()
            .Check("countyCode", body.CountyCode is { Length: > 0 and <= 12 }, "The county's code.")
            .Check("channel", body.Channel is { Length: > 0 and <= 20 }, "The channel: 12349, 12345, petition, app, window …")
            .Check("type", body.Type is { } type and not TicketType.Inspection && Enum.IsDefined(type), "Consultation, HelpRequest, Complaint, Report, Objection or Praise.")
            .Check("placeCode", body.PlaceCode is { Length: > 0 and <= 12 }, "The village's code.")
            .Check("wording", body.Wording is { Length: > 0 and <= 4000 }, "What was said, 1 to 4000 characters.")
            .Check("complainantRef", body.ComplainantRef is null || (body.ComplainantRef.Length is > 0 and <= 100 && !PersonReference.IsNumber(body.ComplainantRef)), "A reference of who said it; never a phone or ID number. Leave it out for somebody who gives no name.")
            .Check("externalId", body.ExternalId is null or { Length: > 0 and <= 50 }, "The order's number there.")
            .Check("recording", body.Recording is null or { Length: > 0 and <= 200 }, "Where the recording is.");
        if (fields.Refused is { } refused)
            return refused;
        await using var db = records.ReadingAll();
        if (!(await new AreaQueries(db).CodesAbove(body.PlaceCode!, cancellationToken)).Contains(body.CountyCode!))
            fields.Add("placeCode", "The village is not known in this county.");
        foreach (var (field, unknown) in await new TicketBook(db).Unknown(body.AboutStaffId, body.AboutUnitId, body.AboutSupplierId, cancellationToken))
            fields.Add(field, $"There is no {unknown} here.");
        return fields.Refused;
    }

    private static Ticket Nameless(Ticket ticket) => ticket with { ComplainantRef = null, Code = null, Recording = null };

    private static ProblemHttpResult NotFound() => Refusal.Of(404, "ticket.notFound", "There is no such ticket.");
}

/// <summary>What somebody told a hotline.</summary>
/// <param name="PlaceCode">The village that it is about.</param>
/// <param name="ComplainantRef">Who said it, as the channel knows them; left out when no name was given.</param>
/// <param name="AboutStaffId">The member of staff it is about.</param>
/// <param name="AboutUnitId">The organisation it is about.</param>
/// <param name="AboutSupplierId">The supplier it is about.</param>
/// <param name="ExternalId">The number of the order by which another hotline handed it on.</param>
/// <param name="ExternalDue">By when that hotline wants its answer.</param>
/// <param name="Recording">Where the recording of the call is.</param>
public sealed record NewTicket(
    string? CountyCode, string? Channel, TicketType? Type, string? PlaceCode, string? Wording, string? ComplainantRef, bool LifeRisk, string? AboutStaffId, string? AboutUnitId, string? AboutSupplierId,
    string? ExternalId, DateTimeOffset? ExternalDue, string? Recording)
{
    /// <summary>It as an entry; it has been looked through.</summary>
    public TicketEntry ToEntry() => new()
    {
        CountyCode = CountyCode!, Channel = Channel!, Type = Type!.Value, PlaceCode = PlaceCode!, Wording = Wording!, ComplainantRef = ComplainantRef, LifeRisk = LifeRisk,
        AboutStaffId = AboutStaffId, AboutUnitId = AboutUnitId, AboutSupplierId = AboutSupplierId, ExternalId = ExternalId, ExternalDue = ExternalDue, Recording = Recording
    };
}

/// <summary>The receipt of a ticket.</summary>
/// <param name="Code">By which the answer is read.</param>
/// <param name="Due">By when there is one.</param>
public sealed record TakenTicket(string TicketId, string Code, DateTimeOffset Due);

/// <summary>A ticket as it stands.</summary>
/// <param name="Earlier">How many others the same person handed in before.</param>
public sealed record TicketView(Ticket Ticket, int Earlier);

/// <summary>Why a ticket is opened again.</summary>
public sealed record ReopenedTicket(string? Reason);

/// <summary>What the code of a ticket shows.</summary>
/// <param name="Due">By when there is an answer.</param>
public sealed record ReadAnswer(TicketStatus Status, DateTimeOffset Due, DateTimeOffset? SettledAt, string? Outcome, string? Answer);
