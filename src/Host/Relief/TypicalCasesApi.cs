using Microsoft.AspNetCore.Http.HttpResults;
using Relief.Flow.Activities;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Guidance;
using Relief.Flow.Host.Access;
using Relief.Flow.Host.Answers;

namespace Relief.Flow.Host.Relief;

/// <summary>Typical cases (CZ-156, PL-037): told without a name, public only by the person's consent to the very text, and down at once when it is taken back.</summary>
internal static class TypicalCasesApi
{
    public static void MapTypicalCases(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/typical-cases").WithTags("City").RequireAuthorization(Policies.See);
        group.MapPost("/", Draft).WithSummary("Tell a case without a name, with what it came to for the person").RequireAuthorization(Policies.Work).WithMetadata(Repeatable.Kept).Refuses(404, 409, 422);
        group.MapGet("/", List).WithSummary("The published cases of a county or of a city's counties, newest first; never whose they are");
        group.MapPut("/{id}/consent", Consent).WithSummary("The person agrees to this text").RequireAuthorization(Policies.Work).Refuses(404, 409, 422);
        group.MapDelete("/{id}/consent", Withdraw).WithSummary("The person takes the consent back: it comes down at once").RequireAuthorization(Policies.Work).Refuses(404, 409);
        group.MapPost("/{id}/publish", Publish).WithSummary("Publish a case that somebody else has told and the person agrees to").RequireAuthorization(Policies.Work).Refuses(404, 409);
    }

    private static async Task<Results<Ok<DraftedCase>, ProblemHttpResult>> Draft(ReliefRecords records, NewTypicalCase body, HttpContext context, CancellationToken cancellationToken)
    {
        var fields = new Fields().Check("caseId", body.CaseId is { Length: > 0 }, "The case.");
        foreach (var (field, text, longest) in new[] { ("title", body.Title, 100), ("story", body.Story, 5000), ("outcome", body.Outcome, 2000) })
            fields.Check(field, text?.Trim() is { Length: > 0 } said && said.Length <= longest, $"1 to {longest} characters, without a name.");
        if (fields.Refused is { } refused)
            return refused;
        await using var db = records.Reading();
        if (!await db.Holds<Case>(body.CaseId!, cancellationToken))
            return Refusal.Of(404, "case.notFound", "There is no such case.");
        var id = RepeatedRequests.IdOf(context, "typical-case").ToString("N");
        var deed = new Deed(context.User.By(), await records.Now(cancellationToken), id);
        var (drafted, problem) = await records.Change(changing => new TypicalCaseBook(changing).Draft((id, body.CaseId!, body.Title!.Trim(), body.Story!.Trim(), body.Outcome!.Trim()), deed, cancellationToken), cancellationToken);
        return drafted is not null ? TypedResults.Ok(new DraftedCase(drafted.Id, drafted.Status)) : Refused(problem!);
    }

    private static async Task<Ok<Listing<PublishedCase>>> List(FigureDesk desk, string area, CancellationToken cancellationToken)
    {
        await using var db = desk.Records.ReadingAll();
        var queries = new CityQueries(db);
        return TypedResults.Ok(new Listing<PublishedCase>(await queries.Published(await queries.CountiesOf(area, cancellationToken), cancellationToken)));
    }

    private static Task<Results<NoContent, ProblemHttpResult>> Consent(ReliefRecords records, string id, GivenConsent body, HttpContext context, CancellationToken cancellationToken) =>
        new Fields().Check("form", body.Form is "paper" or "voice" or "app", "One of paper, voice, app.").Refused is { } refused
            ? Task.FromResult<Results<NoContent, ProblemHttpResult>>(refused)
            : Change(records, id, context, (book, deed) => book.Consent(id, body.Form!, deed, cancellationToken), cancellationToken);

    private static Task<Results<NoContent, ProblemHttpResult>> Withdraw(ReliefRecords records, string id, HttpContext context, CancellationToken cancellationToken) =>
        Change(records, id, context, (book, deed) => book.Withdraw(id, deed, cancellationToken), cancellationToken);

    private static Task<Results<NoContent, ProblemHttpResult>> Publish(ReliefRecords records, string id, HttpContext context, CancellationToken cancellationToken) =>
        Change(records, id, context, (book, deed) => book.Publish(id, deed, cancellationToken), cancellationToken);

    private static async Task<Results<NoContent, ProblemHttpResult>> Change(ReliefRecords records, string id, HttpContext context, Func<TypicalCaseBook, Deed, Task<string?>> change, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        if (await new TypicalCaseBook(db).Find(id, cancellationToken) is null)
            return Refusal.Of(404, "typicalCase.notFound", "There is no such case, or it is not yours to see.");
        var deed = await records.DeedOf(context, cancellationToken);
        return await records.Change(changing => change(new TypicalCaseBook(changing), deed), cancellationToken) is { } problem ? Refused(problem) : TypedResults.NoContent();
    }

    private static ProblemHttpResult Refused(string problem) => Refusal.Of(409, "typicalCase." + problem, problem switch
    {
        "named" => "The text says who it is about: leave names and numbers out.",
        "minor" or "confidential" => "Nothing is published of children and of those with a confidential condition.",
        "noConsent" => "The person has not agreed to this text, or has taken it back.",
        "samePerson" => "Somebody else publishes what you have told.",
        "consented" => "The person has answered already; tell it anew for another text.",
        _ => "It is not a draft any more."
    });
}

/// <summary>A case as it is told.</summary>
/// <param name="Outcome">What it came to for the person.</param>
public sealed record NewTypicalCase(string? CaseId, string? Title, string? Story, string? Outcome);

/// <summary>A case that was told.</summary>
public sealed record DraftedCase(string Id, TypicalCaseStatus Status);
