using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Relief.Flow.Host.Access;
using Relief.Flow.Host.Aids;
using Relief.Flow.Host.Answers;
using Relief.Flow.Host.Designer;
using Relief.Flow.Host.Instances;
using Relief.Flow.Workflows.Operation;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Host.Console;

/// <summary>The list of instances, one of them with all that is known of it, and what may be done with it.</summary>
internal static class InstancePages
{
    private const int PerPage = 30;

    public static void MapInstancePages(this RouteGroupBuilder console)
    {
        console.MapGet("/instances", List);
        console.MapGet("/instances/{id:guid}", Show);
        console.MapGet("/instances/{id:guid}/diagram.svg", Picture);
        console.MapPost("/instances/{id:guid}/{deed}", Do);
        console.MapPost("/instances/{id:guid}/values", Unmask);
    }

    private static async Task<IResult> List(InstanceQueries queries, DefinitionQueries definitions, DrawnNames names, HttpContext context, [AsParameters] AskedInstances asked)
    {
        var stop = context.RequestAborted;
        var found = await queries.Search(asked.ToSearch(PerPage), stop);
        var all = await definitions.Search(new DefinitionSearch { Versions = "Latest" }, stop);
        return Doorway.Page<InstancesPage>(context, new InstancesModel
        {
            Asked = asked,
            Found = found,
            PerPage = PerPage,
            DefinitionNames = all.Items.ToDictionary(one => one.DefinitionId, one => one.Name),
            StepNames = await names.Steps(found.Items.SelectMany(one => new[] { (one.DefinitionId, one.Waits?.ActivityId), (one.DefinitionId, one.Fault?.ActivityId) }), stop)
        });
    }

    private static async Task<IResult> Show(InstanceViews views, WhyReader reader, HttpContext context, Guid id)
    {
        var visitor = Doorway.VisitorOf(context);
        if (await views.Of(id, visitor, context.RequestAborted) is not { } view)
            return Doorway.Missing(context);

        var query = context.Request.Query;
        // An address may say anything: only what there are words for is repeated.
        string? Told(string key) => ConsoleTexts.In(visitor.Language).ContainsKey(key) ? key : null;
        return Doorway.Page<InstancePage>(context, view with
        {
            Did = Told("did." + query["did"]),
            Problem = Told(query["problem"].ToString()),
            Why = await reader.Explain(id, visitor.Language, context.RequestAborted)
        });
    }

    private static async Task<IResult> Picture(InstanceStories stories, DrawnPictures pictures, HttpContext context, Guid id)
    {
        if (await stories.Tell(id, context.RequestAborted) is not { Definition: { } drawing } story)
            return Results.NotFound();

        var visitor = Doorway.VisitorOf(context);
        return pictures.Answer(context, drawing, StandingPaint.Style(pictures, visitor, StandingPaint.Of(story, visitor)));
    }

    private static async Task<IResult> Do(InstanceDoor door, InstanceViews views, HttpContext context, Guid id, string deed)
    {
        var visitor = Doorway.VisitorOf(context);
        if (!visitor.May(Policies.Operate))
            return Doorway.NotAllowed(context);
        if (Known(deed) is null)
            return Doorway.Missing(context);

        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var reason = form["reason"].ToString().Trim();
        if (deed is "cancel" or "suspend" && reason.Length is 0 or > 500)
            return await Refused(views, context, id, "refused.reason");

        long? ordinal = long.TryParse(form["ordinal"], CultureInfo.InvariantCulture, out var run) ? run : null;
        var stop = context.RequestAborted;
        var answer = deed == "retry" ? await door.Retry(id, ordinal, visitor.By, stop) : await door.Answer(id, await (deed switch
        {
            "suspend" => door.Flows.Suspend(id, reason, visitor.By, stop),
            "resume" => door.Flows.Resume(id, visitor.By, stop),
            _ => door.Flows.Cancel(id, reason, visitor.By, stop)
        }), stop);
        return answer.Result is ProblemHttpResult { ProblemDetails.Extensions: { } about }
            ? await Refused(views, context, id, $"problem.{about[Refusal.Code]}")
            : Doorway.Onwards(context, $"console/instances/{id}?did={deed}");
    }

