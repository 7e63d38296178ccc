using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Relief.Flow.Host.Answers;

/// <summary>Makes the problems of RFC 9457 that the API answers with; each carries a stable <c>code</c>.</summary>
internal static class Refusal
{
    public const string Code = "code";

    private const string Errors = "errors";

    public static ProblemHttpResult Of(int status, string code, string detail, params (string Name, object? Value)[] more)
    {
        var problem = new ProblemDetails { Status = status, Title = Title(status), Detail = detail, Type = $"urn:relief-flow:problem:{code}" };
        problem.Extensions[Code] = code;
        foreach (var (name, value) in more)
            problem.Extensions[name] = value;
        return TypedResults.Problem(problem);
    }

    /// <summary>422 with what is wrong with each field.</summary>
    public static ProblemHttpResult Fields(string code, string detail, IReadOnlyDictionary<string, string[]> errors) =>
        Of(StatusCodes.Status422UnprocessableEntity, code, detail, (Errors, errors));

    /// <summary>The fields that a problem says are wrong; none when it is about something else.</summary>
    public static IReadOnlyList<string> FieldsOf(ProblemHttpResult? problem) =>
        problem is not null && problem.ProblemDetails.Extensions.TryGetValue(Errors, out var errors) && errors is IReadOnlyDictionary<string, string[]> fields ? [.. fields.Keys] : [];

    /// <summary>Names in the API's description the problems that a route may answer with.</summary>
    public static TBuilder Refuses<TBuilder>(this TBuilder route, params int[] statuses) where TBuilder : IEndpointConventionBuilder
    {
        foreach (var status in statuses)
            route.WithMetadata(new ProducesResponseTypeMetadata(status, typeof(ApiProblem), ["application/problem+json"]));
        return route;
    }

    /// <summary>The code of an answer that the framework itself gave.</summary>
    public static string CodeOf(int status) => status switch
    {
        StatusCodes.Status413PayloadTooLarge => "request.tooLarge",
        StatusCodes.Status415UnsupportedMediaType => "request.notJson",
        StatusCodes.Status400BadRequest => "request.malformed",
        _ => $"http.{status}"
    };

    public static string Title(int status) => status switch
    {
        400 => "The request cannot be read.",
        401 => "A key is needed.",
        403 => "This is not allowed.",
        404 => "Not found.",
        405 => "The address does not know this method.",
        409 => "The state does not allow this.",
        410 => "No longer there.",
        413 => "The request is too large.",
        415 => "The request must be JSON.",
        422 => "Something in the request is wrong.",
        429 => "Too many requests.",
        503 => "The database cannot be reached.",
        _ => "Something went wrong."
    };
}

/// <summary>What a refused request is answered with (RFC 9457).</summary>
/// <param name="Code">Stable: programs may branch on it.</param>
/// <param name="Errors">What is wrong, by field.</param>
public sealed record ApiProblem(string? Type, string? Title, int? Status, string? Detail, string Code, IReadOnlyDictionary<string, string[]>? Errors);
