using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Relief.Flow.Host.Access;
using Relief.Flow.Host.Answers;
using Relief.Flow.Host.Studio;
using Relief.Flow.Workflows.Operation;
using Relief.Flow.Workflows.Runtime;
using Relief.Flow.Workflows.Storage;
using Relief.Flow.Workflows.Storage.Stuck;

namespace Relief.Flow.Host.Stuck;

/// <summary>What stands still, and why: found every minute, explained at once.</summary>
internal static class StuckApi
{
    public static void MapStuck(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/stuck").WithTags("Stuck").RequireAuthorization(Policies.Watch);
        group.MapGet("/", List).WithSummary("What stands still, the gravest and oldest first").Refuses(422);
        group.MapGet("/summary", Summary).WithSummary("How many stand still in which way, and which errors are the same");
        group.MapGet("/risk", Risk).WithSummary("Which deadlines will probably be missed, the next one first, with what is expected instead").Refuses(422);
        group.MapPost("/look", Look).WithSummary("Look now instead of within the minute").RequireAuthorization(Policies.Operate);
        routes.MapGet("/instances/{id:guid}/why", Why).WithTags("Stuck").WithSummary("Why an instance stands where it stands, in words, and what you may do")
            .RequireAuthorization(Policies.See).Refuses(404);
    }

    private static async Task<Results<Ok<Page<StuckLine>>, ProblemHttpResult>> List(
        FindingQueries findings, Installation installation, TimeProvider time, HttpRequest request, [AsParameters] StuckListing asked, CancellationToken cancellationToken)
    {
        var fields = WithTake(asked.Take)
            .Check("olderThan", asked.OlderThan is null || Durations.Parse(asked.OlderThan) is not null, "An ISO 8601 duration, such as P3D.");
        if (fields.Refused is { } refused)
            return refused;

        var say = new StuckTexts(LanguageOf(request));
        var now = (await installation.ReadClock(cancellationToken)).Now;
        var page = await findings.List(asked.ToFilter(time.GetUtcNow()), asked.After, asked.Take, cancellationToken);
        return TypedResults.Ok(new Page<StuckLine>([.. page.Items.Select(one => new StuckLine(one, say.NameOf(one.Code), say.Tell(one, one.ActivityId, now)))], page.Next));
    }

    private static Fields WithTake(int? take) => new Fields().Check("take", take is null or (>= 1 and <= Cursor.MaxTake), $"1 to {Cursor.MaxTake}.");

    private static async Task<Results<Ok<Page<RiskLine>>, ProblemHttpResult>> Risk(
        DeadlineRisks risks, Installation installation, HttpRequest request, [AsParameters] RiskListing asked, CancellationToken cancellationToken)
    {
        if (WithTake(asked.Take).Refused is { } refused)
            return refused;

        var say = new StuckTexts(LanguageOf(request));
        var now = (await installation.ReadClock(cancellationToken)).Now;
        var page = await risks.List(new FindingFilter { DefinitionId = asked.DefinitionId, Text = asked.Text }, asked.After, asked.Take, cancellationToken);
        return TypedResults.Ok(new Page<RiskLine>(
            [.. page.Items.Select(one => new RiskLine(one.Finding, one.Due, one.Expected, say.Tell(one.Finding, one.Finding.ActivityId, now) + " " + say.Tell(one)))], page.Next));
    }

    private static async Task<Ok<StuckSummary>> Summary(FindingQueries findings, RepairQueries repairs, HttpRequest request, CancellationToken cancellationToken)
    {
        var say = new StuckTexts(LanguageOf(request));
        var counts = await findings.Counts(cancellationToken);
        return TypedResults.Ok(new StuckSummary(
            [.. counts.Select(count => new StuckCount(count.Code, say.NameOf(count.Code), count.Severity, count.Count, count.Oldest, say.RunbookOf(count.Code)))],
            await findings.Groups(cancellationToken),
            (await repairs.Asked(cancellationToken)).Count));
    }

