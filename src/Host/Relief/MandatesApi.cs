using Microsoft.AspNetCore.Http.HttpResults;
using Relief.Flow.Activities;
using Relief.Flow.Activities.Agents;
using Relief.Flow.Activities.Areas;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Host.Access;
using Relief.Flow.Host.Answers;
using Relief.Flow.Workflows;
using Relief.Flow.Workflows.Runtime;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Host.Relief;

/// <summary>Help on behalf of persons who cannot do it themselves (P20): asking for it, looking at it, revoking it, and letting a relative hand in papers.</summary>
internal static class MandatesApi
{
    public static void MapMandates(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/mandates").WithTags("Agents").RequireAuthorization(Policies.See);
        group.MapPost("/", Ask).WithSummary("Ask for help on behalf of a person; the village's supervisor names an agent within a working day")
            .RequireAuthorization(Policies.Start).WithMetadata(Repeatable.Kept).Refuses(400, 404, 409, 422);
        group.MapGet("/", List).WithSummary("A county's mandates, newest first; only those in force when asked");
        group.MapGet("/{id}", Find).WithSummary("A mandate with its errands, the papers that came in, and who did what").Refuses(404);
        group.MapPost("/{id}/revoke", Revoke).WithSummary("End a mandate at once; what is in the agent's hands is still handed over")
            .RequireAuthorization(Policies.Work).WithMetadata(Repeatable.Kept).Refuses(404, 409, 422);
        group.MapPost("/{id}/paper-links", OpenLink).WithSummary("Make a link by which a relative hands in papers once; only the agent may")
            .RequireAuthorization(Policies.Work).WithMetadata(Repeatable.Never).Refuses(403, 404, 409, 422);
    }

    /// <summary>403: who asks is not the agent of the mandate.</summary>
    public static ProblemHttpResult NotTheAgent() => Refusal.Of(403, "mandate.notTheAgent", "Only the agent of the mandate may do this.");

    private static async Task<Results<Accepted<AskedMandate>, ProblemHttpResult>> Ask(ReliefRecords records, MandateForm body, HttpContext context, CancellationToken cancellationToken)
    {
        var deed = new Deed(context.User.By(), await records.Now(cancellationToken), RepeatedRequests.IdOf(context, "mandate").ToString("N"));
        var (mandate, refused) = await Begin(records, body, deed, cancellationToken);
        return mandate is null ? refused! : TypedResults.Accepted($"/api/v1/mandates/{mandate.Id}", new AskedMandate(mandate.Id, mandate.Status));
    }

    /// <summary>Asks for help on behalf, once per deed; the mandate's id, or why not.</summary>
    public static async Task<(string? MandateId, ProblemHttpResult? Refused)> Call(ReliefRecords records, MandateForm body, Deed deed, CancellationToken cancellationToken)
    {
        var (mandate, refused) = await Begin(records, body, deed with { Key = InstanceIds.Of("mandate:" + deed.Key).ToString("N") }, cancellationToken);
        return (mandate?.Id, refused);
    }

    private static async Task<(HelpMandate? Mandate, ProblemHttpResult? Refused)> Begin(ReliefRecords records, MandateForm body, Deed deed, CancellationToken cancellationToken)
    {
        if (await Faults(records, body, cancellationToken) is { } refused)
            return (null, refused);
        var mandate = await records.Change(db => new MandateBook(db).Ask(body.ToEntry(), deed, cancellationToken), cancellationToken);
        await records.Flows.Start(new StartInstance("procedure.agent", FlowJson.Of(new { mandateId = mandate.Id }), deed.By)
        {
            InstanceId = Guid.ParseExact(mandate.Id, "N"), CorrelationId = MandateBook.Chain(mandate.Id), BusinessKey = MandateBook.Chain(mandate.Id)
        }, cancellationToken);
        return (mandate, null);
    }

    private static async Task<ProblemHttpResult?> Faults(ReliefRecords records, MandateForm body, CancellationToken cancellationToken)
    {
        var fields = new Fields()
            .Check("countyCode", body.CountyCode is { Length: > 0 and <= 12 }, "The county's code.")
            .Check("areaCode", body.AreaCode is { Length: > 0 and <= 12 }, "The code of the village.")
            .Check("personRef", IsReference(body.PersonRef), "The person, or the asker's own reference of them; never a phone or ID number.")
            .Check("relativeRef", body.RelativeRef is null || IsReference(body.RelativeRef), "A reference of the relative; never a phone or ID number.")
            .Check("wording", body.Wording is { Length: > 0 and <= 4000 }, "What is needed.");
        if (fields.Refused is { } refused)
            return refused;
        await using var db = records.Reading();
        if (fields.Check("areaCode", (await new AreaQueries(db).CodesAbove(body.AreaCode!, cancellationToken)).Contains(body.CountyCode!), "The village is not known in this county.").Refused is { } unknown)
            return unknown;
        return body.CaseId is { } caseId && await new CaseQueries(db).Find(caseId, cancellationToken) is null ? Refusal.Of(404, "case.notFound", "There is no such case.") : null;
    }

