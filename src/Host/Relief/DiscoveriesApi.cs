using Microsoft.AspNetCore.Http.HttpResults;
using Relief.Flow.Activities;
using Relief.Flow.Activities.Areas;
using Relief.Flow.Activities.Discoveries;
using Relief.Flow.Activities.People;
using Relief.Flow.Host.Access;
using Relief.Flow.Host.Answers;
using Relief.Flow.Workflows;
using Relief.Flow.Workflows.Runtime;

namespace Relief.Flow.Host.Relief;

/// <summary>Persons who were found in need (主动发现, P02): reporting one, what became of them, and the share of new cases that came of it.</summary>
internal static class DiscoveriesApi
{
    public static void MapDiscoveries(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/discoveries").WithTags("Discovery").RequireAuthorization(Policies.See);
        group.MapPost("/", Report).WithSummary("Report somebody who may need relief; the township speaks with them within 3 working days, at high risk within 24 hours")
            .WithDescription("Assistants, grid workers and third parties report. A repeat with the same Idempotency-Key gives the first answer; somebody who was reported before is followed once.")
            .RequireAuthorization(Policies.Work).WithMetadata(Repeatable.Kept).Refuses(400, 409, 422);
        group.MapGet("/", List).WithSummary("Persons of a county who were found in need, newest first; of one origin, or only the open ones, when asked");
        group.MapGet("/figures", Figures).WithSummary("The share of a period's new cases that came of a discovery, by channel and by the three ways of the 335 method").Refuses(422);
        group.MapGet("/{id}", Find).WithSummary("A discovery with its contact log; who found the person learns the class of the outcome alone").Refuses(404);
    }

    private static async Task<Results<Accepted<DiscoveryView>, ProblemHttpResult>> Report(ReliefRecords records, ReportedPerson body, HttpContext context, CancellationToken cancellationToken)
    {
        if (await Faults(records, body, cancellationToken) is { } refused)
            return refused;
        var id = RepeatedRequests.IdOf(context, "discovery");
        var deed = new Deed(context.User.By(), await records.Now(cancellationToken), id.ToString("N"));
        var found = await records.Change(db => new DiscoveryBook(db).Register(body.ToDiscovery(deed), deed, cancellationToken), cancellationToken);
        await records.Flows.Start(StartInstance.Of(DiscoveryBook.StartOf(found), deed.By), cancellationToken);
        return TypedResults.Accepted($"/api/v1/discoveries/{found.Id}", DiscoveryView.Of(found, mayKnow: false));
    }

    private static async Task<Ok<Listing<DiscoveryView>>> List(ReliefRecords records, Visibility visibility, string county, DiscoveryOrigin? origin, bool? open, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        var found = await new DiscoveryQueries(db).Of(county, origin, open ?? false, cancellationToken);
        return TypedResults.Ok(new Listing<DiscoveryView>([.. found.Select(row => DiscoveryView.Of(row, MayKnow(visibility, row)))]));
    }

    private static async Task<Results<Ok<DiscoveryView>, ProblemHttpResult>> Find(ReliefRecords records, Visibility visibility, string id, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        var queries = new DiscoveryQueries(db);
        return await queries.Find(id, cancellationToken) is { } found
            ? TypedResults.Ok(DiscoveryView.Of(found, MayKnow(visibility, found), await queries.Contacts(id, cancellationToken)))
            : Refusal.Of(404, "discovery.notFound", "There is no such discovery.");
    }

    private static async Task<Results<Ok<DiscoveryFigures>, ProblemHttpResult>> Figures(ReliefRecords records, string county, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        if (new Fields().Check("to", from < to, "Later than from.").Refused is { } refused)
            return refused;
        await using var db = records.Reading();
        return TypedResults.Ok(await new DiscoveryQueries(db).Figures(county, (from, to), await records.Now(cancellationToken), cancellationToken));
    }

    // Those who answer for the place; whoever only found the person does not.
    private static bool MayKnow(Visibility visibility, Discovery found) => visibility.Current is not { } view || view.Areas.Contains(found.AreaCode) || view.Areas.Contains(found.CountyCode);

    private static async Task<ProblemHttpResult?> Faults(ReliefRecords records, ReportedPerson body, CancellationToken cancellationToken)
    {
        var fields = new Fields()
            .Check("countyCode", body.CountyCode is { Length: > 0 and <= 12 }, "The county's code.")
            .Check("areaCode", body.AreaCode is { Length: > 0 and <= 12 }, "The code of the village.")
            .Check("seen", body.Seen is { Length: > 0 and <= 2000 } && !PersonReference.HoldsNumber(body.Seen), "What was seen, 1 to 2000 characters, without a phone or ID number.")
            .Check("personRef", body.PersonId is not null || body.PersonRef is { Length: > 0 and <= 100 }, "The person of the register (personId), or how others call them (personRef).")
            .Check("personRef", !PersonReference.IsNumber(body.PersonRef), "A reference, not a phone or ID number.")
            .Check("channel", body.Channel is null || Enum.IsDefined(body.Channel.Value), $"One of {string.Join(", ", Enum.GetNames<DiscoveryChannel>())}.")
            .Check("risk", body.Risk is null || Enum.IsDefined(body.Risk.Value), "Normal or High.");
        if (fields.Refused is { } refused)
            return refused;
        await using var db = records.ReadingAll();
        return fields
            .Check("areaCode", (await new AreaQueries(db).CodesAbove(body.AreaCode!, cancellationToken)).Contains(body.CountyCode!), "The village is not known in this county.")
            .Check("personId", body.PersonId is null || await db.Holds<Person>(body.PersonId, cancellationToken), "There is no such person.").Refused;
    }
}

/// <summary>Somebody who may need relief, as they are reported.</summary>
/// <param name="Seen">What was seen.</param>
/// <param name="PersonId">The person, when the register knows them.</param>
/// <param name="PersonRef">How others call somebody whom it does not know; never a phone or ID number.</param>
/// <param name="Channel">Community when nobody says; ThirdParty for an organisation that helps to look, HelpDay at a help day, and so on.</param>
/// <param name="Risk">Normal when nobody says; at High the person is spoken with within 24 hours.</param>
public sealed record ReportedPerson(string? CountyCode, string? AreaCode, string? Seen, string? PersonId, string? PersonRef, DiscoveryChannel? Channel, DiscoveryRisk? Risk)
{
    /// <summary>It as a discovery; it has been looked through.</summary>
    public Discovery ToDiscovery(Deed deed) => new()
    {
        Id = deed.Key, CountyCode = CountyCode!, CreatedAt = deed.At, CreatedBy = deed.By, AreaCode = AreaCode!, Origin = DiscoveryOrigin.Report, OriginId = deed.Key, Channel = Channel,
        PersonId = PersonId, PersonRef = PersonRef, Seen = Seen!, Risk = Risk ?? DiscoveryRisk.Normal
    };
}
