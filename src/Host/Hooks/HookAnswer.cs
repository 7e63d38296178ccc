using System.Text;
using Relief.Flow.Workflows;

namespace Relief.Flow.Host.Hooks;

/// <summary>Writes an instance's answer to the response.</summary>
internal sealed class HookAnswer(HttpAnswer answer) : IResult
{
    // The connection's own affairs, and what would sign somebody in.
    private static readonly HashSet<string> Kept = new(StringComparer.OrdinalIgnoreCase)
    {
        "Connection", "Content-Length", "Content-Type", "Keep-Alive", "Set-Cookie", "Trailer", "Transfer-Encoding", "Upgrade", "Content-Security-Policy", "X-Content-Type-Options"
    };

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = answer.Status;
        foreach (var (name, value) in answer.Headers.Where(header => !Kept.Contains(header.Key) && IsName(header.Key) && !header.Value.Any(char.IsControl)))
            response.Headers[name] = value;

        if (answer.Body is not { } body || answer.Status is 204 or 304)
            return;

        response.ContentType = answer.ContentType is { } type && !type.Any(char.IsControl) ? type.Contains("charset", StringComparison.OrdinalIgnoreCase) ? type : $"{type}; charset=utf-8" : "text/plain; charset=utf-8";
        await response.Body.WriteAsync(Encoding.UTF8.GetBytes(body), httpContext.RequestAborted);
    }

    private static bool IsName(string name) => name.Length > 0 && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_');
}
