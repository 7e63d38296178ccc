using Microsoft.AspNetCore.Http.HttpResults;
using Relief.Flow.Activities;
using Relief.Flow.Activities.People;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Host.Access;
using Relief.Flow.Host.Answers;

namespace Relief.Flow.Host.Relief;

/// <summary>Guardians (监护人): who answers for a child, or for an adult whom a court found unable to decide alone; and an allegation against one of them that was wrong (E10).</summary>
internal static class GuardiansApi
{
    private const string Guardian = "guardianId";

    // Why nobody can be named so, and what to do: of the guardian with the field, else of the person.
    private static readonly Dictionary<string, (string? Field, string Detail)> Obstacles = new(StringComparer.Ordinal)
    {
        ["self"] = (Guardian, "Nobody is their own guardian: name another person."),
        ["unknown"] = (Guardian, "Nobody of the county has this id: take the guardian on the records first, or search by the ID number."),
        ["dead"] = (Guardian, "This person is dead: name another."),
        ["minor"] = (Guardian, "A guardian is of age: name another person."),
        ["incapable"] = (Guardian, "This person does not decide for themselves: name another."),
        ["alleged"] = (Guardian, "A guardian is alleged to have abused the person: only a court names another, never the same (CourtDecision)."),
        ["needed"] = (Guardian, "This person needs a guardian: name who answers from now on."),
        ["notAdult"] = ("capacity", "A court speaks of an adult's capacity alone: leave it out for a child."),
        ["circle"] = (null, "This person answers for the one named: end that first."),
        ["notNeeded"] = (null, "This person decides for themselves. Where a court found otherwise, give its decision with capacity Limited or None.")
    };

    public static void MapGuardians(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/persons/{id}/guardian", Find).WithTags("Relief").WithSummary("Who answers for a person, and on what ground; nobody for most adults").RequireAuthorization(Policies.See).Refuses(404);
        routes.MapPut("/persons/{id}/guardian", Name).WithTags("Relief").WithSummary("From now on this one answers for a child, or for an adult who cannot decide alone, in the place of who did before")
            .WithDescription("An adult has a guardian by a court's finding on their capacity, sent with it; the court's finding Full, without a guardian, ends it, and so does the eighteenth birthday. Who answered before stands in the person's audit trail.")
            .RequireAuthorization(Policies.Work).Refuses(403, 404, 409, 422);
        routes.MapPost("/persons/{id}/guardian-clearances", Clear).WithTags("Relief").WithSummary("The county finds that an allegation against a person's guardian was wrong: they answer and are told again")
            .WithDescription("Decided by somebody other than who reported the allegation, on an authority's finding; both stand in the person's audit trail.")
            .RequireAuthorization(Policies.Govern).WithMetadata(Repeatable.Kept).Refuses(403, 404, 409, 422);
    }

    private static async Task<Results<Ok<GuardianView>, ProblemHttpResult>> Find(ReliefRecords records, string id, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        return await new PersonQueries(db).Find(id, cancellationToken) is { } person ? TypedResults.Ok(ViewOf(person)) : Unknown();
    }

