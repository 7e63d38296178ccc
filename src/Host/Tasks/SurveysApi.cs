using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Relief.Flow.Activities.Surveys;
using Relief.Flow.Host.Access;
using Relief.Flow.Host.Answers;
using Relief.Flow.Host.Relief;

namespace Relief.Flow.Host.Tasks;

/// <summary>Household surveys for a surveyor's phone: what is assigned, drafts, handing in, also what was filled in without a network (S04 智慧民政).</summary>
internal static class SurveysApi
{
    private const int LargestDraft = 64 * 1024;

    public static void MapSurveys(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/surveys").WithTags("Surveys").RequireAuthorization(Policies.Work);
        group.MapGet("/assigned", Assigned).WithSummary("The surveys that wait for whoever asks, with what a phone needs to go there without a network");
        group.MapGet("/{id}/draft", Draft).WithSummary("One's own draft").Refuses(404);
        group.MapPut("/{id}/draft", Keep).WithSummary("Keep what is filled in so far, sealed; what a device kept earlier does not replace it").WithMetadata(Repeatable.Never).Refuses(404, 409, 422);
        group.MapPost("/{id}/submit", Submit).WithSummary("Hand a survey in, with two signatures, where it was and photos; sent again under its number it is the same one")
            .WithDescription("The photos are attached to the survey's task first (/tasks/{taskId}/attachments). A survey that was filled in without a network carries the device's time.")
            .WithMetadata(Repeatable.Never).Refuses(403, 404, 409, 422);
    }

    private static async Task<Ok<Listing<SurveyToDo>>> Assigned(SurveyDesk desk, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        await using var db = desk.Records.ReadingAll();
        var open = await new PhoneBook(db, desk.Records.Key).Assigned(user.By(), cancellationToken);
        List<SurveyToDo> mine = [];
        foreach (var survey in open)
        {
            var task = await desk.TaskOf(survey.CaseId, cancellationToken);
            mine.Add(new SurveyToDo(survey, task?.Id, task?.Due));
        }

        return TypedResults.Ok(new Listing<SurveyToDo>(mine));
    }

    private static async Task<Results<Ok<KeptDraft>, ProblemHttpResult>> Draft(SurveyDesk desk, string id, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        await using var db = desk.Records.ReadingAll();
        return await new PhoneBook(db, desk.Records.Key).Draft(id, user.By(), cancellationToken) is { } found
            ? TypedResults.Ok(new KeptDraft(found.Draft.Device, found.Draft.DeviceTime, found.Draft.CreatedAt, JsonElement.Parse(found.Content)))
            : SurveyDesk.NotThere();
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Keep(SurveyDesk desk, string id, NewDraft body, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var content = body.Content.ValueKind == JsonValueKind.Object ? body.Content.GetRawText() : "";
        var fields = new Fields().Check("content", content.Length is > 0 and <= LargestDraft, "The form so far, a JSON object of 64 KiB at most.")
            .Check("device", body.Device is { Length: > 0 and <= 100 }, "On which device it was kept.").Check("deviceTime", body.DeviceTime is not null, "When it was kept there.");
        if (fields.Refused is { } refused)
            return refused;
        if (await desk.Mine(id, user.By(), cancellationToken) is not { } survey)
            return SurveyDesk.NotThere();
        var deed = await desk.Records.DeedOf(user.By(), cancellationToken);
        return await desk.Records.Change(db => new PhoneBook(db, desk.Records.Key).Keep(survey, (body.Device!, body.DeviceTime!.Value, content), deed, cancellationToken), cancellationToken)
            ? TypedResults.NoContent()
            : Refusal.Of(409, "survey.draftOlder", "A newer draft of yours is kept.");
    }

    private static async Task<Results<Ok<TakenSurvey>, ProblemHttpResult>> Submit(SurveyDesk desk, string id, FilledSurvey body, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var (taken, refused) = await desk.Submit(id, body, (user.By(), FilledSurvey.OwnApp), cancellationToken);
        return taken is not null ? TypedResults.Ok(taken) : refused!;
    }
}

/// <summary>A survey to do.</summary>
/// <param name="TaskId">The task at which its photos are attached.</param>
public sealed record SurveyToDo(AssignedSurvey Survey, Guid? TaskId, DateTimeOffset? Due);

/// <summary>A draft as a phone sends it.</summary>
public sealed record NewDraft(string? Device, DateTimeOffset? DeviceTime, JsonElement Content);

/// <summary>A draft as it is kept.</summary>
public sealed record KeptDraft(string Device, DateTimeOffset DeviceTime, DateTimeOffset KeptAt, JsonElement Content);
