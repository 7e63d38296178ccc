using System.Security.Claims;
using System.Text;
using System.Text.Json;
using Relief.Flow.Host.Access;
using Relief.Flow.Host.Answers;
using Relief.Flow.Workflows.Runtime;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Host.Pathways;

/// <summary>Start a pathway.</summary>
internal static class PathwaysApi
{
    public static void MapPathways(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/pathways/{definitionId}/instances", Start).WithTags("Pathways")
            .WithSummary("Start an instance of the published version")
            .WithDescription("Answered as soon as the start is committed; the instance then runs by itself. Send an Idempotency-Key: a repeat starts nothing twice.")
            .RequireAuthorization(Policies.Start).WithMetadata(Repeatable.Stated)
            .Produces<StartedInstance>(StatusCodes.Status202Accepted).Refuses(400, 404, 409, 413, 422);

    private static async Task<IResult> Start(
        Flows flows, string definitionId, StartPathway body, HttpContext context, CancellationToken cancellationToken)
    {
        var fields = new Fields()
            .Check("input", body.Input.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null or JsonValueKind.Object, "An object with the inputs by name.")
            .Check("correlationId", body.CorrelationId is null or { Length: > 0 and <= 200 }, "1 to 200 characters.")
            .Check("businessKey", body.BusinessKey is null or { Length: > 0 and <= 200 }, "1 to 200 characters.")
            .Check("subjectId", body.SubjectId is null or { Length: > 0 and <= 200 }, "1 to 200 characters.");
        if (fields.Refused is { } refused)
            return refused;

        var started = await flows.Start(body.ToStart(definitionId, context), cancellationToken);
        return Answer(started, definitionId, context);
    }

    /// <summary>What a start's result means over HTTP.</summary>
    public static IResult Answer(StartResult result, string definitionId, HttpContext context) => result switch
    {
        Started started => Results.Text(started.Answer.Body, "application/json", Encoding.UTF8, started.Answer.Status),
        Repeated repeated => RepeatedRequests.Replay(repeated.Answer, context),
        KeyReused => RepeatedRequests.Reused(),
        NoSuchDefinition => Refusal.Of(404, "definition.notFound", $"No version of '{definitionId}' is published."),
        Refused refusal => Refusal.Fields("input.invalid", "The input does not fit what the definition declares.", refusal.Problems
            .GroupBy(problem => problem.Field ?? "input").ToDictionary(field => field.Key, field => field.Select(problem => problem.Message).ToArray())),
        NotActivated excluded => Refusal.Of(
            409, "start.notActivated", $"The activation strategy of '{definitionId}' allows no start beside the running instance {excluded.Running}.", ("instanceId", excluded.Running)),
        Halted => Refusal.Of(409, "subject.halted", "This person's services are halted."),
        _ => throw new InvalidOperationException($"Unknown start result {result.GetType().Name}.")
    };

    private static StartInstance ToStart(this StartPathway body, string definitionId, HttpContext context) =>
        new(definitionId, body.Input, context.User.By())
    {
        CorrelationId = body.CorrelationId,
        BusinessKey = body.BusinessKey,
        SubjectId = body.SubjectId,
        Key = RepeatedRequests.KeyOf(context)
    };
}

/// <summary>A start.</summary>
/// <param name="CorrelationId">What events name to reach this instance, such as a case number.</param>
/// <param name="BusinessKey">What people call it.</param>
/// <param name="SubjectId">The person it is about, as a reference: an interrupt of that person stops it.</param>
/// <param name="Input">The declared inputs by name.</param>
public sealed record StartPathway(string? CorrelationId, string? BusinessKey, string? SubjectId, JsonElement Input);

/// <summary>The answer to a start.</summary>
public sealed record StartedInstance(Guid InstanceId, string Status, string DefinitionId, int Version, string? CorrelationId);
