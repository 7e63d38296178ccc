using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Relief.Flow.Host.Access;
using Relief.Flow.Host.Answers;
using Relief.Flow.Workflows.Operation;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Host.Stuck;

/// <summary>Mends what stands still: one thing, or everything that a filter finds.</summary>
internal static class RepairsApi
{
    public static void MapRepairs(this IEndpointRouteBuilder routes)
    {
        routes.ServiceProvider.GetRequiredService<Repairs>().Carried = routes.ServiceProvider.GetRequiredService<RepairDoor>().Keep;
        var group = routes.MapGroup("/repairs").WithTags("Repairs").RequireAuthorization(Policies.Operate);
        group.MapGet("/", List).WithSummary("Repairs of one instance, or those that wait for a second person");
        group.MapPost("/", Ask).WithSummary("Mend one thing; skip, move and edit wait for a second person").WithMetadata(Repeatable.Kept).Refuses(404, 409, 422);
        group.MapPost("/{id:guid}/agree", Agree).WithSummary("Agree as the second person: it is done").WithMetadata(Repeatable.Kept).Refuses(403, 409);
        group.MapPost("/{id:guid}/refuse", Refuse).WithSummary("Say no as the second person").WithMetadata(Repeatable.Kept).Refuses(403, 409);

        var batches = routes.MapGroup("/repair-batches").WithTags("Repairs").RequireAuthorization(Policies.Operate);
        batches.MapGet("/", Batches).WithSummary("Batches with their progress, newest first");
        batches.MapGet("/{id:guid}/items", Items).WithSummary("What became of each item of a batch");
        batches.MapPost("/preview", Preview).WithSummary("How many a batch would mend").Refuses(422);
        batches.MapPost("/", AskMany).WithSummary("Mend everything that a filter finds; cancelling waits for a second person").WithMetadata(Repeatable.Kept).Refuses(422);
        batches.MapPost("/{id:guid}/{deed}", Turn).WithSummary("pause, resume, cancel, or agree as the second person").WithMetadata(Repeatable.Kept).Refuses(403, 404, 409);
    }

    private static async Task<Ok<RepairList>> List(RepairQueries queries, Guid? instanceId, CancellationToken cancellationToken) =>
        TypedResults.Ok(new RepairList(instanceId is { } id ? await queries.Of(id, cancellationToken) : await queries.Asked(cancellationToken)));

    private static async Task<Results<Accepted<RepairLine>, ProblemHttpResult>> Ask(
        RepairDoor door, RepairRequest body, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (Checked(body.Action, body.Reason, []).Refused is { } refused)
            return refused;

        return Answer(await door.Ask(body.ToOrder(user.By()), cancellationToken));
    }

