using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Relief.Flow.Host.Answers;
using Relief.Flow.Host.Relief;
using Relief.Flow.Workflows;
using Relief.Flow.Workflows.Runtime;

namespace Relief.Flow.Host.Adapters;

/// <summary>Lets in only what an outside system signed a moment ago with the secret that it shares with us: HMAC-SHA256 over <c>timestamp.body</c>.</summary>
/// <remarks>Problems: <c>adapter.unsigned</c>, <c>adapter.badSignature</c>, <c>adapter.tooOld</c>, <c>adapter.malformed</c>. What is sent again changes nothing: each call is kept by its own number.</remarks>
internal sealed class SignedCalls(AdapterAddresses addresses, ReliefRecords records, ILogger<SignedCalls> logger)
{
    private const int LargestBody = 1024 * 1024;

    private static readonly TimeSpan Age = TimeSpan.FromMinutes(5);
    private static readonly JsonSerializerOptions Options = Configured();

    /// <summary>The body of a call by this system; else why not.</summary>
    public async Task<(T? Body, ProblemHttpResult? Refused)> Read<T>(string adapter, HttpContext context) where T : class
    {
        var body = context.Request.ContentLength > LargestBody ? ReadOnlyMemory<byte>.Empty : await RawBody.Read(context.Request, context.RequestAborted);
        if (await Forgery(adapter, context.Request, body, context.RequestAborted) is { } forgery)
        {
            Log.CallRefused(logger, adapter, forgery.Code);
            return (null, Refusal.Of(forgery.Status, forgery.Code, forgery.Detail));
        }

        try
        {
            return body.Length is > 0 and <= LargestBody && JsonSerializer.Deserialize<T>(body.Span, Options) is { } read ? (read, null) : (null, Malformed());
        }
        catch (JsonException)
        {
            return (null, Malformed());
        }
    }

    private async Task<(int Status, string Code, string Detail)?> Forgery(string adapter, HttpRequest request, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        var (stamp, given) = (request.Headers[NoticeSignature.TimestampHeader].ToString(), request.Headers[NoticeSignature.SignatureHeader].ToString());
        if (given.Length == 0 || !long.TryParse(stamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || seconds > DateTimeOffset.MaxValue.ToUnixTimeSeconds())
            return (401, "adapter.unsigned", $"Send {NoticeSignature.TimestampHeader} (seconds since 1970) and {NoticeSignature.SignatureHeader}: sha256=<HMAC-SHA256 of timestamp.body, in hexadecimal>.");
        var at = DateTimeOffset.FromUnixTimeSeconds(seconds);
        var right = addresses.Of(adapter)?.Secret is { Length: > 0 } secret ? NoticeSignature.Of(secret, at, Encoding.UTF8.GetString(body.Span))[NoticeSignature.SignatureHeader] : "";
        if (right.Length == 0 || !CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(given.ToLowerInvariant()), Encoding.ASCII.GetBytes(right)))
            return (401, "adapter.badSignature", "The signature is not made with the secret of this system.");
        return (await records.Now(cancellationToken) - at).Duration() > Age ? (401, "adapter.tooOld", "The call was signed more than five minutes ago, or later than now.") : null;
    }

    private static JsonSerializerOptions Configured()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        ApiJson.Configure(options);
        return options;
    }

    private static ProblemHttpResult Malformed() => Refusal.Of(400, "adapter.malformed", "The body is not JSON of the form that is described.");
}
