using System.Text.Json;
using Relief.Flow.Host.Access;
using Relief.Flow.Host.Answers;
using Relief.Flow.Host.Stuck;
using Relief.Flow.Workflows.Operation;

namespace Relief.Flow.Host.Console;

/// <summary>Repairs from the console: asked at an instance, agreed to by a second person, worked through in batches.</summary>
internal static class RepairPages
{
    public static void MapRepairPages(this RouteGroupBuilder console)
    {
        console.MapPost("/instances/{id:guid}/repair", Ask);
        console.MapGet("/repairs", Show);
        console.MapPost("/repairs/discard", Discard);
        console.MapPost("/repairs/{id:guid}/{deed}", Decide);
        console.MapPost("/batches/{id:guid}/{deed}", Turn);
    }

    private static async Task<IResult> Ask(RepairDoor door, HttpContext context, Guid id)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        return await Mend(door, context, form, id);
    }

    private static async Task<IResult> Discard(RepairDoor door, HttpContext context) => await Mend(door, context, await context.Request.ReadFormAsync(context.RequestAborted), null);

    private static async Task<IResult> Mend(RepairDoor door, HttpContext context, IFormCollection form, Guid? id)
    {
        var visitor = Doorway.VisitorOf(context);
        if (!visitor.May(Policies.Operate))
            return Doorway.NotAllowed(context);

        string? Field(string name) => form[name].ToString() is { Length: > 0 } text ? text : null;
        var page = id is { } instance ? $"console/instances/{instance}" : "console/stuck";
        var reason = Field("reason")?.Trim() ?? "";
        if (!Reasons.Are(reason) || !Enum.TryParse<RepairAction>(id is null ? nameof(RepairAction.Discard) : Field("action"), out var action))
            return Doorway.Onwards(context, $"{page}?problem=refused.reason");

        var order = new RepairOrder { InstanceId = id, Action = action, Target = Field("target"), To = Field("to"), Reason = reason, By = visitor.By };
        if (action == RepairAction.Edit)
            order = order with { To = null, Values = new() { [Field("to") ?? ""] = Value(Field("value")) } };
        var receipt = await door.Ask(order, context.RequestAborted);
        return Doorway.Onwards(context, receipt.Line is { } line ? $"{page}?did=repair{line.State}" : $"{page}?problem=repair.{receipt.Refusal}");
    }

    // What is written as JSON is that value; anything else is a text.
    private static JsonElement Value(string? text)
    {
        try
        {
            return JsonElement.Parse(text ?? "null");
        }
        catch (JsonException)
        {
            return JsonSerializer.SerializeToElement(text);
        }
    }

    private static async Task<IResult> Show(RepairQueries repairs, HttpContext context) =>
        Doorway.Page<RepairsPage>(context, new RepairsModel(
            await repairs.Asked(context.RequestAborted), await repairs.Batches(null, context.RequestAborted),
            new StuckTexts(Doorway.VisitorOf(context).Language), context.Request.Query["problem"].ToString() is { Length: > 0 } problem ? problem : null));

    private static async Task<IResult> Decide(RepairDoor door, HttpContext context, Guid id, string deed)
    {
        var visitor = Doorway.VisitorOf(context);
        if (!visitor.May(Policies.Operate))
            return Doorway.NotAllowed(context);
        if (deed is not ("agree" or "refuse"))
            return Doorway.Missing(context);

        var receipt = await door.Decide(id, deed == "agree", (visitor.By, null), context.RequestAborted);
        return Doorway.Onwards(context, receipt.Refusal is { } refusal ? $"console/repairs?problem=repair.{refusal}" : "console/repairs");
    }

    private static async Task<IResult> Turn(RepairBatches batches, RepairDoor door, HttpContext context, [AsParameters] BatchDeed asked)
    {
        var visitor = Doorway.VisitorOf(context);
        if (!visitor.May(Policies.Operate))
            return Doorway.NotAllowed(context);
        BatchState? to = asked.Deed switch { "pause" => BatchState.Paused, "resume" => BatchState.Running, "cancel" => BatchState.Cancelled, _ => null };
        if (to is not { } state)
            return Doorway.Missing(context);

        var (batch, refusal) = await batches.Turn(asked.Id, state, visitor.By, context.RequestAborted);
        if (batch is not null)
            await door.Written(batch, visitor.By, context.RequestAborted);
        return Doorway.Onwards(context, refusal is { } why ? $"console/repairs?problem=repair.{why}" : "console/repairs");
    }
}

/// <summary>What waits for a second person, and the batches.</summary>
/// <param name="Problem">The key of what was refused; null when nothing was.</param>
public sealed record RepairsModel(IReadOnlyList<RepairLine> Asked, IReadOnlyList<RepairBatch> Batches, StuckTexts Words, string? Problem);
