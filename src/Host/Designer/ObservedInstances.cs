using Microsoft.AspNetCore.Mvc;
using Relief.Flow.Workflows.Definitions;
using Relief.Flow.Workflows.Runtime;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Host.Designer;

/// <summary>Instances as Elsa lists and shows them.</summary>
internal static class ObservedInstances
{
    public static void Map(RouteGroupBuilder elsa)
    {
        var instances = elsa.MapGroup("/workflow-instances");
        instances.MapPost("/", List);
        instances.MapGet("/", ListByQuery);
        instances.MapGet("/{id}", Get);
        instances.MapGet("/{id}/execution-state", ExecutionState);
        instances.MapGet("/{id}/variables", Variables);
        instances.MapGet("/{id}/journal", Journal);
        instances.MapPost("/{id}/journal", FilteredJournal);
    }

    private static async Task<IResult> List(InstanceQueries queries, ObservedListing body, CancellationToken cancellationToken)
    {
        if (body.TimestampFilters?.FirstOrDefault(filter => filter.ToMoment() is null) is { } unknown)
            return DesignerApi.Invalid([$"A timestamp filter has a column of {string.Join(", ", Enum.GetNames<InstanceMoment>())}, an operator of {string.Join(", ", Enum.GetNames<MomentComparison>())} and a timestamp; this one has '{unknown.Column}', '{unknown.Operator}' and '{unknown.Timestamp:O}'."]);

        var found = await queries.Search(body.ToSearch(), cancellationToken);
        return Results.Ok(new { items = found.Items.Select(ObservedShape.Summary), totalCount = found.Total });
    }

    private static Task<IResult> ListByQuery(
        InstanceQueries queries, int? page, int? pageSize, string? definitionId, string? correlationId, CancellationToken cancellationToken) =>
        List(queries, new ObservedListing { Page = page, PageSize = pageSize, DefinitionId = definitionId, CorrelationId = correlationId }, cancellationToken);

    private static async Task<IResult> Get(InstanceStories stories, string id, CancellationToken cancellationToken) =>
        await Find(stories, id, cancellationToken) is { } story
            ? Results.Ok(ObservedShape.WithState(story))
            : DesignerApi.NotFound("instance");

    private static async Task<IResult> ExecutionState(InstanceQueries queries, string id, CancellationToken cancellationToken) =>
        DesignerApi.Id(id) is { } key && await queries.Find(key, cancellationToken) is { } found
            ? Results.Ok(new { status = ObservedShape.Status(found), workflowSubStatus = ObservedShape.SubStatus(found), found.UpdatedAt })
            : DesignerApi.NotFound("instance");

    private static async Task<IResult> Variables(
        InstanceQueries queries, DefinitionLibrary library, string id, CancellationToken cancellationToken)
    {
        if (DesignerApi.Id(id) is not { } key || await queries.Detail(key, cancellationToken) is not { } detail)
            return DesignerApi.NotFound("instance");

        var definition = await library.Version(detail.Summary.VersionId, cancellationToken);
        var items = (definition?.VariablesById.Values ?? []).OrderBy(variable => variable.Name, StringComparer.Ordinal)
            .Select(variable => new { variable.Id, variable.Name, Value = detail.Variables.TryGetValue(variable.Id, out var value) ? value : variable.Value }).ToArray();
        return Results.Ok(new { items, count = items.Length });
    }

    private static Task<IResult> Journal(InstanceStories stories, string id, int? skip, int? take, CancellationToken cancellationToken) =>
        Page(stories, id, new JournalFilter(null, null, null, null), (skip, take), cancellationToken);

    private static Task<IResult> FilteredJournal(
        InstanceStories stories, string id, [AsParameters] JournalPage page, [FromBody] JournalRequest? body, CancellationToken cancellationToken) =>
        Page(stories, id, body?.Filter ?? new JournalFilter(null, null, null, null), (page.Skip, page.Take), cancellationToken);