    // What was unmasked is in this answer and nowhere else, so that there is no redirection.
    private static async Task<IResult> Unmask(ClearValues values, InstanceViews views, HttpContext context, Guid id)
    {
        var visitor = Doorway.VisitorOf(context);
        if (!visitor.May(Policies.Unmask))
            return Doorway.NotAllowed(context);

        var reason = (await context.Request.ReadFormAsync(context.RequestAborted))["reason"].ToString();
        if (!Reasons.Are(reason))
            return await Refused(views, context, id, "refused.reason");
        return await values.Of(id, reason, visitor.By, context.RequestAborted) is { } clear && await views.Of(id, visitor, context.RequestAborted) is { } view
            ? Doorway.Page<InstancePage>(context, InstanceViews.InClear(view, clear))
            : Doorway.Missing(context);
    }

    private static async Task<IResult> Refused(InstanceViews views, HttpContext context, Guid id, string problem) =>
        await views.Of(id, Doorway.VisitorOf(context), context.RequestAborted) is { } view
            ? Doorway.Page<InstancePage>(context, view with { Problem = problem }, StatusCodes.Status422UnprocessableEntity)
            : Doorway.Missing(context);

    private static string? Known(string? deed) => deed is "retry" or "suspend" or "resume" or "cancel" ? deed : null;
}

/// <summary>What the list of instances is restricted to, as its address says.</summary>
public sealed record AskedInstances
{
    [FromQuery(Name = "definition")] public string? Definition { get; init; }

    [FromQuery(Name = "status")] public string? Status { get; init; }

    [FromQuery(Name = "key")] public string? Key { get; init; }

    [FromQuery(Name = "text")] public string? Text { get; init; }

    /// <summary>A step where it waits or that stopped.</summary>
    [FromQuery(Name = "step")] public string? Step { get; init; }

    /// <summary>One error at one step.</summary>
    [FromQuery(Name = "fault")] public string? Fault { get; init; }

    [FromQuery(Name = "page")] public string? Page { get; init; }

    public int Number => Doorway.NumberOf(Page);

    /// <summary>The same list, at another page.</summary>
    public string Query(int page) => Doorway.Query(
        ("definition", Definition), ("status", Status), ("key", Key), ("text", Text), ("step", Step), ("fault", Fault), Doorway.PageOf(page));

    public InstanceSearch ToSearch(int perPage) => new()
    {
        DefinitionIds = string.IsNullOrEmpty(Definition) ? [] : [Definition],
        Statuses = Status is null or "" or "incident" ? [] : [Status],
        HasIncidents = Status == "incident" ? true : null,
        BusinessKey = string.IsNullOrWhiteSpace(Key) ? null : Key.Trim(),
        Text = string.IsNullOrWhiteSpace(Text) ? null : Text.Trim(),
        Step = string.IsNullOrEmpty(Step) ? null : Step,
        Signature = long.TryParse(Fault, CultureInfo.InvariantCulture, out var signature) ? signature : null,
        Skip = (Number - 1) * perPage,
        Take = perPage
    };
}

/// <summary>A page of the list of instances.</summary>
public sealed record InstancesModel
{
    public required AskedInstances Asked { get; init; }

    public required FoundInstances Found { get; init; }

    public required int PerPage { get; init; }

    public required IReadOnlyDictionary<string, string> DefinitionNames { get; init; }

    public required IReadOnlyDictionary<(string DefinitionId, string ActivityId), string> StepNames { get; init; }

    public string Definition(InstanceSummary line) => DefinitionNames.GetValueOrDefault(line.DefinitionId, line.DefinitionId);

    public string Step(InstanceSummary line, string? activityId) => activityId is null ? "" : StepNames.GetValueOrDefault((line.DefinitionId, activityId), activityId);
}
