using Microsoft.AspNetCore.Http.HttpResults;
using Relief.Flow.Activities.Consents;
using Relief.Flow.Activities.People;
using Relief.Flow.Host.Access;
using Relief.Flow.Host.Answers;
using Relief.Flow.Workflows;
using Relief.Flow.Workflows.Runtime;

namespace Relief.Flow.Host.Relief;

/// <summary>What a person has consented to, and taking it back (E20): what no law provides for stops at once, statutory records stay.</summary>
internal static class ConsentsApi
{
    private static readonly string[] Forms = ["paper", "voice", "app"];

    public static void MapConsents(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/persons/{id}").WithTags("Relief");
        group.MapGet("/consents", List).WithSummary("The consents of a person that stand, by scope").RequireAuthorization(Policies.See).Refuses(404);
        group.MapPost("/consent-withdrawals", Withdraw).WithSummary("The person takes consents back: what rests on them stops at once, and the township answers within 15 working days")
            .RequireAuthorization(Policies.Work).Begins();
    }

    private static async Task<Results<Ok<Listing<StandingConsent>>, ProblemHttpResult>> List(ReliefRecords records, string id, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        return await new PersonQueries(db).Find(id, cancellationToken) is null
            ? NoPerson()
            : TypedResults.Ok(new Listing<StandingConsent>(await new PersonConsents(db).Of(id, cancellationToken)));
    }

    private static async Task<IResult> Withdraw(ReliefRecords records, string id, WithdrawnConsents body, HttpContext context, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        if (await new PersonQueries(db).Find(id, cancellationToken) is null)
            return NoPerson();
        var scopes = body.Scopes ?? [];
        var fields = new Fields()
            .Check("scopes", scopes.All(scope => Enum.GetNames<ConsentScope>().Contains(scope)), $"Of: {string.Join(", ", Enum.GetNames<ConsentScope>())}; left out for all.")
            .Check("form", Forms.Contains(body.Form), "How it was said: paper, voice or app.");
        if (fields.Refused is { } refused)
            return refused;
        var by = context.User.By();
        // Without the person as its subject: an answer is owed even when services have stopped.
        return await records.Flows.Begin(new StartInstance("procedure.consent", FlowJson.Of(new { personId = id, scopes = scopes.Distinct(), form = body.Form, by }), by) { BusinessKey = "consent:" + id }, context, cancellationToken);
    }

    private static ProblemHttpResult NoPerson() => Refusal.Of(404, "person.notFound", "There is no such person, or it is not yours to see.");
}

/// <summary>What a person takes back.</summary>
/// <param name="Scopes">Publication, Publicity, Charity, Helpers, Sharing, Transfer; all when left out.</param>
/// <param name="Form">How it was said: paper, voice or app.</param>
public sealed record WithdrawnConsents(IReadOnlyList<string>? Scopes, string? Form);
