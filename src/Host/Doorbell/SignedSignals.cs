using Microsoft.AspNetCore.Http.HttpResults;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Doorbell;
using Relief.Flow.Activities.Parameters;
using Relief.Flow.Host.Answers;

namespace Relief.Flow.Host.Doorbell;

/// <summary>Lets in only what a known device or its gateway signed a moment ago: HMAC-SHA256 over the raw body.</summary>
/// <remarks>
/// Problems: <c>doorbell.unsigned</c>, <c>doorbell.badSignature</c>, <c>doorbell.unknownDevice</c>, <c>doorbell.tooOld</c>, <c>doorbell.future</c>,
/// <c>doorbell.replayed</c>. Each refusal is one line in the log.
/// </remarks>
internal sealed class SignedSignals(AlertDoor door, ILogger<SignedSignals> logger)
{
    /// <summary><c>sha256=</c> and the signature in hexadecimal.</summary>
    public const string SignatureHeader = "X-Doorbell-Signature";

    /// <summary>The gateway that signed; without it the device did.</summary>
    public const string GatewayHeader = "X-Doorbell-Gateway";

    private const string Prefix = "sha256=";

    public AlertDoor Door => door;

    /// <summary>The device that a signal came from, and when; else why it may not be taken in.</summary>
    public async Task<(HeardDevice? Heard, ProblemHttpResult? Refused)> Check(HttpRequest request, SentSignal signal, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        var given = request.Headers[SignatureHeader].ToString();
        if (!given.StartsWith(Prefix, StringComparison.Ordinal))
            return (null, Refuse(401, "doorbell.unsigned", $"Send {SignatureHeader}: sha256=<HMAC-SHA256 of the body, in hexadecimal>.", signal.DeviceId));
        await using var db = door.Records.Reading();
        var book = new DeviceBook(db, door.Records.Key);
        if (await book.Find(signal.DeviceId, cancellationToken) is not { } device)
            return (null, Refuse(404, "doorbell.unknownDevice", "No such device is registered.", signal.DeviceId));
        var gateway = request.Headers[GatewayHeader].ToString() is { Length: > 0 } named ? named : null;
        if (await book.SecretOf(device, gateway, cancellationToken) is not { } secret || !SignedBody.IsRight(given[Prefix.Length..], secret, body.Span))
            return (null, Refuse(401, "doorbell.badSignature", "The signature is not this device's or its gateway's.", signal.DeviceId));
        var now = await door.Records.Now(cancellationToken);
        var age = TimeSpan.FromSeconds(await new ParameterQueries(db).Whole("doorbell.signalAge", device.AreaCode, ChinaTime.DayOf(now), cancellationToken));
        return SignedBody.Off(signal.Time, now, age) switch
        {
            "tooOld" => (null, Refuse(422, "doorbell.tooOld", "The signal's time lies too far back.", signal.DeviceId)),
            "future" => (null, Refuse(422, "doorbell.future", "The signal's time lies in the future.", signal.DeviceId)),
            _ => (new HeardDevice(device, now), null)
        };
    }

    /// <summary>A refusal, with one line in the log.</summary>
    public ProblemHttpResult Refuse(int status, string code, string detail, string? deviceId)
    {
        Log.SignalRefused(logger, code, SignedBody.Safe(deviceId));
        return Refusal.Of(status, code, detail);
    }
}

/// <summary>A device whose signature was found good.</summary>
/// <param name="At">When the signal came, in business time.</param>
internal sealed record HeardDevice(DoorbellDevice Device, DateTimeOffset At);

/// <summary>What a device sends.</summary>
/// <param name="DeviceId">Its serial or its id.</param>
/// <param name="Nonce">Never used twice.</param>
/// <param name="Time">The device's clock.</param>
/// <param name="Battery">Percent.</param>
/// <param name="Signal">dBm.</param>
public sealed record SentSignal(string DeviceId, string Nonce, DateTimeOffset Time, int? Battery = null, int? Signal = null);
