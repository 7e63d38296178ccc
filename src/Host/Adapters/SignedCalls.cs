using System.Globalization;
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
    private const string Scheme = "sha256=";

    private static readonly TimeSpan Age = TimeSpan.FromMinutes(5);

    /// <summary>The body of a call by this system; else why not.</summary>
    public async Task<(T? Body, ProblemHttpResult? Refused)> Read<T>(string adapter, HttpContext context) where T : class
    {
        var body = await RawBody.Read(context.Request, LargestBody, context.RequestAborted);
        if (await Forgery(adapter, context.Request, body, context.RequestAborted) is { } forgery)
        {
            Log.CallRefused(logger, adapter, forgery.Code);
            return (null, Refusal.Of(forgery.Status, forgery.Code, forgery.Detail));
        }

        try
        {
            return body.Length > 0 && JsonSerializer.Deserialize<T>(body.Span, ApiJson.Options) is { } read ? (read, null) : (null, Malformed());
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
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{seconds}."), .. body.Span];
        if (addresses.Of(adapter)?.Secret is not { Length: > 0 } secret || !given.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) || !SignedBody.IsRight(given[Scheme.Length..], secret, signed))
            return (401, "adapter.badSignature", "The signature is not made with the secret of this system.");
        return SignedBody.Off(DateTimeOffset.FromUnixTimeSeconds(seconds), await records.Now(cancellationToken), Age) is not null ? (401, "adapter.tooOld", "The call was signed more than five minutes ago, or later than now.") : null;
    }

    private static ProblemHttpResult Malformed() => Refusal.Of(400, "adapter.malformed", "The body is not JSON of the form that is described.");
}