    private static async Task<Ok<StuckSummary>> Look(
        StuckRound round, StuckGauges gauges, FindingQueries findings, RepairQueries repairs, HttpRequest request, CancellationToken cancellationToken)
    {
        await round.Now(cancellationToken);
        await gauges.Read(cancellationToken);
        return await Summary(findings, repairs, request, cancellationToken);
    }

    private static async Task<Results<Ok<Why>, ProblemHttpResult>> Why(
        WhyReader reader, IAuthorizationService rights, HttpContext context, Guid id, CancellationToken cancellationToken)
    {
        if (await reader.Explain(id, LanguageOf(context.Request), cancellationToken) is not { } why)
            return Refusal.Of(404, "instance.notFound", "There is no such instance.");

        // Buttons are only for those who may press them.
        return TypedResults.Ok((await rights.AuthorizeAsync(context.User, Policies.Operate)).Succeeded ? why : why with { May = [] });
    }

    /// <summary>What the request asks for as <c>lang</c>, else what the pages are set to.</summary>
    internal static string LanguageOf(HttpRequest request) => request.Query["lang"].ToString() is { Length: > 0 } asked ? asked : StudioTexts.LanguageOf(request);
}

/// <summary>What a list of findings may be restricted to.</summary>
internal sealed record StuckListing
{
    /// <summary>K1 and on.</summary>
    [FromQuery(Name = "code")] public string? Code { get; init; }

    [FromQuery(Name = "definitionId")] public string? DefinitionId { get; init; }

    [FromQuery(Name = "activityId")] public string? ActivityId { get; init; }

    [FromQuery(Name = "instanceId")] public Guid? InstanceId { get; init; }

    /// <summary>Only one error at one step, as the summary names it.</summary>
    [FromQuery(Name = "signature")] public long? Signature { get; init; }

    /// <summary>Part of the business key or the instance's name.</summary>
    [FromQuery(Name = "text")] public string? Text { get; init; }

    /// <summary>Stuck for longer than this ISO 8601 duration, by the wall clock.</summary>
    [FromQuery(Name = "olderThan")] public string? OlderThan { get; init; }

    [FromQuery(Name = "after")] public string? After { get; init; }

    [FromQuery(Name = "take")] public int? Take { get; init; }

    public FindingFilter ToFilter(DateTimeOffset now) => new()
    {
        Code = Code,
        DefinitionId = DefinitionId,
        ActivityId = ActivityId,
        InstanceId = InstanceId,
        Signature = Signature,
        Text = Text,
        Until = Durations.Parse(OlderThan) is { } age ? now - age : null
    };
}

/// <summary>What a list of deadlines at risk may be restricted to.</summary>
internal sealed record RiskListing
{
    [FromQuery(Name = "definitionId")] public string? DefinitionId { get; init; }

    /// <summary>Part of the business key or the instance's name.</summary>
    [FromQuery(Name = "text")] public string? Text { get; init; }

    [FromQuery(Name = "after")] public string? After { get; init; }

    [FromQuery(Name = "take")] public int? Take { get; init; }
}

/// <summary>A deadline that will probably be missed.</summary>
/// <param name="Due">When it should be done.</param>
/// <param name="Expected">When it will be at the earliest, by what the steps before it took in half of all cases.</param>
/// <param name="What">The case and the estimate in words.</param>
public sealed record RiskLine(Finding Finding, DateTimeOffset Due, DateTimeOffset Expected, string What);

/// <summary>One thing that stands still.</summary>
/// <param name="Called">The name of the way in which it is stuck.</param>
/// <param name="What">The case in a sentence.</param>
public sealed record StuckLine(Finding Finding, string Called, string What);

/// <param name="Asked">How many repairs wait for a second person.</param>
public sealed record StuckSummary(IReadOnlyList<StuckCount> Counts, IReadOnlyList<FindingGroup> Groups, int Asked);

/// <param name="Runbook">What to do about it, in general.</param>
public sealed record StuckCount(string Code, string Called, StuckSeverity Severity, int Count, DateTimeOffset Oldest, string Runbook);
