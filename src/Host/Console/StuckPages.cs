using Microsoft.AspNetCore.Mvc;
using Relief.Flow.Host.Access;
using Relief.Flow.Host.Answers;
using Relief.Flow.Host.Stuck;
using Relief.Flow.Workflows.Operation;
using Relief.Flow.Workflows.Storage;
using Relief.Flow.Workflows.Storage.Stuck;

namespace Relief.Flow.Host.Console;

/// <summary>What stands still and what to do about each kind; one deed on everything that the list shows.</summary>
internal static class StuckPages
{
    public static void MapStuckPages(this RouteGroupBuilder console)
    {
        console.MapGet("/stuck", List);
        console.MapGet("/stuck/runbook", (HttpContext context) => Doorway.Page<RunbookPage>(context, new StuckTexts(Doorway.VisitorOf(context).Language)));
        console.MapPost("/stuck/look", Look);
        console.MapPost("/stuck/batch", AskMany);
    }

    private static Task<IResult> List(StuckViews views, HttpContext context, [AsParameters] AskedFindings asked) => Page(views, context, asked, null);

    private static async Task<IResult> Look(StuckRound round, HttpContext context)
    {
        if (!Doorway.VisitorOf(context).May(Policies.Operate))
            return Doorway.NotAllowed(context);

        await round.Now(context.RequestAborted);
        return Doorway.Onwards(context, "console/stuck");
    }

    private static async Task<IResult> AskMany(RepairBatches batches, RepairDoor door, StuckViews views, HttpContext context, [AsParameters] AskedFindings asked)
    {
        var visitor = Doorway.VisitorOf(context);
        if (!visitor.May(Policies.Operate))
            return Doorway.NotAllowed(context);

        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var reason = form["reason"].ToString().Trim();
        if (asked.IsEmpty || !Reasons.Are(reason) || !Enum.TryParse<RepairAction>(form["action"], out var action) || !RepairBatches.Allows(action))
            return await Page(views, context, asked, "refused.batch");

        var order = new RepairOrder { Action = action, Reason = reason, By = visitor.By };
        if (await batches.Ask(order, asked.ToFilter(), context.RequestAborted) is not { } batch)
            return await Page(views, context, asked, "refused.batchEmpty");

        await door.Written(batch, visitor.By, context.RequestAborted);
        return Doorway.Onwards(context, "console/repairs");
    }

    private static async Task<IResult> Page(StuckViews views, HttpContext context, AskedFindings asked, string? problem) =>
        Doorway.Page<StuckPage>(
            context, await views.Of(asked, problem, Doorway.VisitorOf(context).Language, context.RequestAborted),
            problem is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
}

/// <summary>What the list of findings is restricted to, as its address says.</summary>
public sealed record AskedFindings
{
    [FromQuery(Name = "code")] public string? Code { get; init; }

    [FromQuery(Name = "definition")] public string? Definition { get; init; }

    /// <summary>One error at one step.</summary>
    [FromQuery(Name = "signature")] public long? Signature { get; init; }

    [FromQuery(Name = "text")] public string? Text { get; init; }

    [FromQuery(Name = "after")] public string? After { get; init; }

    /// <summary>True when it restricts nothing: then nothing is done to all of it.</summary>
    public bool IsEmpty => string.IsNullOrEmpty(Code) && string.IsNullOrEmpty(Definition) && Signature is null && string.IsNullOrWhiteSpace(Text);

    /// <summary>The same list as an address, from another place on.</summary>
    public string Query(string? after = null) => Doorway.Query(
        ("code", Code), ("definition", Definition), ("signature", Signature?.ToString(System.Globalization.CultureInfo.InvariantCulture)), ("text", Text), ("after", after));

    public FindingFilter ToFilter() => new()
    {
        Code = string.IsNullOrEmpty(Code) ? null : Code,
        DefinitionId = string.IsNullOrEmpty(Definition) ? null : Definition,
        Signature = Signature,
        Text = string.IsNullOrWhiteSpace(Text) ? null : Text.Trim()
    };
}

/// <summary>A page of what stands still.</summary>
public sealed record StuckModel
{
    public required AskedFindings Asked { get; init; }

    public string? Problem { get; init; }

    public required IReadOnlyList<FindingCount> Counts { get; init; }

    public required IReadOnlyList<FindingGroup> Groups { get; init; }

    public required Page<Finding> Found { get; init; }

    /// <summary>What is expected where a deadline will probably be missed.</summary>
    public required IReadOnlyList<DeadlineRisk> Risks { get; init; }

    /// <summary>The words for codes and cases.</summary>
    public required StuckTexts Words { get; init; }

    /// <summary>Business time.</summary>
    public required DateTimeOffset Now { get; init; }

    public required IReadOnlyDictionary<string, string> DefinitionNames { get; init; }

    public required IReadOnlyDictionary<(string DefinitionId, string ActivityId), string> StepNames { get; init; }

    /// <summary>The case in words, with the estimate where there is one.</summary>
    public string Tell(Finding finding) =>
        Words.Tell(finding, Step(finding.DefinitionId, finding.ActivityId), Now) + (Risks.FirstOrDefault(one => one.Finding == finding) is { } risk ? " " + Words.Tell(risk) : "");

    public string Step(string? definition, string? activity) =>
        definition is null || activity is null ? activity ?? "" : StepNames.GetValueOrDefault((definition, activity), activity);
}