    private static Task<Results<Accepted<RepairLine>, ProblemHttpResult>> Agree(RepairDoor door, Guid id, Note? body, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        Decide(door, (id, true), body, user, cancellationToken);

    private static Task<Results<Accepted<RepairLine>, ProblemHttpResult>> Refuse(RepairDoor door, Guid id, Note? body, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        Decide(door, (id, false), body, user, cancellationToken);

    private static async Task<Results<Accepted<RepairLine>, ProblemHttpResult>> Decide(
        RepairDoor door, (Guid Id, bool Agrees) decision, Note? body, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        Answer(await door.Decide(decision.Id, decision.Agrees, (user.By(), body?.Text), cancellationToken));

    private static async Task<Ok<BatchList>> Batches(RepairQueries queries, CancellationToken cancellationToken) =>
        TypedResults.Ok(new BatchList(await queries.Batches(null, cancellationToken)));

    private static async Task<Ok<RepairList>> Items(RepairQueries queries, Guid id, Guid? after, CancellationToken cancellationToken) =>
        TypedResults.Ok(new RepairList(await queries.Items(id, after, cancellationToken)));

    private static async Task<Results<Ok<BatchPreview>, ProblemHttpResult>> Preview(RepairBatches batches, BatchRequest body, CancellationToken cancellationToken) =>
        Checked(body.Action, "preview", [body.Filter]).Check("action", body.IsAllowed, BatchRequest.AllowedText).Refused is { } refused
            ? refused
            : TypedResults.Ok(new BatchPreview(await batches.Preview(body.Deed, body.Filter!.ToFilter(), cancellationToken)));

    private static async Task<Results<Accepted<RepairBatch>, ProblemHttpResult>> AskMany(
        RepairBatches batches, RepairDoor door, BatchRequest body, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var fields = Checked(body.Action, body.Reason, [body.Filter]).Check("action", body.IsAllowed, BatchRequest.AllowedText);
        if (fields.Refused is { } refused)
            return refused;

        var order = new RepairOrder { Action = body.Deed, Reason = body.Reason!, By = user.By() };
        return await batches.Ask(order, body.Filter!.ToFilter(), cancellationToken) is { } batch
            ? Begun(await door.Written(batch, order.By, cancellationToken))
            : fields.Add("filter", $"It must find at least one and at most {RepairBatches.Most}; look with /repair-batches/preview.").Refused!;
    }

    /// <summary>A batch that was written down, and where its items are.</summary>
    public static Accepted<RepairBatch> Begun(RepairBatch batch) => TypedResults.Accepted($"/api/v1/repair-batches/{batch.Id}/items", batch);

    private static async Task<Results<Ok<RepairBatch>, ProblemHttpResult>> Turn(
        RepairBatches batches, RepairDoor door, [AsParameters] BatchDeed asked, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var (id, deed) = asked;
        BatchState? to = deed switch { "pause" => BatchState.Paused, "resume" or "agree" => BatchState.Running, "cancel" => BatchState.Cancelled, _ => null };
        if (to is not { } state)
            return Refusal.Of(404, "http.404", "A batch knows pause, resume, cancel and agree.");

        var (batch, refusal) = await batches.Turn(id, state, user.By(), cancellationToken);
        return batch is not null ? TypedResults.Ok(await door.Written(batch, user.By(), cancellationToken)) : RepairDoor.Refused(refusal ?? RepairRefusal.NotAsked);
    }

    private static Results<Accepted<RepairLine>, ProblemHttpResult> Answer(RepairReceipt receipt) =>
        receipt.Line is { } line ? TypedResults.Accepted($"/api/v1/repairs?instanceId={line.InstanceId}", line) : RepairDoor.Refused(receipt.Refusal!.Value);

    private static Fields Checked(string? action, string? reason, BatchFilter?[] filters) => new Fields()
        .Check("action", Enum.TryParse<RepairAction>(action, ignoreCase: true, out _), $"One of {string.Join(", ", Enum.GetNames<RepairAction>())}.")
        .CheckReason(reason)
        .Check("filter", filters.All(filter => filter is { IsEmpty: false }), "Name at least one of code, definitionId, activityId, signature, text.");
}

/// <param name="Deed">pause, resume, cancel or agree.</param>
public sealed record BatchDeed(Guid Id, string Deed);

public sealed record RepairList(IReadOnlyList<RepairLine> Items);

public sealed record BatchList(IReadOnlyList<RepairBatch> Items);

/// <param name="Count">How many items the batch would have.</param>
public sealed record BatchPreview(int Count);

/// <param name="Text">Kept with the decision.</param>
public sealed record Note([property: System.Text.Json.Serialization.JsonPropertyName("note")] string? Text);

/// <summary>One thing to mend, as <c>why</c> offers it.</summary>
/// <param name="Target">As the offer names it; null for the instance as a whole.</param>
/// <param name="To">One of the offer's choices.</param>
/// <param name="Values">For edit: the variables by id.</param>
/// <param name="Reason">Why, 3 to 500 characters.</param>
public sealed record RepairRequest(Guid? InstanceId, string? Action, string? Target, string? To, Dictionary<string, JsonElement>? Values, string? Reason)
{
    internal RepairOrder ToOrder(string by) => new()
    {
        InstanceId = InstanceId, Action = Enum.Parse<RepairAction>(Action!, ignoreCase: true), Target = Target, To = To, Values = Values, Reason = Reason!.Trim(), By = by
    };
}
