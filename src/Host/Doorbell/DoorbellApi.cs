using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Relief.Flow.Activities.Doorbell;
using Relief.Flow.Host.Answers;

namespace Relief.Flow.Host.Doorbell;

/// <summary>Where devices and gateways send their signals. No API key: each signal is signed.</summary>
internal static class DoorbellApi
{
    private const int LargestSignal = 16 * 1024;

    public static void MapDoorbell(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/alerts").WithTags("Doorbell").AllowAnonymous().WithMetadata(Repeatable.Never);
        group.MapPost("/doorbell", (SignedSignals signals, HttpContext context) => Take(signals, context, "press"))
            .WithSummary("A press. Answered ACK when the alert and its procedure are on disk; DUPLICATE when it joined the open alert, whose next tier is rung at once")
            .Accepts<SentSignal>("application/json", "*/*").Produces<SignalAnswer>(StatusCodes.Status202Accepted).Refuses(400, 401, 404, 409, 422);
        foreach (var (path, kind, summary) in new[]
        {
            ("cancel", "cancel", "The cancel key: verified by a named human; the ladder runs on until then"), ("heartbeat", "heartbeat", "A sign of life"),
            ("low-battery", "lowBattery", "The battery is low: the device is swapped"), ("tamper", "tamper", "The device was opened or moved"),
            ("test", "test", "A test press: recorded, and no incident")
        })
            group.MapPost("/doorbell/" + path, (SignedSignals signals, HttpContext context) => Take(signals, context, kind))
                .WithSummary(summary).Accepts<SentSignal>("application/json", "*/*").Produces<SignalAnswer>(StatusCodes.Status202Accepted).Refuses(400, 401, 404, 409, 422);
        group.MapPost("/scaip", TakeScaip).WithSummary("The same signals as XML messages in the manner of SCAIP; what means what stands in a mapping file")
            .Accepts<string>("application/scaip+xml", "*/*").Refuses(400, 401, 404, 409, 422);
    }

    private static async Task<IResult> Take(SignedSignals signals, HttpContext context, string kind)
    {
        var body = await RawBody.Read(context.Request, LargestSignal, context.RequestAborted);
        if (Parse(body) is not { } signal)
            return signals.Refuse(400, "doorbell.malformed", "A JSON object with deviceId, nonce, time, and if known battery and signal.", null);
        var (heard, refused) = await signals.Check(context.Request, signal, body, context.RequestAborted);
        return refused ?? await Answer(signals, heard!, (kind, signal), CancellationToken.None);
    }

    private static async Task<IResult> TakeScaip(SignedSignals signals, HttpContext context)
    {
        var body = await RawBody.Read(context.Request, LargestSignal, context.RequestAborted);
        if (ScaipMessage.Read(body) is not { } message)
            return signals.Refuse(400, "doorbell.malformed", "An XML message with the elements that the mapping names.", null);
        var (heard, refused) = await signals.Check(context.Request, message.Signal, body, context.RequestAborted);
        if (refused is not null)
            return refused;
        var answer = await Answer(signals, heard!, (message.Kind, message.Signal), CancellationToken.None);
        return answer is Accepted<SignalAnswer> { Value: { } taken } ? Results.Content(message.Reply(taken), "application/scaip+xml; charset=utf-8", statusCode: 202) : answer;
    }

    private static async Task<IResult> Answer(SignedSignals signals, HeardDevice heard, (string Kind, SentSignal Sent) of, CancellationToken cancellationToken)
    {
        var ((device, at), (kind, sent)) = (heard, of);
        var signal = new SignalEntry(device.Id, sent.Nonce, kind, sent.Time) { Battery = sent.Battery, Signal = sent.Signal };
        var by = "device:" + device.Serial;
        var taken = kind is "press" or "scaip" ? await signals.Door.Press(signal, by, at, cancellationToken) : await signals.Door.Note(signal, by, at, cancellationToken);
        if (taken.Result == SignalResult.Replayed)
            return signals.Refuse(409, "doorbell.replayed", "This nonce was used before. A repeat is a new press with a new nonce.", device.Serial);
        if (kind is "lowBattery" or "tamper")
            await signals.Door.Fault(device.Id, kind, by);
        else if (kind is "test" || device.Status == DeviceStatus.Faulty)
            await signals.Door.TellDevice(device.Id);
        var word = taken.Result switch { SignalResult.Merged => "DUPLICATE", SignalResult.NothingOpen => "NOTHING_OPEN", _ => "ACK" };
        return TypedResults.Accepted((string?)null, new SignalAnswer(word, taken.Alert?.Id, taken.Count));
    }

    private static SentSignal? Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            return body.Length > 0 && JsonSerializer.Deserialize<SentSignal>(body.Span, JsonSerializerOptions.Web) is { DeviceId.Length: > 0 and <= 64, Nonce.Length: > 0 and <= 64 } signal
                && signal.Time != default ? signal : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>What a device is answered.</summary>
/// <param name="Result">ACK, DUPLICATE or NOTHING_OPEN.</param>
/// <param name="Presses">How many presses the alert has.</param>
public sealed record SignalAnswer(string Result, string? AlertId, int Presses);