    private static async Task<Ok<Listing<HelpMandate>>> List(ReliefRecords records, string county, bool? open, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        return TypedResults.Ok(new Listing<HelpMandate>(await new MandateQueries(db).Of(county, open ?? false, cancellationToken)));
    }

    private static async Task<Results<Ok<MandateView>, ProblemHttpResult>> Find(ReliefRecords records, string id, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        return await new MandateQueries(db).View(id, cancellationToken) is { } found ? TypedResults.Ok(found) : NotFound();
    }

    private static async Task<Results<Accepted<AskedMandate>, ProblemHttpResult>> Revoke(
        ReliefRecords records, string id, Revocation body, HttpContext context, CancellationToken cancellationToken)
    {
        if (new Fields().Check("reason", body.Reason is { Length: > 0 and <= 500 }, "Who revokes it and why, 1 to 500 characters.").Refused is { } refused)
            return refused;
        await using var db = records.Reading();
        if (await new MandateQueries(db).Find(id, cancellationToken) is null)
            return NotFound();
        var deed = await records.DeedOf(context, cancellationToken);
        var ended = await records.Change(changing => new MandateBook(changing).End(id, ("Revoked", body.Reason), deed, cancellationToken), cancellationToken);
        // Also when it had ended before: a process that died in between may have left the procedure untold.
        await records.Flows.Publish(new EventToPublish(MandateBook.Over(id), null, FlowJson.Of(new { mandateId = id }), EventToPublish.Week, deed.Key), cancellationToken);
        return ended ? TypedResults.Accepted($"/api/v1/mandates/{id}", new AskedMandate(id, MandateStatus.Ended)) : Refusal.Of(409, "mandate.ended", "The mandate has ended before.");
    }

    private static async Task<Results<Created<RelativeLink>, ProblemHttpResult>> OpenLink(
        ReliefRecords records, string id, LinkForm body, HttpContext context, CancellationToken cancellationToken)
    {
        if (new Fields().Check("kinds", body.Kinds is { Count: > 0 and <= 20 } kinds && kinds.All(kind => kind.Length is > 0 and <= 50), "The papers that are needed, 1 to 20.").Refused is { } refused)
            return refused;
        await using var db = records.Reading();
        if (await new MandateQueries(db).Find(id, cancellationToken) is not { } mandate)
            return NotFound();
        if (mandate.AgentId != context.User.By())
            return NotTheAgent();
        if (mandate.Status != MandateStatus.Given)
            return Refusal.Of(409, "mandate.notOpen", "The mandate is not in force.");
        var deed = new Deed(context.User.By(), await records.Now(cancellationToken), Guid.CreateVersion7().ToString("N"));
        var link = await records.Change(changing => new PaperBook(changing).Open(mandate, body.Kinds!, deed, cancellationToken), cancellationToken);
        var address = "/api/v1/paper-links/" + PaperToken.Of(link.Id, records.Key);
        return TypedResults.Created(address, new RelativeLink(address, link.ExpiresAt));
    }

    private static bool IsReference(string? text) => text is { Length: > 0 and <= 100 } && !PersonReference.IsNumber(text);

    private static ProblemHttpResult NotFound() => Refusal.Of(404, "mandate.notFound", "There is no such mandate.");
}

/// <summary>A call for help on behalf of a person.</summary>
/// <param name="PersonRef">Who is helped: the person's identifier or the asker's reference.</param>
/// <param name="RelativeRef">The relative who can hand in papers from afar.</param>
/// <param name="Wording">What is needed and why the person cannot do it.</param>
/// <param name="CaseId">The case at which help became necessary.</param>
public sealed record MandateForm(string? CountyCode, string? AreaCode, string? PersonRef, string? RelativeRef, string? Wording, string? CaseId)
{
    /// <summary>It as an entry; it has been looked through.</summary>
    public MandateEntry ToEntry() =>
        new() { CountyCode = CountyCode!, AreaCode = AreaCode!, PersonRef = PersonRef!, RelativeRef = RelativeRef, Wording = Wording!, CaseId = CaseId };
}

/// <summary>A mandate as it was changed.</summary>
public sealed record AskedMandate(string MandateId, MandateStatus Status);

/// <summary>Why a mandate is revoked.</summary>
public sealed record Revocation(string? Reason);

/// <summary>The papers that a relative is asked for.</summary>
public sealed record LinkForm(IReadOnlyList<string>? Kinds);

/// <summary>A relative's link.</summary>
/// <param name="Address">Below the address of this service; it works once.</param>
public sealed record RelativeLink(string Address, DateTimeOffset ExpiresAt);
