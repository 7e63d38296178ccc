using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;
using Relief.Flow.Activities;
using Relief.Flow.Activities.Attachments;
using Relief.Flow.Activities.Surveys;
using Relief.Flow.Host.Answers;
using Relief.Flow.Host.Relief;
using Relief.Flow.Workflows;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Host.Tasks;

/// <summary>Surveys filled in on a phone, perhaps without a network: handed in once, as the survey's own task is completed (S04).</summary>
internal sealed class SurveyDesk(TaskDesk desk, ReadSide side, ReliefRecords records)
{
    private static readonly TimeSpan ClockOff = TimeSpan.FromMinutes(5);
    private static readonly string[] Kinds = [SurveyForm.Kind, "survey-correction"];

    // A survey is its team's, whatever the units of its members are: who is in the team is asked first, and the task is found for them.
    private readonly TaskQueries tasks = new(side);

    public ReliefRecords Records => records;

    /// <summary>The open survey when this person is of its team; what is another's is not there.</summary>
    public async Task<SurveyRecord?> Mine(string surveyId, string by, CancellationToken cancellationToken)
    {
        await using var db = records.ReadingAll();
        return await new PhoneBook(db, records.Key).Open(surveyId, cancellationToken) is { } survey && survey.Team.Contains(by) ? survey : null;
    }

    /// <summary>Hands in a survey; sent again under its number it gets the first receipt.</summary>
    /// <remarks>The completed task carries the number: when a crash or a second sending comes between it and the receipt, the receipt is written from it.</remarks>
    public async Task<(TakenSurvey? Taken, ProblemHttpResult? Refused)> Submit(string surveyId, FilledSurvey body, (string By, string Source) sent, CancellationToken cancellationToken)
    {
        var content = records.Key.Sign(surveyId + JsonSerializer.Serialize(body));
        await using var db = records.ReadingAll();
        if (body.Number is { } number && await new PhoneBook(db, records.Key).Receipt(number, cancellationToken) is { } known)
            return known.Content == content ? (new TakenSurvey(known.Id, known.SurveyId, known.CreatedAt), null) : (null, Refusal.Of(409, "survey.numberReused", "This number was used for something else."));
        var task = await DoneAs(surveyId, (body.Number, content), sent.By, cancellationToken);
        var refused = task is null ? await HandIn(surveyId, body, (sent, content), cancellationToken) : null;
        task ??= await DoneAs(surveyId, (body.Number, content), sent.By, cancellationToken);
        if (task is not { } done)
            return (null, refused ?? NotThere());

        var kept = await records.Change(async changing => await new PhoneBook(changing, records.Key).Receive(new SurveyReceipt
        {
            Id = body.Number!, CountyCode = done.Survey.CountyCode, CreatedAt = await records.Now(cancellationToken), CreatedBy = sent.By, SurveyId = surveyId, Content = content, Device = body.Device!,
            DeviceTime = body.DeviceTime!.Value, PlaceSealed = body.Geo is { } geo ? records.Key.SealText(JsonSerializer.Serialize(geo, JsonSerializerOptions.Web)) : null, Photos = [.. body.Photos ?? []],
            TaskId = done.Task.ToString(), Source = sent.Source
        }, cancellationToken), cancellationToken);
        return (new TakenSurvey(kept.Id, kept.SurveyId, kept.CreatedAt), null);
    }

    // Completes the survey's task; why not, else.
    private async Task<ProblemHttpResult?> HandIn(string surveyId, FilledSurvey body, ((string By, string Source) Sent, string Content) of, CancellationToken cancellationToken)
    {
        if (await Mine(surveyId, of.Sent.By, cancellationToken) is not { } survey)
            return NotThere();
        if (await TaskOf(survey.CaseId, cancellationToken) is not { Id: var task })
            return Refusal.Of(409, "survey.notOpen", "Nobody waits for this survey at the moment.");
        return await Faults(survey, body, (task, of.Sent.Source, await records.Now(cancellationToken)), cancellationToken) ?? await Complete(task, body, (of.Sent.By, of.Content), cancellationToken);
    }

    // The task that was completed by this submission.
    private async Task<(SurveyRecord Survey, Guid Task)?> DoneAs(string surveyId, (string? Number, string Content) submission, string by, CancellationToken cancellationToken)
    {
        await using var db = records.ReadingAll();
        if (submission.Number is null || await new PhoneBook(db, records.Key).Given(surveyId, by, cancellationToken) is not { } survey)
            return null;
        foreach (var kind in Kinds)
        {
            foreach (var one in (await tasks.List(new TaskFilter { Kind = kind, Subject = "case:" + survey.CaseId, States = [nameof(TaskState.Completed)] }, null, 10, cancellationToken)).Items)
            {
                if (await tasks.Find(one.Id, cancellationToken) is { Result: { ValueKind: JsonValueKind.Object } result } && Text(result, "number") == submission.Number && Text(result, "submission") == submission.Content)
                    return (survey, one.Id);
            }
        }

        return null;
    }

    private static string? Text(JsonElement result, string name) => result.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    public static ProblemHttpResult NotThere() => Refusal.Of(404, "survey.notFound", "There is no such open survey, or it is not given to you.");

