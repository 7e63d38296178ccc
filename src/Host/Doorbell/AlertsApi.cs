using Microsoft.AspNetCore.Http.HttpResults;
using Relief.Flow.Activities.Doorbell;
using Relief.Flow.Host.Access;
using Relief.Flow.Host.Answers;
using Relief.Flow.Host.Relief;

namespace Relief.Flow.Host.Doorbell;

/// <summary>Alerts for the duty desk, the gateway and the apps of responders.</summary>
internal static class AlertsApi
{
    private const int Most = 500;

    public static void MapAlerts(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/alerts").WithTags("Doorbell").RequireAuthorization(Policies.See);
        group.MapGet("/", List).WithSummary("Alerts that are open (oldest first), or the latest (newest first)");
        group.MapGet("/kpis", Kpis).WithSummary("How fast a county answered: seconds from the press to acceptance and arrival, p50 and p90; false alarms apart");
        group.MapGet("/{id}", Find).WithSummary("One alert with every ring, every receipt and who did what").Refuses(404);
        var work = routes.MapGroup("/alerts").WithTags("Doorbell").RequireAuthorization(Policies.Work).WithMetadata(Repeatable.Kept);
        work.MapPost("/", Manual).WithSummary("Raise an alert by hand: a call that came in, a neighbour at the door").Refuses(404, 422);
        work.MapPost("/{id}/accept", Accept).WithSummary("A responder takes the alert; the first leads, others are told to stand by").Refuses(404, 409, 422);
        work.MapPost("/{id}/arrive", Arrive).WithSummary("A responder is there").Refuses(404, 409, 422);
        work.MapPost("/{id}/release", Release).WithSummary("A responder cannot come after all: rung again at once").Refuses(404, 409, 422);
        work.MapPost("/{id}/no-entry", (AlertDoor door, string id, HttpContext context, CancellationToken cancellationToken) =>
            Decided(door, id, context, (desk, deed) => desk.NoEntry(id, deed, cancellationToken))).WithSummary("Door locked, no voice: key holders and 110").Refuses(404, 409);
        work.MapPost("/{id}/fine", (AlertDoor door, string id, HttpContext context, CancellationToken cancellationToken) =>
            Decided(door, id, context, (desk, deed) => desk.SaysFine(id, deed, cancellationToken))).WithSummary("The resident says by phone that all is well: to be verified, the ladder runs on").Refuses(404, 409);
        work.MapPost("/{id}/escalate", (AlertDoor door, string id, HttpContext context, CancellationToken cancellationToken) =>
            Decided(door, id, context, (desk, deed) => desk.Escalate(id, deed, cancellationToken))).WithSummary("The next tier at once").Refuses(404, 409);
        work.MapPost("/{id}/dispatch", Dispatch).WithSummary("120, 110 or 119 was called; at any time").Refuses(404, 409, 422);
        work.MapPost("/{id}/decline", Decline).WithSummary("No emergency line is called, with the reason").Refuses(404, 409, 422);
        work.MapPost("/{id}/outcome", Resolve).WithSummary("A named human who spoke with the resident or saw them says how it ended").Refuses(404, 409, 422);
        work.MapPost("/rings/{ringId}/receipt", Receipt).WithSummary("The gateway says what became of a ring: delivered, busy, noAnswer, failed").Refuses(404, 422);
        work.MapPost("/rings/{ringId}/answer", Answered).WithSummary("What was answered to a ring: 1 accepts, 2 is there, 3 releases").Refuses(404, 409, 422);
    }

    private static async Task<Ok<Listing<AlertView>>> List(AlertDoor door, bool? open, string? device, CancellationToken cancellationToken)
    {
        await using var db = door.Records.Reading();
        var queries = new AlertQueries(db);
        return TypedResults.Ok(new Listing<AlertView>(open == true ? await queries.Open(Most, cancellationToken) : await queries.Latest(device, Most, cancellationToken)));
    }

    private static async Task<Ok<AlertFigures>> Kpis(AlertDoor door, string county, DateTimeOffset? from, DateTimeOffset? to, CancellationToken cancellationToken)
    {
        var now = await door.Records.Now(cancellationToken);
        await using var db = door.Records.Reading();
        return TypedResults.Ok(await new AlertQueries(db).Figures(county, from ?? now.AddDays(-30), to ?? now.AddSeconds(1), cancellationToken));
    }

    private static async Task<Results<Ok<AlertView>, ProblemHttpResult>> Find(AlertDoor door, string id, CancellationToken cancellationToken)
    {
        await using var db = door.Records.Reading();
        return await new AlertQueries(db).Find(id, cancellationToken) is { } found ? TypedResults.Ok(found) : AlertAnswers.Unknown();
    }

    private static async Task<Results<Accepted<SignalAnswer>, ProblemHttpResult>> Manual(AlertDoor door, ManualAlert body, HttpContext context, CancellationToken cancellationToken)
    {
        if (new Fields().Check("deviceId", body.DeviceId is { Length: > 0 }, "The device of the household.").Refused is { } refused)
            return refused;
        await using var db = door.Records.Reading();
        if (await new DeviceBook(db, door.Records.Key).Find(body.DeviceId!, cancellationToken) is not { } device)
            return Refusal.Of(404, "doorbell.unknownDevice", "No such device is registered.");
        var nonce = RepeatedRequests.KeyOf(context) is { } key ? key.Key : Guid.CreateVersion7().ToString("N");
        var now = await door.Records.Now(cancellationToken);
        var taken = await door.Press(new SignalEntry(device.Id, "manual:" + nonce, "manual", now), context.User.By(), now, CancellationToken.None);
        return TypedResults.Accepted($"/api/v1/alerts/{taken.Alert?.Id}", new SignalAnswer(taken.Result == SignalResult.Merged ? "DUPLICATE" : "ACK", taken.Alert?.Id, taken.Count));
    }

