using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.HttpResults;
using Relief.Flow.Activities;
using Relief.Flow.Activities.Adapters;
using Relief.Flow.Activities.Areas;
using Relief.Flow.Activities.Organisations;
using Relief.Flow.Activities.People;
using Relief.Flow.Host.Access;
using Relief.Flow.Host.Answers;
using Relief.Flow.Host.Relief;
using Relief.Flow.Workflows;
using Relief.Flow.Workflows.Runtime;

namespace Relief.Flow.Host.Adapters;

/// <summary>Agreements on sharing data, consents to it, and sharing by them (S23, E20). Without an agreement that holds nothing leaves.</summary>
internal static class SharingApi
{
    private static readonly string[] Shareable = ["name", "idNumber", "sex", "birthDate", "areaCode", "categories"];

    public static void MapSharing(this IEndpointRouteBuilder routes)
    {
        var agreements = routes.MapGroup("/sharing-agreements").WithTags("Adapters").RequireAuthorization(Policies.See);
        agreements.MapGet("/", List).WithSummary("A county's agreements on sharing data, newest first");
        agreements.MapPost("/", Agree).WithSummary("Enter an agreement: partner, purpose, ground, fields, and how long it holds").RequireAuthorization(Policies.Govern).WithMetadata(Repeatable.Kept).Refuses(409, 422);
        agreements.MapPost("/{id}/end", End).WithSummary("End an agreement before its time: nothing is shared by it from now on").RequireAuthorization(Policies.Govern).WithMetadata(Repeatable.Kept).Refuses(404, 409);
        agreements.MapPost("/{id}/exchanges", Share).WithSummary("Share a person's data with the partner; it is in the log, sent or withheld").RequireAuthorization(Policies.Start).WithMetadata(Repeatable.Kept).Refuses(404, 409, 422);
        var consents = routes.MapGroup("/persons/{id}/sharing-consents").WithTags("Adapters");
        consents.MapPut("/{partner}", Give).WithSummary("A person agrees that a partner gets their data").RequireAuthorization(Policies.Work).Refuses(404, 422);
        consents.MapDelete("/{partner}", Withdraw).WithSummary("The person takes the consent back: what has not been taken by then is withheld at once").RequireAuthorization(Policies.Work).Refuses(404);
    }

    private static async Task<Ok<Listing<SharingAgreement>>> List(ReliefRecords records, string county, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        return TypedResults.Ok(new Listing<SharingAgreement>(await new SharingBook(db).Of(county, cancellationToken)));
    }

