using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Notices;
using Relief.Flow.Host.Access;
using Relief.Flow.Host.Answers;
using Relief.Flow.Workflows;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Host.Relief;

/// <summary>The public sheets (长期公示, P13): what hangs in a village, consent to a name, objections.</summary>
internal static class NoticesApi
{
    public static void MapNotices(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("").WithTags("Notices");
        group.MapGet("/villages/{code}/board", Board).WithSummary("What hangs in a village: service number, village and 服务类救助, a masked name by consent").RequireAuthorization(Policies.See);
        group.MapPut("/cases/{id}/publication-consent", Give).WithSummary("The person agrees that a masked name stands on the sheet; it is renewed").RequireAuthorization(Policies.Work)
            .WithMetadata(Repeatable.Kept).Refuses(404, 422);
        group.MapDelete("/cases/{id}/publication-consent", Withdraw).WithSummary("The person takes it back: the sheet comes down at once and hangs again without a name").RequireAuthorization(Policies.Work)
            .WithMetadata(Repeatable.Kept).Refuses(404, 409);
        group.MapPost("/notices/{id}/objections", Object).WithSummary("Somebody objects to a sheet; it is checked again").RequireAuthorization(Policies.Start)
            .WithMetadata(Repeatable.Kept).Refuses(404, 409, 422);
    }

    private static async Task<Ok<Listing<HungSheet>>> Board(ReliefRecords records, string code, CancellationToken cancellationToken)
    {
        await using var db = records.ReadingAll();
        return TypedResults.Ok(new Listing<HungSheet>([.. (await new NoticeBook(db).Hanging(code, cancellationToken)).Select(notice => new HungSheet(notice.Id, notice.Content, notice.PostedAt!.Value))]));
    }

    private static async Task<Results<Ok<PublicationConsent>, ProblemHttpResult>> Give(ReliefRecords records, string id, GivenConsent body, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (new Fields().Check("form", body.Form is "paper" or "voice" or "app", "One of paper, voice, app.").Refused is { } refused)
            return refused;
        if (await PersonOf(records, id, cancellationToken) is not { } person)
            return NoCase();

        var deed = await records.DeedOf(user.By(), cancellationToken);
        var given = await records.Change(db => new ConsentBook(db).Give(person, body.Form!, deed, cancellationToken), cancellationToken);
        await Told(records, person, given.Id, cancellationToken);
        return TypedResults.Ok(given);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Withdraw(ReliefRecords records, string id, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (await PersonOf(records, id, cancellationToken) is not { } person)
            return NoCase();

        var deed = await records.DeedOf(user.By(), cancellationToken);
        if (!await records.Change(db => new ConsentBook(db).Withdraw(person, deed, cancellationToken), cancellationToken))
            return Refusal.Of(409, "notice.noConsent", "No consent stands.");
        await Told(records, person, deed.Key, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<Results<Accepted, ProblemHttpResult>> Object(ReliefRecords records, string id, Objection body, HttpContext context, CancellationToken cancellationToken)
    {
        if (new Fields().Check("wording", body.Wording?.Trim().Length is > 0 and <= 2000, "What is objected, 1 to 2000 characters.").Refused is { } refused)
            return refused;
        await using var db = records.Reading();
        if (await new NoticeBook(db).Find(id, cancellationToken) is not { } notice)
            return Refusal.Of(404, "notice.notFound", "There is no such sheet.");
        if (notice.Status != NoticeStatus.Posted)
            return Refusal.Of(409, "notice.notHanging", "This sheet does not hang.");

        var objection = FlowJson.Of(new { decision = "Objection", reason = body.Wording!.Trim() });
        await records.Flows.Publish(new EventToPublish("objection:" + id, null, objection, EventToPublish.Week, RepeatedRequests.TextOf(context)), cancellationToken);
        return TypedResults.Accepted((string?)null);
    }

    private static async Task<string?> PersonOf(ReliefRecords records, string caseId, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        return (await new CaseQueries(db).Find(caseId, cancellationToken))?.Case.PersonId;
    }

    private static Task<PublishReceipt> Told(ReliefRecords records, string person, string key, CancellationToken cancellationToken) =>
        records.Flows.Publish(new EventToPublish(ConsentBook.Changed(person), null, FlowJson.Of(new { personId = person }), EventToPublish.Week, "publication:" + key), cancellationToken);

    private static ProblemHttpResult NoCase() => Refusal.Of(404, "case.notFound", "There is no such case.");
}

/// <summary>A sheet as it hangs: nothing else of it is public.</summary>
/// <param name="Since">When it was put up.</param>
public sealed record HungSheet(string NoticeId, string Content, DateTimeOffset Since);

/// <param name="Form">paper, voice or app.</param>
public sealed record GivenConsent(string? Form);

/// <param name="Wording">What is objected, 1 to 2000 characters; never an ID number.</param>
public sealed record Objection(string? Wording);