    private static Task<IResult> Accept(AlertDoor door, string id, ByResponder body, HttpContext context, CancellationToken cancellationToken) =>
        Responded(door, id, body, context, (book, link, deed) => book.Accept(id, link, "app", deed, cancellationToken));

    private static Task<IResult> Arrive(AlertDoor door, string id, ByResponder body, HttpContext context, CancellationToken cancellationToken) =>
        Responded(door, id, body, context, (book, link, deed) => book.Arrive(id, link, deed, cancellationToken));

    private static Task<IResult> Release(AlertDoor door, string id, ByResponder body, HttpContext context, CancellationToken cancellationToken) =>
        Responded(door, id, body, context, (book, link, deed) => book.Release(id, link, deed, cancellationToken));

    private static async Task<IResult> Dispatch(AlertDoor door, string id, CalledLine body, HttpContext context, CancellationToken cancellationToken) =>
        new Fields().Check("line", body.Line is "120" or "110" or "119", "120, 110 or 119.").Check("reference", body.Reference is { Length: > 0 and <= 100 }, "What the line gave.").Refused
        ?? await Decided(door, id, context, (desk, deed) => desk.Dispatch(id, new EmergencyCall(body.Line!, body.Reference!), deed, cancellationToken));

    private static async Task<IResult> Decline(AlertDoor door, string id, Declined body, HttpContext context, CancellationToken cancellationToken) =>
        new Fields().Check("reason", body.Reason is { Length: > 0 and <= 500 }, "Why no emergency line is called.").Refused
        ?? await Decided(door, id, context, (desk, deed) => desk.Decline(id, body.Reason!, deed, cancellationToken));

    private static async Task<IResult> Resolve(AlertDoor door, string id, Ended body, HttpContext context, CancellationToken cancellationToken) =>
        new Fields().Check("outcome", body.Outcome is not null, "FalseAlarm, Helped, Medical, FireOrViolence or Deceased.").Check("how", body.How is "voice" or "sight", "voice or sight.").Refused
        ?? await Decided(door, id, context, (desk, deed) => desk.Resolve(id, new Ending(body.Outcome!.Value, body.How!, body.Reference, body.Line, body.Note), deed, cancellationToken));

    private static async Task<IResult> Receipt(AlertDoor door, string ringId, RingReceipt body, CancellationToken cancellationToken)
    {
        if (new Fields().Check("state", body.State is "delivered" or "busy" or "noAnswer" or "failed", "delivered, busy, noAnswer or failed.").Refused is { } refused)
            return refused;
        var now = await door.Records.Now(cancellationToken);
        return await door.Records.Change(db => new RingBook(db).Receipt(ringId, body.State!, now, cancellationToken), cancellationToken) ? Results.NoContent() : AlertAnswers.Unknown();
    }

    private static async Task<IResult> Answered(AlertDoor door, string ringId, RingAnswer body, CancellationToken cancellationToken)
    {
        if (new Fields().Check("digit", body.Digit is "1" or "2" or "3", "1, 2 or 3.").Refused is { } refused)
            return refused;
        var now = await door.Records.Now(cancellationToken);
        if (await door.Records.Change(db => new RingBook(db).Respond(ringId, body.Digit!, now, cancellationToken), cancellationToken) is not { } ring)
            return AlertAnswers.Unknown();
        return AlertAnswers.Of(await door.Responds(ring.AlertId, ring.Target, (book, deed) => body.Digit switch
        {
            "1" => book.Accept(ring.AlertId, ring.LinkId, ring.Channel, deed, cancellationToken),
            "2" => book.Arrive(ring.AlertId, ring.LinkId, deed, cancellationToken),
            _ => book.Release(ring.AlertId, ring.LinkId, deed, cancellationToken)
        }));
    }

    private static async Task<IResult> Responded(AlertDoor door, string id, ByResponder body, HttpContext context, Func<AlertBook, string, Activities.Deed, Task<AlertAnswer>> deed) =>
        new Fields().Check("linkId", body.LinkId is { Length: > 0 }, "The responder.").Refused
        ?? AlertAnswers.Of(await door.Responds(id, context.User.By(), (book, done) => deed(book, body.LinkId!, done)));

    private static async Task<IResult> Decided(AlertDoor door, string id, HttpContext context, Func<AlertDesk, Activities.Deed, Task<AlertAnswer>> deed) =>
        AlertAnswers.Of(await door.Decides(id, context.User.By(), deed));
}

/// <summary>An alert raised by hand.</summary>
public sealed record ManualAlert(string? DeviceId, string? Reason);

/// <summary>Which responder.</summary>
public sealed record ByResponder(string? LinkId);

/// <summary>Which emergency line was called, and what it gave.</summary>
public sealed record CalledLine(string? Line, string? Reference);

/// <summary>Why none was called.</summary>
public sealed record Declined(string? Reason);

/// <summary>How it ended.</summary>
/// <param name="How">voice or sight.</param>
public sealed record Ended(AlertOutcome? Outcome, string? How, string? Reference, string? Line, string? Note);

/// <summary>What became of a ring.</summary>
public sealed record RingReceipt(string? State);

/// <summary>What was pressed.</summary>
public sealed record RingAnswer(string? Digit);
