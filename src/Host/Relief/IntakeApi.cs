using Microsoft.AspNetCore.Http.HttpResults;
using Relief.Flow.Activities;
using Relief.Flow.Activities.Agents;
using Relief.Flow.Activities.Discoveries;
using Relief.Flow.Activities.Intake;
using Relief.Flow.Activities.People;
using Relief.Flow.Host.Access;
using Relief.Flow.Host.Answers;
using Relief.Flow.Workflows;
using Relief.Flow.Workflows.Runtime;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Host.Relief;

/// <summary>Where the channels send applications: the window, mini-programs, hotlines, other systems.</summary>
internal static class IntakeApi
{
    public static void MapIntake(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/intake/applications", Apply).WithTags("Relief").WithSummary("Hand in an application")
            .WithDescription("Answered when person, application and case are kept; the case then runs by itself. A repeat with the same Idempotency-Key gives the first answer.")
            .RequireAuthorization(Policies.Start).WithMetadata(Repeatable.Kept).Refuses(400, 403, 409, 422);

    private static Task<Results<Accepted<TakenApplication>, ProblemHttpResult>> Apply(ReliefRecords records, ApplicationRequest body, HttpContext context, CancellationToken cancellationToken) =>
        Receive(records, body, (context.User.By(), RepeatedRequests.KeyOf(context) is { } given ? $"intake:{given.Scope}:{given.Key}" : $"intake:{Guid.CreateVersion7():N}"), cancellationToken);

    /// <summary>Takes an application in, from whichever side: the one intake.</summary>
    /// <param name="sent">Who hands it in, and the key of a repeat.</param>
    public static async Task<Results<Accepted<TakenApplication>, ProblemHttpResult>> Receive(
        ReliefRecords records, ApplicationRequest body, (string By, string Key) sent, CancellationToken cancellationToken)
    {
        if (body.ConsentVersion is null or "")
            return Refusal.Fields("intake.consentMissing", "Without consent nothing is taken in.",
                new Dictionary<string, string[]> { ["consentVersion"] = ["The version of the consent text that was agreed to."] });
        if (await Faults(records, body, cancellationToken) is { } faults)
            return faults;
        if (await Unmandated(records, body.MandateId, sent.By, cancellationToken) is { } unmandated)
            return unmandated;

        var deed = new Deed(sent.By, await records.Now(cancellationToken), sent.Key);
        var receipt = await records.Change(db => Take(db, records.Key, (body, deed), cancellationToken), cancellationToken);
        await records.Flows.Start(StartOf(receipt, sent.By), cancellationToken);
        if (receipt.DiscoveryId is { } discovery)
            await records.Flows.Publish(new EventToPublish(Discovery.Applied(discovery), null, FlowJson.Of(new { decision = "Applied", by = deed.By }), EventToPublish.Week, sent.Key + "/discovery"), cancellationToken);
        return TypedResults.Accepted($"/api/v1/cases/{receipt.CaseId}",
            new TakenApplication(receipt.Number, receipt.ApplicationId, receipt.CaseNumber, receipt.CaseId, $"/api/v1/cases/{receipt.CaseId}"));
    }

    private static async Task<ApplicationReceipt> Take(ReliefDbContext db, PersonalDataKey seal, (ApplicationRequest Body, Deed Deed) of, CancellationToken cancellationToken)
    {
        var receipt = await new ApplicationCounter(db, seal).Take(of.Body, of.Deed, cancellationToken);
        if (of.Body.MandateId is { } mandate)
            await new MandateBook(db).Apply(mandate, new AppliedOnBehalf(receipt.ApplicationId, receipt.CaseId, receipt.PersonId), of.Deed, cancellationToken);
        return receipt;
    }

    // Whoever names a mandate must be its agent, and it must be in force.
    private static async Task<ProblemHttpResult?> Unmandated(ReliefRecords records, string? mandateId, string by, CancellationToken cancellationToken)
    {
        if (mandateId is null)
            return null;
        await using var db = records.ReadingAll();
        return await new MandateQueries(db).Obstacle(mandateId, by, cancellationToken) switch
        {
            null => null,
            "NotTheAgent" => MandatesApi.NotTheAgent(),
            var problem => Refusal.Of(409, "mandate.notOpen", "The mandate is not in force.", ("reason", problem))
        };
    }

    // The application's id is the instance's, so that a repeat starts nothing twice.
    private static StartInstance StartOf(ApplicationReceipt receipt, string by) =>
        new(receipt.OwnCase ? "case.lifecycle" : "procedure.intake",
            FlowJson.Of(new { applicationId = receipt.ApplicationId, caseId = receipt.CaseId, personId = receipt.PersonId }), by)
        {
            InstanceId = Guid.ParseExact(receipt.ApplicationId, "N"),
            CorrelationId = "case:" + receipt.CaseId,
            BusinessKey = receipt.CaseNumber,
            SubjectId = "person:" + receipt.PersonId
        };

    private static async Task<ProblemHttpResult?> Faults(ReliefRecords records, ApplicationRequest body, CancellationToken cancellationToken)
    {
        var person = body.Person;
        var fields = new Fields()
            .Check("countyCode", body.CountyCode is { Length: > 0 }, "The county's code.")
            .Check("channel", body.Channel is { Length: > 0 and <= 50 }, "The channel it came through.")
            .Check("category", body.Category is { } category && Enum.IsDefined(category), "The relief category claimed.")
            .Check("wording", body.Wording is { Length: > 0 and <= 4000 }, "The need in the applicant's own words.")
            .Check("person.idNumber", person?.IdNumber is { Length: 18 }, "18 characters.")
            .Check("person.name", person?.Name is { Length: > 0 and <= 100 }, "The person's name.")
            .Check("person.birthDate", person?.BirthDate is not null, "The day of birth.")
            .Check("person.areaCode", person?.AreaCode is { Length: > 0 }, "The code of the village.");
        if (fields.Refused is { } refused)
            return refused;
        await using var db = records.Reading();
        return fields.Check("person.areaCode", await new ApplicationCounter(db, records.Key).Knows(body.CountyCode!, person!.AreaCode!, cancellationToken), "The village is not known in this county.")
            .Check("discoveryId", body.DiscoveryId is null || await db.Holds<Discovery>(body.DiscoveryId, cancellationToken), "There is no such discovery.").Refused;
    }
}

/// <summary>The receipt.</summary>
/// <param name="ApplicationNumber">What the applicant keeps.</param>
public sealed record TakenApplication(string ApplicationNumber, string ApplicationId, string CaseNumber, string CaseId, string StatusUrl);
