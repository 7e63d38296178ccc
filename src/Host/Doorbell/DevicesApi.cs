using System.Security.Cryptography;
using Microsoft.AspNetCore.Http.HttpResults;
using Relief.Flow.Activities;
using Relief.Flow.Activities.Audit;
using Relief.Flow.Activities.Doorbell;
using Relief.Flow.Host.Access;
using Relief.Flow.Host.Answers;
using Relief.Flow.Host.Relief;
using Relief.Flow.Workflows;
using Relief.Flow.Workflows.Runtime;

namespace Relief.Flow.Host.Doorbell;

/// <summary>The register of doorbells: devices, gateways, who is rung, away, tests, taking back.</summary>
internal static class DevicesApi
{
    private const string Channels = "At least two of push, voice, sms, wechat: one may be down.";
    private const string Hours = "Hours such as 1-5 18:00-07:00.";

    public static void MapDevices(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/doorbells").WithTags("Doorbell").RequireAuthorization(Policies.See);
        group.MapGet("/", List).WithSummary("The doorbells of an area, with what is to be warned of");
        group.MapGet("/{id}", Find).WithSummary("One doorbell, by id or serial").Refuses(404);
        var work = routes.MapGroup("/doorbells").WithTags("Doorbell").RequireAuthorization(Policies.Start).WithMetadata(Repeatable.Never);
        work.MapPost("/", Register).WithSummary("Register a doorbell and begin its installation; the secret that it signs with is shown this once").Refuses(422);
        work.MapPost("/gateways", AddGateway).WithSummary("Name a gateway; the secret that it signs with is shown this once").Refuses(422);
        work.MapPost("/{id}/responders", AddResponder).WithSummary("Somebody is rung for it: tier, channels, hours").Refuses(404, 422);
        work.MapPost("/{id}/responders/{linkId}", ChangeResponder).WithSummary("Away, other hours, or no longer helping; the last responder of a device that counts stays").Refuses(404, 409, 422);
        work.MapPost("/{id}/away", Away).WithSummary("The resident is away until then: a flag for whoever answers, it alarms all the same").Refuses(404);
        work.MapPost("/{id}/heard", Heard).WithSummary("A responder heard the test press").Refuses(404);
        work.MapPost("/{id}/retire", Retire).WithSummary("Take it back: service ended, moved, institution").Refuses(404);
    }

    private static async Task<Ok<Listing<DeviceView>>> List(AlertDoor door, string area, CancellationToken cancellationToken)
    {
        await using var db = door.Records.Reading();
        return TypedResults.Ok(new Listing<DeviceView>(await new DeviceQueries(db).Of(area, await door.Records.Now(cancellationToken), cancellationToken)));
    }

    private static async Task<Results<Ok<DeviceView>, ProblemHttpResult>> Find(AlertDoor door, string id, CancellationToken cancellationToken)
    {
        await using var db = door.Records.Reading();
        return await new DeviceQueries(db).Find(id, await door.Records.Now(cancellationToken), cancellationToken) is { } found ? TypedResults.Ok(found) : Unknown();
    }

    private static async Task<Results<Created<RegisteredDevice>, ProblemHttpResult>> Register(AlertDoor door, NewDevice body, HttpContext context, CancellationToken cancellationToken)
    {
        var fields = new Fields()
            .Check("serial", body.Serial is { Length: > 0 and <= 64 }, "What is printed on it.").Check("countyCode", body.CountyCode is { Length: > 0 }, "The county's code.")
            .Check("areaCode", body.AreaCode is { Length: > 0 }, "The village.").Check("place", body.Place is { Length: > 0 and <= 200 }, "Where responders go, as they call it.")
            .Check("profile", (body.Profile ?? []).All(entry => entry.Value is > 0 and <= 86_400), "Seconds of a day at most.");
        if (fields.Refused is { } refused)
            return refused;
        var secret = body.GatewayId is null ? Convert.ToHexString(RandomNumberGenerator.GetBytes(32)) : null;
        var deed = await DeedOf(door, context, cancellationToken);
        var device = await door.Records.Change(db => new DeviceBook(db, door.Records.Key).Register(Entry(body, secret), deed, cancellationToken), cancellationToken);
        var isNew = device.CreatedAt == deed.At && device.CreatedBy == deed.By;
        await door.Records.Flows.Start(
            new StartInstance("procedure.doorbell.install", FlowJson.Of(new { deviceId = device.Id }), deed.By)
            {
                InstanceId = InstanceIds.Of("doorbell:" + device.Id), CorrelationId = DeviceBook.Chain(device.Id), BusinessKey = device.Serial
            }, cancellationToken);
        return TypedResults.Created($"/api/v1/doorbells/{device.Id}", new RegisteredDevice(device.Id, device.Serial, isNew ? secret : null));
    }