    private static async Task<Results<Ok<GuardianView>, ProblemHttpResult>> Name(ReliefRecords records, string id, NamedGuardian body, HttpContext context, CancellationToken cancellationToken)
    {
        var isCourt = body.Ground == GuardianGround.CourtDecision;
        var fields = new Fields()
            .Check(Guardian, body.GuardianId is { Length: > 0 and <= 100 } || (body.GuardianId is null && body.Capacity == LegalCapacity.Full), "The guardian's id on the records; nobody only where a court finds an adult capable again.")
            .Check("ground", body.Ground is { } ground && Enum.IsDefined(ground), $"One of {string.Join(", ", Enum.GetNames<GuardianGround>())}.")
            .Check("paper", IsText(body.Paper, 100), "The number of the paper that says so, 1 to 100 characters, not of a person.")
            .Check("capacity", body.Capacity is null || (isCourt && Enum.IsDefined(body.Capacity.Value)), "Full, Limited or None, as a court decided; left out otherwise.");
        if (fields.Refused is { } refused)
            return refused;
        var (deed, stop) = await Decider(records, id, context, cancellationToken);
        if (stop is not null)
            return stop;
        var entry = new GuardianEntry(body.GuardianId, body.Ground!.Value, body.Paper!.Trim(), body.Capacity);
        if (await records.Change(change => new GuardianBook(change).Name(id, entry, deed, cancellationToken), cancellationToken) is { } why)
            return Obstacle(why);
        return await Find(records, id, cancellationToken);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Clear(ReliefRecords records, string id, ClearedGuardian body, HttpContext context, CancellationToken cancellationToken)
    {
        var fields = new Fields()
            .Check("reference", IsText(body.Reference, 100), "The number of the authority's finding, 1 to 100 characters, not of a person.")
            .Check("reason", IsText(body.Reason, 1000), "Why the allegation was wrong, 1 to 1000 characters, without a number of a person.");
        if (fields.Refused is { } refused)
            return refused;
        var (deed, stop) = await Decider(records, id, context, cancellationToken);
        if (stop is not null)
            return stop;
        return await records.Change(change => new GuardianBook(change).Clear(id, (body.Reference!.Trim(), body.Reason!.Trim()), deed, cancellationToken), cancellationToken) switch
        {
            null => TypedResults.NoContent(),
            "samePerson" => Refusal.Of(403, "guardian.samePerson", "Who reported the allegation does not take it back: somebody else of the county decides."),
            _ => Refusal.Of(409, "guardian.notAlleged", "Nothing is alleged against this person's guardian.")
        };
    }

    // Whoever is kin or agent of the person decides nothing of their guardian (E09).
    private static async Task<(Deed Deed, ProblemHttpResult? Stop)> Decider(ReliefRecords records, string id, HttpContext context, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        var deed = await records.DeedOf(context, cancellationToken);
        if (await new PersonQueries(db).Find(id, cancellationToken) is null)
            return (deed, Unknown());
        return (deed, (await new StaffQueries(db).KinOf(id, cancellationToken)).Contains(deed.By)
            ? Refusal.Of(403, "guardian.kin", "Who is kin or agent of the person does not decide this: somebody else does.")
            : null);
    }

    private static ProblemHttpResult Obstacle(string why)
    {
        var (field, detail) = Obstacles[why];
        return field is null ? Refusal.Of(409, "guardian." + why, detail) : Refusal.Fields("guardian." + why, detail, new Dictionary<string, string[]> { [field] = [detail] });
    }

    private static bool IsText(string? text, int most) => text?.Trim() is { Length: > 0 } given && given.Length <= most && !PersonReference.HoldsNumber(given);

    private static GuardianView ViewOf(Person person) => new(person.GuardianId, person.GuardianGround, person.GuardianPaper, person.Capacity, person.Flags.Contains(GuardianRule.Alleged));

    private static ProblemHttpResult Unknown() => Refusal.Of(404, "person.notFound", "There is no such person, or it is not yours to see.");
}

/// <summary>Who answers for a person from now on.</summary>
/// <param name="GuardianId">The guardian, a person on the records of the county; left out where a court finds an adult capable again.</param>
/// <param name="Ground">NaturalGuardian, CourtDecision or Agreement.</param>
/// <param name="Paper">The number of the paper that says so.</param>
/// <param name="Capacity">What a court found of an adult's capacity; left out otherwise.</param>
public sealed record NamedGuardian(string? GuardianId, GuardianGround? Ground, string? Paper, LegalCapacity? Capacity);

/// <summary>Who answers for a person.</summary>
/// <param name="GuardianId">The guardian; absent when nobody does.</param>
/// <param name="Ground">On what.</param>
/// <param name="Paper">The number of the paper that says so.</param>
/// <param name="Capacity">What a court found of the person's capacity; Full where none did.</param>
/// <param name="Alleged">Whether a guardian is alleged to have abused the person: whoever passes for one is told nothing (E10).</param>
public sealed record GuardianView(string? GuardianId, GuardianGround? Ground, string? Paper, LegalCapacity Capacity, bool Alleged);

/// <summary>That an allegation against a guardian was wrong.</summary>
/// <param name="Reference">The number of the authority's finding.</param>
/// <param name="Reason">Why it was wrong.</param>
public sealed record ClearedGuardian(string? Reference, string? Reason);