    private static async Task<Results<Created<SharingAgreement>, ProblemHttpResult>> Agree(ReliefRecords records, NewAgreement body, HttpContext context, CancellationToken cancellationToken)
    {
        var fields = new Fields()
            .Check("countyCode", body.CountyCode is { Length: > 0 and <= 12 }, "The county's code.")
            .Check("partner", body.Partner is { Length: > 0 and <= 50 }, "The partner's organisation.")
            .Check("purpose", body.Purpose is { Length: >= 3 and <= 500 }, "What it is for, 3 to 500 characters.")
            .Check("legalBasis", body.LegalBasis is { Length: >= 3 and <= 500 }, "The law, or the consent, that it rests on, 3 to 500 characters.")
            .Check("fields", body.Fields is { Length: > 0 } && body.Fields.All(Shareable.Contains), $"What may be shared, of: {string.Join(", ", Shareable)}.")
            .Check("validTo", body.ValidFrom is { } from && body.ValidTo >= from, "The first and the last day; it ends on or after its first day.");
        if (fields.Refused is { } refused)
            return refused;
        await using var db = records.ReadingAll();
        if (!await db.Holds<Organisation>(body.Partner!, cancellationToken))
            fields.Add("partner", "There is no such organisation.");
        if (!await db.Holds<AreaUnit>(body.CountyCode!, cancellationToken))
            fields.Add("countyCode", "There is no such county.");
        if (fields.Refused is { } unknown)
            return unknown;
        var deed = await records.DeedOf(context, cancellationToken);
        var agreement = new SharingAgreement
        {
            Id = RepeatedRequests.IdOf(context, "sharing").ToString("N"), CountyCode = body.CountyCode!, CreatedAt = deed.At, CreatedBy = deed.By, Partner = body.Partner!, Purpose = body.Purpose!,
            LegalBasis = body.LegalBasis!, NeedsConsent = body.NeedsConsent, Fields = [.. body.Fields!.Distinct()], ValidFrom = body.ValidFrom!.Value, ValidTo = body.ValidTo!.Value
        };
        var kept = await records.Change(changing => new SharingBook(changing).Agree(agreement, deed, cancellationToken), cancellationToken);
        return TypedResults.Created($"/api/v1/sharing-agreements/{kept.Id}", kept);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> End(ReliefRecords records, string id, HttpContext context, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        if (await new SharingBook(db).Find(id, cancellationToken) is null)
            return NotFound();
        var deed = await records.DeedOf(context, cancellationToken);
        return await records.Change(changing => new SharingBook(changing).End(id, deed, cancellationToken), cancellationToken)
            ? TypedResults.NoContent()
            : Refusal.Of(409, "sharing.ended", "The agreement has ended already.");
    }

    private static async Task<Results<Accepted<LoggedExchange>, ProblemHttpResult>> Share(ReliefRecords records, string id, SharedPerson body, HttpContext context, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        if (await new SharingBook(db).Find(id, cancellationToken) is not { } agreement)
            return NotFound();
        if (body.PersonId is not { Length: > 0 } personId || await new PersonQueries(db).Facts(personId, Activities.Calendar.ChinaTime.DayOf(await records.Now(cancellationToken)), cancellationToken) is not { } facts
            || facts.Person.CountyCode != agreement.CountyCode)
            return new Fields().Add("personId", "There is no such person in this county.").Refused!;
        if (await new SharingBook(db).Forbids(agreement, personId, await records.Now(cancellationToken), cancellationToken) is { } why)
            return Refusal.Of(409, "sharing." + why, why == "noConsent" ? "No law provides for it, and the person has not agreed." : "The agreement does not hold on this day.");
        var deed = await records.DeedOf(context, cancellationToken);
        var entry = new ExchangeEntry(agreement.Partner, SharingBook.Share, "person:" + personId, Told(agreement, facts))
        {
            CountyCode = agreement.CountyCode, PersonId = personId, AgreementId = agreement.Id, LegalBasis = agreement.LegalBasis, Path = "persons"
        };
        var exchange = await records.Change(changing => new ExchangeBook(changing).Open(entry, deed, cancellationToken), cancellationToken);
        await records.Begin(exchange.Id, deed.By, cancellationToken);
        return TypedResults.Accepted($"/api/v1/exchanges/{exchange.Id}", LoggedExchange.Of(exchange));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Give(ReliefRecords records, string id, string partner, GivenConsent body, HttpContext context, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        if (await new PersonQueries(db).Find(id, cancellationToken) is not { } person)
            return Refusal.Of(404, "person.notFound", "There is no such person, or it is not yours to see.");
        if (new Fields().Check("form", body.Form is "paper" or "voice" or "app", "paper, voice or app.").Refused is { } refused)
            return refused;
        var deed = await records.DeedOf(context, cancellationToken);
        var consent = new SharingConsent { Id = deed.NewId(), CountyCode = person.CountyCode, CreatedAt = deed.At, CreatedBy = deed.By, PersonId = id, Partner = partner, Form = body.Form! };
        await records.Change(changing => new SharingBook(changing).Give(consent, deed, cancellationToken), cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Withdraw(ReliefRecords records, string id, string partner, HttpContext context, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        if (await new PersonQueries(db).Find(id, cancellationToken) is null)
            return Refusal.Of(404, "person.notFound", "There is no such person, or it is not yours to see.");
        var deed = await records.DeedOf(context, cancellationToken);
        if (await records.Change(changing => new SharingBook(changing).Withdraw(id, partner, deed, cancellationToken), cancellationToken) is not { } stopped)
            return Refusal.Of(404, "sharing.noConsent", "There is no consent to take back.");
        foreach (var exchange in stopped)
            await records.Flows.Cancel(InstanceIds.Of(ExchangeBook.Chain(exchange)), "consent withdrawn", deed.By, cancellationToken);
        return TypedResults.NoContent();
    }

    // Nothing but the agreed fields.
    private static JsonObject Told(SharingAgreement agreement, PersonFacts facts)
    {
        JsonObject told = new() { ["purpose"] = agreement.Purpose, ["legalBasis"] = agreement.LegalBasis };
        foreach (var field in agreement.Fields)
        {
            told[field] = field switch
            {
                "name" => facts.Person.Name,
                "idNumber" => Departures.Sealed(facts.Person.IdNumberSealed),
                "sex" => facts.Person.Sex,
                "birthDate" => facts.Person.BirthDate.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
                "areaCode" => facts.Person.AreaCode,
                _ => new JsonArray([.. facts.Categories.Select(category => (JsonNode)category.ToString())])
            };
        }

        return told;
    }

    private static ProblemHttpResult NotFound() => Refusal.Of(404, "sharing.notFound", "There is no such agreement.");
}

/// <summary>An agreement on sharing data.</summary>
/// <param name="Partner">The organisation; its address stands in <c>Relief:Adapters:&lt;partner&gt;</c>.</param>
/// <param name="NeedsConsent">True when no law provides for it.</param>
/// <param name="Fields">name, idNumber, sex, birthDate, areaCode, categories.</param>
public sealed record NewAgreement(string? CountyCode, string? Partner, string? Purpose, string? LegalBasis, bool NeedsConsent, string[]? Fields, DateOnly? ValidFrom, DateOnly? ValidTo);

/// <summary>Whose data is shared.</summary>
public sealed record SharedPerson(string? PersonId);

/// <summary>How a consent was given.</summary>
/// <param name="Form">paper, voice or app.</param>
public sealed record GivenConsent(string? Form);