    private static async Task<Results<Created<RegisteredGateway>, ProblemHttpResult>> AddGateway(AlertDoor door, NewGateway body, HttpContext context, CancellationToken cancellationToken)
    {
        if (new Fields().Check("id", body.Id is { Length: > 0 and <= 64 }, "What it sends as X-Doorbell-Gateway.").Check("name", body.Name is { Length: > 0 and <= 100 }, "The name shown.").Refused is { } refused)
            return refused;
        var secret = Convert.ToHexString(RandomNumberGenerator.GetBytes(32));
        var deed = await DeedOf(door, context, cancellationToken);
        await door.Records.Change(db => new DeviceBook(db, door.Records.Key).AddGateway(body.Id!, body.Name!, secret, deed, cancellationToken), cancellationToken);
        return TypedResults.Created((string?)null, new RegisteredGateway(body.Id!, secret));
    }

    private static async Task<Results<Created<ResponderLink>, ProblemHttpResult>> AddResponder(AlertDoor door, string id, NewResponder body, HttpContext context, CancellationToken cancellationToken)
    {
        var fields = new Fields()
            .Check("userId", body.UserId is { Length: > 0 and <= 100 } && body.UserId.Contains(':', StringComparison.Ordinal), "A reference such as person:… or staff:…, never a phone number.")
            .Check("name", body.Name is { Length: > 0 and <= 100 }, "The name shown to the duty desk.").Check("tier", body.Tier is >= 1 and <= RingPlan.LastTier, "1 to 4.")
            .Check("channels", body.Channels is null || RingPlan.AreTwo(body.Channels), Channels)
            .Check("availability", (body.Availability ?? []).All(RingPlan.IsReadable), Hours);
        if (fields.Refused is { } refused)
            return refused;
        await using var db = door.Records.Reading();
        if (await new DeviceBook(db, door.Records.Key).Find(id, cancellationToken) is not { } device)
            return Unknown();
        var deed = await DeedOf(door, context, cancellationToken);
        var link = new ResponderLink
        {
            Id = "", CountyCode = device.CountyCode, CreatedAt = deed.At, CreatedBy = deed.By, DeviceId = device.Id, UserId = body.UserId!, Name = body.Name!, Tier = body.Tier, Ord = body.Order,
            Channels = body.Channels ?? ["push", "voice", "sms"], Availability = body.Availability ?? [], KeyHolder = body.KeyHolder, Vetted = body.Vetted, Guardian = body.Guardian
        };
        var made = await door.Records.Change(records => new DeviceBook(records, door.Records.Key).Link(link, deed, cancellationToken), cancellationToken);
        return TypedResults.Created((string?)null, made);
    }

    private static async Task<IResult> ChangeResponder(AlertDoor door, string id, string linkId, ChangedResponder body, HttpContext context, CancellationToken cancellationToken)
    {
        if (new Fields().Check("channels", body.Channels is null || RingPlan.AreTwo(body.Channels), Channels)
            .Check("availability", (body.Availability ?? []).All(RingPlan.IsReadable), Hours).Refused is { } refused)
            return refused;
        var deed = await DeedOf(door, context, cancellationToken);
        return await door.Records.Change(db => new DeviceBook(db, door.Records.Key).Relink(linkId, link => link with
        {
            AwayUntil = body.AwayUntil, Availability = body.Availability ?? link.Availability, Channels = body.Channels ?? link.Channels, Active = body.Active ?? link.Active
        }, deed, cancellationToken), cancellationToken)
            ? Results.NoContent()
            : Refusal.Of(409, "doorbell.lastResponder", $"The responder is unknown, or is the last of {id}: a device that counts keeps one.");
    }

