using System.Text;
using System.Text.Json;
using Relief.Flow.Workflows;

namespace Relief.Flow.Host.Hooks;

/// <summary>Takes a request as an instance keeps it.</summary>
internal static class ReceivedRequest
{
    // Whoever reads an instance must not be able to act for its caller.
    private static readonly HashSet<string> Secret = new(StringComparer.OrdinalIgnoreCase) { "Authorization", "Cookie", "Proxy-Authorization", "X-Acting-User" };

    /// <returns>Null when the body is larger than the limit.</returns>
    /// <exception cref="BadHttpRequestException">It says that it is JSON and is not, or is larger than this installation accepts.</exception>
    public static async Task<HttpReceived?> Read(HttpRequest request, string path, Guid id, long? limit, CancellationToken cancellationToken)
    {
        if (request.ContentLength > limit)
            return null;

        using var buffer = new MemoryStream();
        await request.Body.CopyToAsync(buffer, cancellationToken);
        if (buffer.Length > limit)
            return null;

        return new HttpReceived(
            id, request.Method.ToUpperInvariant(), path.Trim('/'), request.Query.ToDictionary(value => value.Key, value => value.Value.ToString()),
            request.Headers.Where(header => !Secret.Contains(header.Key)).ToDictionary(header => header.Key, header => header.Value.ToString()),
            await Content(request, buffer.ToArray(), cancellationToken), buffer.Length);
    }

    private static async Task<JsonElement> Content(HttpRequest request, byte[] body, CancellationToken cancellationToken)
    {
        if (body.Length == 0)
            return FlowJson.Of<object?>(null);

        var type = (request.ContentType ?? "").Split(';')[0].Trim().ToLowerInvariant();
        if (type is "application/json" || type.EndsWith("+json", StringComparison.Ordinal))
            return Parsed(body);

        if (type == "application/x-www-form-urlencoded")
        {
            request.Body = new MemoryStream(body);
            return FlowJson.Of((await request.ReadFormAsync(cancellationToken)).ToDictionary(field => field.Key, field => field.Value.ToString()));
        }

        var isText = type.StartsWith("text/", StringComparison.Ordinal) || type.EndsWith("xml", StringComparison.Ordinal);
        return FlowJson.Of(isText ? Encoding.UTF8.GetString(body) : Convert.ToBase64String(body));
    }

    private static JsonElement Parsed(byte[] body)
    {
        try
        {
            return JsonElement.Parse(body);
        }
        catch (JsonException malformed)
        {
            throw new BadHttpRequestException("The body is not JSON.", malformed);
        }
    }
}
