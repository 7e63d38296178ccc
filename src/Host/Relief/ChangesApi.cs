using Microsoft.AspNetCore.Http.HttpResults;
using Relief.Flow.Activities;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Changes;
using Relief.Flow.Activities.People;
using Relief.Flow.Host.Access;
using Relief.Flow.Host.Answers;
using Relief.Flow.Workflows;
using Relief.Flow.Workflows.Runtime;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Host.Relief;

/// <summary>What changes for persons (动态管理, P12): reporting it, and looking at what was decided about it.</summary>
internal static class ChangesApi
{
    public static void MapChanges(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("").WithTags("Dynamic").RequireAuthorization(Policies.See);
        group.MapPost("/persons/{id}/changes", Report).WithSummary("Report that something has changed for a person; a person looks before anything happens")
            .WithDescription("The change has the id of the instance that is started, without hyphens. A repeat with the same Idempotency-Key gives the first answer.").RequireAuthorization(Policies.Start).Begins();
        group.MapGet("/persons/{id}/changes", OfPerson).WithSummary("A person's changes, newest first").Refuses(404);
        group.MapGet("/changes", List).WithSummary("A county's changes, newest first; only those that are not over when asked");
        group.MapGet("/changes/{id}", Find).WithSummary("A change with what was proposed, heard, agreed to and done").Refuses(404);
        group.MapGet("/changes/{id}/package", Package).WithSummary("The package of their own file that who leaves the county has consented to, as it is to be printed and handed over")
            .RequireAuthorization(Policies.Work).Refuses(404, 409);
        group.MapPost("/changes/{id}/objections", Object).WithSummary("Object to a stop while it is put up in public; the township decides anew")
            .RequireAuthorization(Policies.Work).WithMetadata(Repeatable.Kept).Refuses(404, 409, 422);
    }

    private static async Task<IResult> Report(ReliefRecords records, string id, ReportedChange body, HttpContext context, CancellationToken cancellationToken)
    {
        var fields = new Fields()
            .Check("kind", Enum.GetNames<ChangeKind>().Contains(body.Kind), $"One of {string.Join(", ", Enum.GetNames<ChangeKind>())}.")
            .Check("seen", body.Seen is { Length: > 0 and <= 2000 } && !PersonReference.IsNumber(body.Seen), "What was seen, 1 to 2000 characters, without a number or an illness.")
            .Check("on", body.On is null || body.On.Value.Year is >= 2000 and <= 2100, "The day it is about.");
        if (fields.Refused is { } refused)
            return refused;
        await using var db = records.Reading();
        if (!await db.Holds<Person>(id, cancellationToken))
            return Refusal.Of(404, "person.notFound", "There is no such person.");
        var (by, origin) = (context.User.By(), (Of: ChangeOrigin.Report, Id: RepeatedRequests.IdOf(context, "change").ToString("N")));
        return await records.Flows.Begin(StartInstance.Of(ChangeStart.Of(id, Enum.Parse<ChangeKind>(body.Kind!), origin, (body.Seen!, by, body.On)), by), context, cancellationToken);
    }

    private static async Task<Results<Ok<Listing<PersonChange>>, ProblemHttpResult>> OfPerson(ReliefRecords records, string id, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        return await db.Holds<Person>(id, cancellationToken)
            ? TypedResults.Ok(new Listing<PersonChange>(await new ChangeBook(db).Of(id, cancellationToken)))
            : Refusal.Of(404, "person.notFound", "There is no such person.");
    }

    private static async Task<Ok<Listing<PersonChange>>> List(ReliefRecords records, string county, bool? open, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        return TypedResults.Ok(new Listing<PersonChange>(await new ChangeBook(db).InCounty(county, open ?? false, cancellationToken)));
    }

    private static async Task<Results<Ok<PersonChange>, ProblemHttpResult>> Find(ReliefRecords records, string id, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        return await new ChangeBook(db).Find(id, cancellationToken) is { } found ? TypedResults.Ok(found) : NotFound();
    }

    private static async Task<Results<Ok<PackageToHand>, ProblemHttpResult>> Package(ReliefRecords records, string id, CancellationToken cancellationToken)
    {
        var (package, refused) = await PackageDesk.Of(records, id, cancellationToken);
        return package is not null ? TypedResults.Ok(package) : refused!;
    }

    private static async Task<Results<Accepted, ProblemHttpResult>> Object(ReliefRecords records, string id, ObjectedStop body, HttpContext context, CancellationToken cancellationToken)
    {
        if (new Fields().Check("wording", body.Wording is { Length: > 0 and <= 2000 }, "What is objected, 1 to 2000 characters.").Refused is { } refused)
            return refused;
        await using var db = records.Reading();
        if (await new ChangeBook(db).Find(id, cancellationToken) is not { } change)
            return NotFound();
        // After its last day nobody hears an objection any more.
        if (change is not { NoticeUntil: { } until, EndedAt: null, Status: ChangeStatus.Approved } || until < ChinaTime.DayOf(await records.Now(cancellationToken)))
            return Refusal.Of(409, "change.notPutUp", "Only a stop that is put up in public is objected to.");
        var objection = FlowJson.Of(new { reason = body.Wording!.Trim(), by = context.User.By() });
        await records.Flows.Publish(new EventToPublish("objection:" + ChangeBook.Chain(id), null, objection, EventToPublish.Week, RepeatedRequests.TextOf(context)), cancellationToken);
        return TypedResults.Accepted($"/api/v1/changes/{id}");
    }

    private static ProblemHttpResult NotFound() => Refusal.Of(404, "change.notFound", "There is no such change.");
}

/// <summary>A change as it is reported.</summary>
/// <param name="Kind">What has changed: CategoryChange, Address, SelfCare, Hospital, Recovered, Income, Death, Refusal, SupplierChange, PriceChange, Certificate …</param>
/// <param name="Seen">What was seen, without a number or an illness.</param>
/// <param name="On">The day it is about; today when absent.</param>
public sealed record ReportedChange(string? Kind, string? Seen, DateOnly? On);

/// <summary>What somebody has against a stop that is put up in public.</summary>
public sealed record ObjectedStop(string? Wording);