    private static Task<IResult> Away(AlertDoor door, string id, AwayUntil body, HttpContext context, CancellationToken cancellationToken) =>
        Change(door, id, context, device => device with { AwayUntil = body.Until }, new AuditDetail("DeviceAway", new { body.Until }));

    private static Task<IResult> Retire(AlertDoor door, string id, RetiredFor body, HttpContext context, CancellationToken cancellationToken) =>
        Change(door, id, context, device => device with { Status = DeviceStatus.Retired }, new AuditDetail("DeviceRetired", new { body.Reason }));

    private static async Task<IResult> Heard(AlertDoor door, string id, ByResponder body, HttpContext context, CancellationToken cancellationToken)
    {
        await using var db = door.Records.Reading();
        if (await new DeviceBook(db, door.Records.Key).Find(id, cancellationToken) is not { } device)
            return Unknown();
        var deed = await DeedOf(door, context, cancellationToken);
        if (!await door.Records.Change(records => new HeardTests(records).Hear(device.Id, body.LinkId ?? "", deed, cancellationToken), cancellationToken))
            return Unknown();
        await door.TellDevice(device.Id);
        return Results.NoContent();
    }

    private static async Task<IResult> Change(AlertDoor door, string id, HttpContext context, Func<DoorbellDevice, DoorbellDevice> change, AuditDetail detail)
    {
        await using var db = door.Records.Reading();
        if (await new DeviceBook(db, door.Records.Key).Find(id, context.RequestAborted) is not { } device)
            return Unknown();
        var deed = await DeedOf(door, context, context.RequestAborted);
        await door.Records.Change(records => new DeviceBook(records, door.Records.Key).Change(device.Id, change, detail, deed, CancellationToken.None), CancellationToken.None);
        await door.TellDevice(device.Id);
        return Results.NoContent();
    }

    private static async Task<Deed> DeedOf(AlertDoor door, HttpContext context, CancellationToken cancellationToken) =>
        new(context.User.By(), await door.Records.Now(cancellationToken), Guid.CreateVersion7().ToString("N"));

    private static DeviceEntry Entry(NewDevice body, string? secret) => new()
    {
        Serial = body.Serial!, CountyCode = body.CountyCode!, AreaCode = body.AreaCode!, Place = body.Place!, PersonId = body.PersonId, HouseholdId = body.HouseholdId, GatewayId = body.GatewayId,
        ChildAlone = body.ChildAlone, Language = body.Language ?? "zh", MedicalNote = body.MedicalNote, AccessNote = body.AccessNote, Profile = body.Profile ?? [], Secret = secret
    };

    private static ProblemHttpResult Unknown() => Refusal.Of(404, "doorbell.unknownDevice", "No such device is registered.");
}

/// <summary>A doorbell to register.</summary>
public sealed record NewDevice(string? Serial, string? CountyCode, string? AreaCode, string? Place, string? PersonId, string? HouseholdId, string? GatewayId)
{
    public bool ChildAlone { get; init; }

    public string? Language { get; init; }

    public string? MedicalNote { get; init; }

    public string? AccessNote { get; init; }

    public Dictionary<string, int>? Profile { get; init; }
}

/// <summary>A registered doorbell.</summary>
/// <param name="Secret">What it signs with, shown this once; none when a gateway signs or it was registered before.</param>
public sealed record RegisteredDevice(string Id, string Serial, string? Secret);

public sealed record NewGateway(string? Id, string? Name);

public sealed record RegisteredGateway(string Id, string Secret);

/// <summary>Somebody who is rung.</summary>
public sealed record NewResponder(string? UserId, string? Name, int Tier, int Order, string[]? Channels, string[]? Availability)
{
    public bool KeyHolder { get; init; }

    public bool Vetted { get; init; }

    public bool Guardian { get; init; }
}

public sealed record ChangedResponder(DateTimeOffset? AwayUntil, string[]? Availability, string[]? Channels, bool? Active);

public sealed record AwayUntil(DateTimeOffset? Until);

public sealed record RetiredFor(string? Reason);