    private async Task<ProblemHttpResult?> Complete(Guid task, FilledSurvey body, (string By, string Content) sent, CancellationToken cancellationToken)
    {
        var data = FlowJson.Of(new
        {
            signatures = body.Signatures, opinion = body.Opinion.ToString(), failedIndicators = body.FailedIndicators ?? [], recommendedItems = body.RecommendedItems ?? [], familySigner = body.FamilySigner,
            familyRefusal = body.FamilyRefusal, place = body.Place ?? "home", photoCount = body.Photos?.Count ?? 0, answers = body.Answers, at = body.DeviceTime, family = body.Family, houseType = body.HouseType,
            number = body.Number, submission = sent.Content
        });
        var filled = new CompleteTask(SurveyForm.Submit, data);
        if (await desk.FindConflict(task, [sent.By], cancellationToken) is { } refused)
            return refused;
        var looked = await desk.Look(task, filled, cancellationToken);
        return looked.Refused ?? (await TasksApi.Act(desk.Flows, new TaskDeed(task, TaskVerb.Complete, sent.By, Outcome: SurveyForm.Submit, Data: looked.Data), cancellationToken)).Result as ProblemHttpResult;
    }

    /// <summary>The open task of a case's survey; null when nobody waits for one.</summary>
    public async Task<TaskSummary?> TaskOf(string caseId, CancellationToken cancellationToken)
    {
        foreach (var kind in Kinds)
        {
            if ((await tasks.List(new TaskFilter { Kind = kind, Subject = "case:" + caseId }, null, 1, cancellationToken)).Items is [var open, ..])
                return open;
        }

        return null;
    }

    private async Task<ProblemHttpResult?> Faults(SurveyRecord survey, FilledSurvey body, (Guid Task, string Source, DateTimeOffset Now) of, CancellationToken cancellationToken)
    {
        var signers = (body.Signatures ?? []).Select(one => one.StaffId).ToList();
        var isRemote = survey.Mode == SurveyMode.Remote;
        var fields = new Fields()
            .Check("number", body.Number is { Length: >= 8 and <= 60 } && body.Number.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_'), "The phone's own number of this submission, 8 to 60 letters, digits and dashes.")
            .Check("device", body.Device is { Length: > 0 and <= 100 }, "On which device it was filled in.")
            .Check("deviceTime", body.DeviceTime is { } time && time <= of.Now + ClockOff && time >= survey.CreatedAt - ClockOff, "When it was filled in: since the survey was given out, and not in the future.")
            .Check("signatures", signers.Distinct().Count() >= 2 && signers.Distinct().Count() == signers.Count && !signers.Except(survey.Team).Any(), "Two different members of the team sign at least.")
            .Check("signatures", (body.Signatures ?? []).All(one => one.SignedAt <= of.Now + ClockOff), "Nobody signs in the future.")
            .Check("opinion", body.Opinion is { } opinion && Enum.IsDefined(opinion), "Recommended, NotRecommended or Unclear.")
            .Check("familySigner", body.FamilySigner is { Length: > 0 } || body.FamilyRefusal is { Length: > 0 }, "Who of the household signed, or why nobody did.")
            .Check("geo", isRemote || body.Geo is { Latitude: >= -90 and <= 90, Longitude: >= -180 and <= 180, Accuracy: >= 0 and <= 10_000 }, "Where the device was; only a survey from afar has none.")
            .Check("photos", isRemote || body.Photos is { Count: > 0 and <= AttachmentBook.Most }, "The photos by their hash.");
        // The photos of our own app stand at the task; those of another stay with it, and their hashes are kept.
        if (of.Source == FilledSurvey.OwnApp && body.Photos is { Count: > 0 } photos)
        {
            await using var db = records.ReadingAll();
            var standing = (await new AttachmentBook(db, records.Key).Of(of.Task.ToString(), cancellationToken)).Select(one => "sha256:" + one.Hash).ToList();
            fields.Check("photos", !photos.Except(standing).Any(), "Each photo is attached to the survey's task first.");
        }

        return fields.RefusedAs("survey.invalid");
    }
}

/// <summary>A survey as a phone hands it in.</summary>
/// <param name="Number">The phone's own number: sent again it is the same submission.</param>
/// <param name="Photos">By hash, <c>sha256:…</c>, as they stand at the task.</param>
/// <param name="Place">home, ward or remote.</param>
public sealed record FilledSurvey(
    string? Number, string? Device, DateTimeOffset? DeviceTime, GeoFix? Geo, IReadOnlyList<SignatureEntry>? Signatures, SurveyOpinion? Opinion, IReadOnlyList<string>? FailedIndicators,
    IReadOnlyList<string>? RecommendedItems, string? FamilySigner, string? FamilyRefusal, string? Place, IReadOnlyList<string>? Photos, JsonElement? Answers)
{
    /// <summary>Who lives there, all of them; absent when nobody asked.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<SurveyedMember>? Family { get; init; }

    /// <summary>The dwelling, kept with them.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? HouseType { get; init; }

    /// <summary>What came from our own app.</summary>
    internal const string OwnApp = "app";
}

/// <summary>Where a device was.</summary>
/// <param name="Accuracy">Metres.</param>
public sealed record GeoFix(double Latitude, double Longitude, double Accuracy);

/// <summary>The receipt of a survey.</summary>
public sealed record TakenSurvey(string Number, string SurveyId, DateTimeOffset ReceivedAt);
