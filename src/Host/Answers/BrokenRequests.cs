using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Relief.Flow.Host.Answers;

/// <summary>The one place where an exception becomes an answer: unreadable 400, too large 413, database away 503, else 500.</summary>
/// <remarks>Neither the answer nor the log holds anything of the request's body or query.</remarks>
internal sealed class BrokenRequests(ILogger<BrokenRequests> logger) : IExceptionHandler
{
    private const string RetryAfterSeconds = "5";

    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is OperationCanceledException && httpContext.RequestAborted.IsCancellationRequested)
        {
            httpContext.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            return true;
        }

        await Answer(httpContext, exception).ExecuteAsync(httpContext);
        return true;
    }

    private ProblemHttpResult Answer(HttpContext context, Exception exception)
    {
        if (exception is BadHttpRequestException bad)
            return Unreadable(bad);

        if (IsDatabaseAway(exception))
        {
            Log.DatabaseAway(logger, exception);
            context.Response.Headers.RetryAfter = RetryAfterSeconds;
            return Refusal.Of(503, "store.unavailable", "Try again in a moment. Work that was accepted goes on by itself.");
        }

        Log.RequestBroke(logger, exception, context.Features.Get<IExceptionHandlerPathFeature>()?.Endpoint?.DisplayName ?? "no endpoint");
        return Refusal.Of(500, "internal", "The error was logged under this request's id.", ("traceId", context.TraceIdentifier));
    }

    private static ProblemHttpResult Unreadable(BadHttpRequestException bad) => bad switch
    {
        { StatusCode: StatusCodes.Status413PayloadTooLarge } => Refusal.Of(413, "request.tooLarge", "The body is larger than this installation accepts."),
        { StatusCode: StatusCodes.Status415UnsupportedMediaType } => Refusal.Of(415, "request.notJson", "Send Content-Type: application/json."),
        { InnerException: JsonException json } => Refusal.Of(400, "request.malformed", "The body is not the JSON that is expected here.",
            ("errors", new Dictionary<string, string[]> { [json.Path ?? "$"] = [$"Not readable at line {json.LineNumber + 1}, byte {json.BytePositionInLine + 1}."] })),
        _ => Refusal.Of(bad.StatusCode is >= 400 and < 500 ? bad.StatusCode : 400, "request.malformed", "A parameter or the body cannot be read.")
    };

    private static bool IsDatabaseAway(Exception exception) => exception switch
    {
        PostgresException postgres => postgres.IsTransient || postgres.SqlState.StartsWith("57P", StringComparison.Ordinal)
            || postgres.SqlState.StartsWith("08", StringComparison.Ordinal) || postgres.SqlState.StartsWith("53", StringComparison.Ordinal),
        NpgsqlException => true,
        SqliteException sqlite => sqlite.SqliteErrorCode is 5 or 6 or 10 or 13 or 14,
        { InnerException: { } inner } => IsDatabaseAway(inner),
        _ => false
    };
}
