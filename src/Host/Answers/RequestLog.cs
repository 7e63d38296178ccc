using System.Diagnostics;

namespace Relief.Flow.Host.Answers;

/// <summary>One line per request: method, route, status, time. Never a query, a body, a header or an id.</summary>
internal sealed class RequestLog(RequestDelegate next, ILogger<RequestLog> logger, TimeProvider time)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var began = time.GetTimestamp();
        try
        {
            await next(context);
        }
        finally
        {
            var route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "none";
            Activity.Current?.SetTag("http.route", route);
            Log.RequestAnswered(logger, context.Request.Method, route, context.Response.StatusCode, time.GetElapsedTime(began).TotalMilliseconds);
        }
    }
}
