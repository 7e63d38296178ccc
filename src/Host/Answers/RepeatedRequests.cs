using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Relief.Flow.Activities;
using Relief.Flow.Host.Access;
using Relief.Flow.Workflows.Runtime;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Host.Answers;

/// <summary>Honours <c>Idempotency-Key</c> on every POST: the same request again gets the first answer, another one 409.</summary>
/// <remarks>A key belongs to an API key and an address. Only answers below 300 are kept, so a refused request may be mended and sent again.</remarks>
internal sealed class RepeatedRequests(RequestDelegate next)
{
    public const string Header = "Idempotency-Key";
    public const string ReplayedHeader = "Idempotency-Replayed";

    public async Task InvokeAsync(HttpContext context, Installation installation)
    {
        var asked = context.Request.Headers[Header].ToString();
        var route = context.GetEndpoint()?.Metadata.GetMetadata<Repeatable>();
        if (asked.Length == 0 || !HttpMethods.IsPost(context.Request.Method) || route is not { IsHonoured: true })
        {
            await next(context);
            return;
        }

        if (asked.Length > 200)
        {
            await Refusal.Of(400, "idempotency.invalidKey", "An Idempotency-Key has at most 200 characters.").ExecuteAsync(context);
            return;
        }

        var key = new IdempotencyKey($"{context.User.KeyId()} {context.Request.Path}", asked, await Hash(context));
        context.Features.Set(key);
        if (route.InStatement)
            await next(context);
        else
            await OnceOnly(context, installation, key);
    }

    /// <summary>The key of this request, for routes whose own statement honours it; null when there is none.</summary>
    public static IdempotencyKey? KeyOf(HttpContext context) => context.Features.Get<IdempotencyKey>();

    /// <summary>The same as one text, for what keeps its own keys: events and records; null when there is none.</summary>
    public static string? TextOf(HttpContext context) => KeyOf(context) is { } key ? $"{key.Scope} {key.Key}" : null;

    /// <summary>The id of what a request makes: the same for each repeat with the same key, a new one without a key.</summary>
    /// <param name="kind">What is made: requests of other kinds may have the same key.</param>
    public static Guid IdOf(HttpContext context, string kind) =>
        KeyOf(context) is { } key ? InstanceIds.Of($"{kind}:{key.Scope}:{key.Key}") : Guid.CreateVersion7();

    /// <summary>The first answer again.</summary>
    public static IResult Replay(StoredAnswer answer, HttpContext context)
    {
        context.Response.Headers[ReplayedHeader] = "true";
        return Results.Text(answer.Body, "application/json", Encoding.UTF8, answer.Status);
    }

    public static IResult Reused() =>
        Refusal.Of(409, "idempotency.keyReused", "This Idempotency-Key was used for another request.");

    private async Task OnceOnly(HttpContext context, Installation installation, IdempotencyKey key)
    {
        var earlier = await installation.Recall(key, context.RequestAborted);
        if (!earlier.IsNew && (!earlier.IsSameRequest || earlier.Answer is not null))
        {
            await (earlier.IsSameRequest ? Replay(earlier.Answer!, context) : Reused()).ExecuteAsync(context);
            return;
        }

        var body = context.Response.Body;
        using var kept = new MemoryStream();
        context.Response.Body = kept;
        try
        {
            await next(context);
        }
        finally
        {
            context.Response.Body = body;
        }

        if (context.Response.StatusCode < 300)
            await installation.Keep(key, new StoredAnswer(context.Response.StatusCode, Encoding.UTF8.GetString(kept.ToArray())), CancellationToken.None);
        kept.Position = 0;
        await kept.CopyToAsync(body, context.RequestAborted);
    }

    private static async Task<string> Hash(HttpContext context)
    {
        context.Request.EnableBuffering();
        using var buffer = new MemoryStream();
        await context.Request.Body.CopyToAsync(buffer, context.RequestAborted);
        context.Request.Body.Position = 0;
        var query = Encoding.UTF8.GetBytes(context.Request.QueryString.Value ?? "");
        return Convert.ToHexStringLower(SHA256.HashData([.. query, 0, .. CanonicalJson.Of(buffer.ToArray())]));
    }
}
