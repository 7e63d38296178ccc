using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Relief.Flow.Host.Access;
using Relief.Flow.Host.Answers;
using Relief.Flow.Workflows;
using Relief.Flow.Workflows.Runtime;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Host.Halts;

/// <summary>Interrupts of a person: a confirmed death, a move, a frozen case stop everything of that person at once.</summary>
internal static class HaltsApi
{
    public static void MapHalts(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/halts").WithTags("Interrupts").RequireAuthorization(Policies.Watch);

        group.MapGet("/", List).WithSummary("Who is halted, newest first");
        group.MapPost("/", Halt).WithSummary("Stop a person's timers and messages, also those already committed")
            .RequireAuthorization(Policies.Interrupt).WithMetadata(Repeatable.Kept).Refuses(422);
        group.MapDelete("/{subjectId}", Lift).WithSummary("Let a person's services go on").RequireAuthorization(Policies.Interrupt);
    }

    private static async Task<Ok<HaltList>> List(HaltQueries queries, string? subjectId, CancellationToken cancellationToken) =>
        TypedResults.Ok(new HaltList(await queries.List(subjectId, cancellationToken)));

    private static async Task<Results<Ok<HaltDone>, ProblemHttpResult>> Halt(Flows flows, HaltPerson body, CancellationToken cancellationToken)
    {
        var fields = new Fields()
            .Check("subjectId", body.SubjectId is { Length: > 0 and <= 200 }, "1 to 200 characters.")
            .Check("kind", body.Kind is { Length: > 0 and <= 100 }, "Such as PersonDied, PersonMoved, CaseFrozen.");
        if (fields.Refused is { } refused)
            return refused;

        var payload = body.Payload.ValueKind == JsonValueKind.Undefined ? FlowJson.Of(new { }) : body.Payload;
        var told = await flows.Halt(new NewHalt(body.SubjectId!, body.Kind!, body.Handler, payload), cancellationToken);
        return TypedResults.Ok(new HaltDone(body.SubjectId!, told));
    }

    private static async Task<NoContent> Lift(Flows flows, string subjectId, CancellationToken cancellationToken)
    {
        await flows.LiftHalt(subjectId, cancellationToken);
        return TypedResults.NoContent();
    }
}

public sealed record HaltList(IReadOnlyList<HaltLine> Items);

/// <param name="Handler">The instance whose own timers and messages go on.</param>
public sealed record HaltPerson(string? SubjectId, string? Kind, Guid? Handler, JsonElement Payload);

/// <param name="Told">How many open instances were told.</param>
public sealed record HaltDone(string SubjectId, int Told);