    private static async Task<IResult> Page(
        InstanceStories stories, string id, JournalFilter filter, (int? Skip, int? Take) page, CancellationToken cancellationToken)
    {
        if (await Find(stories, id, cancellationToken) is not { } story)
            return DesignerApi.NotFound("instance");

        var items = ObservedShape.Journal(story).Where(filter.Takes).ToArray();
        return Results.Ok(new { items = items.Skip(page.Skip ?? 0).Take(page.Take ?? items.Length), totalCount = items.Length });
    }

    private static async Task<InstanceStory?> Find(InstanceStories stories, string id, CancellationToken cancellationToken) =>
        DesignerApi.Id(id) is { } key ? await stories.Tell(key, cancellationToken) : null;
}

internal sealed record JournalPage
{
    public int? Skip { get; init; }

    public int? Take { get; init; }
}

public sealed record JournalRequest(JournalFilter? Filter);

/// <summary>Which journal entries are shown; null lists do not restrict.</summary>
public sealed record JournalFilter(
    IReadOnlyList<string>? ActivityIds, IReadOnlyList<string>? ActivityNodeIds, IReadOnlyList<string>? ExcludedActivityTypes, IReadOnlyList<string>? EventNames)
{
    internal bool Takes(ObservedEntry entry) =>
        ActivityIds?.Contains(entry.ActivityId) != false && ActivityNodeIds?.Contains(entry.NodeId) != false
        && ExcludedActivityTypes?.Contains(entry.ActivityType) != true && EventNames?.Contains(entry.EventName) != false;
}

/// <summary>How the designer asks for a list of instances.</summary>
public sealed record ObservedListing
{
    public int? Page { get; init; }

    public int? PageSize { get; init; }

    public string? SearchTerm { get; init; }

    public string? DefinitionId { get; init; }

    public IReadOnlyList<string>? DefinitionIds { get; init; }

    public string? CorrelationId { get; init; }

    public int? Version { get; init; }

    public bool? HasIncidents { get; init; }

    public string? Status { get; init; }

    public IReadOnlyList<string>? Statuses { get; init; }

    public string? SubStatus { get; init; }

    public IReadOnlyList<string>? SubStatuses { get; init; }

    public string? OrderBy { get; init; }

    public string? OrderDirection { get; init; }

    public IReadOnlyList<TimestampFilter>? TimestampFilters { get; init; }

    public InstanceSearch ToSearch() => new()
    {
        DefinitionIds = [.. DefinitionIds ?? [], .. DefinitionId is null ? Array.Empty<string>() : [DefinitionId]],
        Statuses = ObservedShape.OurStatuses(
            [.. Statuses ?? [], .. Status is null ? Array.Empty<string>() : [Status]],
            [.. SubStatuses ?? [], .. SubStatus is null ? Array.Empty<string>() : [SubStatus]]),
        CorrelationId = CorrelationId,
        Version = Version,
        HasIncidents = HasIncidents,
        Text = SearchTerm,
        Moments = [.. TimestampFilters?.Select(filter => filter.ToMoment()).OfType<MomentFilter>() ?? []],
        OrderBy = Enum.TryParse<InstanceOrder>(OrderBy, ignoreCase: true, out var order) ? order : InstanceOrder.Created,
        Ascending = OrderDirection == "Ascending",
        Take = Math.Clamp(PageSize ?? 100, 1, 1000),
        Skip = Math.Max(Page ?? 0, 0) * Math.Clamp(PageSize ?? 100, 1, 1000)
    };
}

/// <summary>How the designer asks for instances of a certain time.</summary>
public sealed record TimestampFilter(string? Column, string? Operator, DateTimeOffset? Timestamp)
{
    /// <summary>Null when it is none that there is.</summary>
    internal MomentFilter? ToMoment() =>
        Timestamp is { } at && Enum.TryParse<InstanceMoment>(Column, ignoreCase: true, out var moment) && Enum.TryParse<MomentComparison>(Operator, ignoreCase: true, out var comparison)
            && Enum.IsDefined(moment) && Enum.IsDefined(comparison)
            ? new MomentFilter(moment, comparison, at)
            : null;
}
