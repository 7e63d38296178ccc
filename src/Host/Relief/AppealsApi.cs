using Microsoft.AspNetCore.Http.HttpResults;
using Relief.Flow.Activities;
using Relief.Flow.Activities.Agents;
using Relief.Flow.Activities.Appeals;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Host.Access;
using Relief.Flow.Host.Answers;
using Relief.Flow.Workflows;
using Relief.Flow.Workflows.Runtime;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Host.Relief;

/// <summary>Objections, reconsideration and appeals (异议与复核, P25): appealing, taking it back, what holds meanwhile, other bodies, figures.</summary>
internal static class AppealsApi
{
    private static readonly AppealEnd[] Decided = [AppealEnd.Upheld, AppealEnd.Changed, AppealEnd.Revoked, AppealEnd.Withdrawn];

    public static void MapAppeals(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/appeals").WithTags("Oversight").RequireAuthorization(Policies.See);
        group.MapPost("/", File).WithSummary("Appeal against a decision, a stop, a public sheet, a line of a settlement or a subsidy; whoever objects to the same joins the matter that is open")
            .WithDescription("Denials can be appealed against for 60 days after delivery; what comes later says why. A line is disputed first. A repeat by the same appellant gives the same matter.")
            .RequireAuthorization(Policies.Work).WithMetadata(Repeatable.Kept).Refuses(403, 404, 409, 422);
        group.MapGet("/", List).WithSummary("A county's matters, newest first; only the open ones when asked");
        group.MapGet("/figures", Figures).WithSummary("Decisions by outcome, appeals, results, denials that were changed: counts of linked records").Refuses(422);
        group.MapGet("/{id}", Find).WithSummary("A matter with who appeals, its result, and the bodies outside that look at it").Refuses(404);
        group.MapPost("/{id}/withdrawal", Withdraw).WithSummary("An appellant takes it back; the matter goes on while others are left")
            .RequireAuthorization(Policies.Work).WithMetadata(Repeatable.Kept).Refuses(404, 409, 422);
        group.MapPut("/{id}/effect", Hold).WithSummary("Say what holds until the internal result of an appeal against a stop, and why; nobody who decided")
            .RequireAuthorization(Policies.Work).WithMetadata(Repeatable.Kept).Refuses(403, 404, 409, 422);
        group.MapPost("/{id}/external", Record).WithSummary("Record that another body looks at it: a reconsideration or a lawsuit; it decides within 60 days")
            .RequireAuthorization(Policies.Work).WithMetadata(Repeatable.Kept).Refuses(404, 409, 422);
        group.MapPut("/{id}/external/{reference}", Tell).WithSummary("Record that the other body takes 30 days more, or what it has decided; its result is applied")
            .RequireAuthorization(Policies.Work).WithMetadata(Repeatable.Kept).Refuses(404, 409, 422);
    }

    private static async Task<Results<Accepted<FiledAppeal>, ProblemHttpResult>> File(ReliefRecords records, NewAppeal body, HttpContext context, CancellationToken cancellationToken)
    {
        var fields = new Fields()
            .Check("about", body.About is not null, $"One of {string.Join(", ", Enum.GetNames<AppealAbout>())}.")
            .Check("targetId", body.TargetId is { Length: > 0 and <= 100 }, "The decision, order, sheet, line or subsidy.")
            .Check("kind", body.Kind is not null, $"One of {string.Join(", ", Enum.GetNames<PartyKind>())}.")
            .Check("ref", body.Ref is null || (body.Ref.Length is > 0 and <= 100 && !PersonReference.IsNumber(body.Ref)), "The mandate, or a reference of who objects; never a phone or ID number.")
            .Check("wording", body.Wording?.Trim().Length is > 0 and <= 4000, "What is objected, 1 to 4000 characters.")
            .Check("lateReason", body.LateReason is null or { Length: > 0 and <= 2000 }, "Why it comes late.");
        if (fields.Refused is { } refused)
            return refused;
        await using var db = records.Reading();
        var now = await records.Now(cancellationToken);
        // Whoever sees it may appeal against it; who decided on it and when stands in trails that not everybody sees.
        var isSeen = (await new AppealTargets(db).Of(body.About!.Value, body.TargetId!, now, cancellationToken)).Target is not null;
        await using var all = records.ReadingAll();
        var (target, why) = isSeen ? await new AppealTargets(all).Of(body.About.Value, body.TargetId!, now, cancellationToken) : default;
        if (target is null)
            return Refusal.Of(404, "appeal.targetNotFound", "There is no such decision, order, sheet, line or subsidy.");
        if (await RefOf(db, body, target, context, cancellationToken) is not { } who)
            return fields.Add("kind", "The person and whoever has their mandate appeal about a case, a supplier about its line, a neighbour about their subsidy; anybody, with a reference, about a public sheet.").Refused!;
        if (await Joinable(db, body, target, why, cancellationToken) is { } conflict)
            return conflict;

        var entry = new AppealEntry(body.About.Value, body.TargetId!, body.Kind!.Value, who, body.Wording!.Trim()) { LateReason = body.LateReason, IsFraudSuspected = body.SuspectedFraud && context.User.Acting() is not null };
        var deed = await records.DeedOf(context, cancellationToken);
        if (await records.Change(change => new AppealBook(change).Take(entry, target, deed, cancellationToken), cancellationToken) is not { } matter)
            return Reviewed();
        await records.Flows.Start(new StartInstance("procedure.appeal", FlowJson.Of(new { appealId = matter.Id }), deed.By)
        {
            InstanceId = Guid.ParseExact(matter.Id, "N"), BusinessKey = Appeal.Chain(matter.Id), CorrelationId = matter.CaseId is { } caseId ? "case:" + caseId : Appeal.Chain(matter.Id)
        }, cancellationToken);
        return TypedResults.Accepted($"/api/v1/appeals/{matter.Id}", new FiledAppeal(matter.Id, matter.IsLate, matter.Until, matter.Effect));
    }

    private static async Task<Ok<Listing<Appeal>>> List(ReliefRecords records, string county, bool? open, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        return TypedResults.Ok(new Listing<Appeal>(await new AppealQueries(db).Of(county, open ?? false, cancellationToken)));
    }

    private static async Task<Results<Ok<AppealFigures>, ProblemHttpResult>> Figures(ReliefRecords records, string county, DateOnly from, DateOnly to, CancellationToken cancellationToken)
    {
        if (new Fields().Check("to", to >= from && to.DayNumber - from.DayNumber <= 3660, "Not before from, and ten years at most.").Refused is { } refused)
            return refused;
        await using var db = records.Reading();
        return TypedResults.Ok(await new AppealQueries(db).Figures(county, from, to, cancellationToken));
    }

    private static async Task<Results<Ok<AppealView>, ProblemHttpResult>> Find(ReliefRecords records, string id, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        return await new AppealQueries(db).View(id, cancellationToken) is { } found ? TypedResults.Ok(found) : NotFound();
    }

    private static async Task<Results<Ok<AppealView>, ProblemHttpResult>> Withdraw(ReliefRecords records, string id, LeavingParty body, HttpContext context, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        if (await new AppealQueries(db).View(id, cancellationToken) is not { } view)
            return NotFound();
        if (view.Parties.FirstOrDefault(party => party.Id == body.PartyId) is not { } party)
            return new Fields().Add("partyId", "Who appeals in this matter.").Refused!;
        if (view.Appeal.Result is not null || view.Appeal.Outcome is not null)
            return Reviewed();
        var deed = await records.DeedOf(context, cancellationToken);
        await records.Change(change => new AppealBook(change).Leave(party, AppealEnd.Withdrawn, deed, cancellationToken), cancellationToken);
        return await Changed(records, id, deed, cancellationToken);
    }

    private static async Task<Results<Ok<AppealView>, ProblemHttpResult>> Hold(ReliefRecords records, string id, HeldEffect body, HttpContext context, CancellationToken cancellationToken)
    {
        var fields = new Fields().Check("effect", body.Effect is not null, "Continues or Stands.").Check("reason", body.Reason?.Trim().Length is > 0 and <= 1000, "Why, 1 to 1000 characters.");
        if (fields.Refused is { } refused)
            return refused;
        await using var db = records.Reading();
        if (await new AppealBook(db).Find(id, cancellationToken) is not { } matter)
            return NotFound();
        if (matter.About != AppealAbout.Stop || matter.Result is not null || matter.Outcome is not null)
            return Refusal.Of(409, "appeal.nothingHeld", "Only an appeal against a stop holds something, until its internal result.");
        if (context.User.Acting() is not { } who || matter.Deciders.Contains(who))
            return Refusal.Of(403, "appeal.conflict", "Somebody of the staff who did not decide says what holds.");
        var deed = await records.DeedOf(context, cancellationToken);
        await records.Change(change => new AppealBook(change).Hold(id, body.Effect!.Value, body.Reason!.Trim(), deed, cancellationToken), cancellationToken);
        return await Changed(records, id, deed, cancellationToken);
    }

    private static async Task<Results<Ok<AppealView>, ProblemHttpResult>> Record(ReliefRecords records, string id, NewTrack body, HttpContext context, CancellationToken cancellationToken)
    {
        var today = ChinaTime.DayOf(await records.Now(cancellationToken));
        var fields = new Fields()
            .Check("kind", body.Kind is not null, "Reconsideration or Lawsuit.").Check("body", body.Body is { Length: > 0 and <= 100 }, "Who decides.")
            .Check("reference", body.Reference is { Length: > 0 and <= 50 } && body.Reference.All(letter => char.IsLetterOrDigit(letter) || letter is '-' or '_' or '.'), "Its number there: letters, digits, - _ .")
            .Check("filedOn", body.FiledOn is { } day && day <= today && day > today.AddYears(-2), "The day it was accepted there, not in the future.");
        if (fields.Refused is { } refused)
            return refused;
        await using var db = records.Reading();
        if (await new AppealBook(db).Find(id, cancellationToken) is not { } matter)
            return NotFound();
        if (matter.Outcome is not null)
            return Refusal.Of(409, "appeal.closed", "The matter is closed.");
        var deed = await records.DeedOf(context, cancellationToken);
        await records.Change(change => new AppealBook(change).Record(matter, (body.Kind!.Value, body.Body!, body.Reference!, body.FiledOn!.Value), deed, cancellationToken), cancellationToken);
        return await Changed(records, id, deed, cancellationToken);
    }

    private static async Task<Results<Ok<AppealView>, ProblemHttpResult>> Tell(ReliefRecords records, string id, string reference, TrackNews body, HttpContext context, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        if (await new AppealQueries(db).View(id, cancellationToken) is not { } view || view.Tracks.FirstOrDefault(one => one.Reference == reference) is not { } track)
            return NotFound();
        var fields = new Fields()
            .Check("result", body.Result is null ? body.ExtendedOn is not null : Decided.Contains(body.Result.Value), "Upheld, Changed, Revoked or Withdrawn; or extendedOn alone.")
            .Check("resultOn", body.Result is null || body.ResultOn >= track.FiledOn, "The day of the result.")
            .Check("note", body.Result is null || body.Note?.Trim().Length is > 0 and <= 2000, "What it says, in short.")
            .Check("extendedOn", body.ExtendedOn is null || body.ExtendedOn >= track.FiledOn, "The day of the extension.");
        if (fields.Refused is { } refused)
            return refused;
        if (track.Result is not null || (body.Result is null && track.ExtendedOn is not null))
            return Refusal.Of(409, track.Result is null ? "appeal.extended" : "appeal.decidedOutside", "It was extended once, or has been decided.");
        var deed = await records.DeedOf(context, cancellationToken);
        await records.Change(change => body.Result is { } result
            ? new AppealBook(change).Decided(view.Appeal, track, (result, body.ResultOn!.Value, body.Note!.Trim()), deed, cancellationToken)
            : new AppealBook(change).Extend(view.Appeal, track, body.ExtendedOn!.Value, deed, cancellationToken), cancellationToken);
        return await Changed(records, id, deed, cancellationToken);
    }

    // Who appeals must be somebody it concerns.
    private static async Task<string?> RefOf(ReliefDbContext db, NewAppeal body, AppealTarget target, HttpContext context, CancellationToken cancellationToken) => body.Kind switch
    {
        PartyKind.Person => target.PersonId,
        PartyKind.Supplier => target.SupplierId,
        PartyKind.Helper => target.HelperId,
        PartyKind.Public => body.About == AppealAbout.Notice ? body.Ref : null,
        _ => body.Ref is { } mandate && (await new MandateQueries(db).Find(mandate, cancellationToken))?.PersonId is { } person && person == target.PersonId
            && await new MandateQueries(db).Obstacle(mandate, context.User.By(), cancellationToken) is null ? mandate : null
    };

    private static async Task<ProblemHttpResult?> Joinable(ReliefDbContext db, NewAppeal body, AppealTarget target, string? why, CancellationToken cancellationToken)
    {
        // A sheet that came down by the first objection is still objected to in the matter that is open.
        if (why is null || await new AppealBook(db).About(body.About!.Value, body.TargetId!, cancellationToken) is not null)
            return null;
        return Refusal.Of(409, "appeal." + why, why switch
        {
            "nothingStopped" => "Nothing of this order has stopped.", "notHanging" => "This sheet does not hang.", "notPaid" => "The line's batch is not paid yet.",
            "notRejected" => "The line was not rejected, or is paid after all.", _ => "A line is disputed first; what the dispute leaves can be appealed against."
        }, ("county", target.CountyCode));
    }

    private static async Task<Results<Ok<AppealView>, ProblemHttpResult>> Changed(ReliefRecords records, string id, Deed deed, CancellationToken cancellationToken)
    {
        await records.Flows.Publish(new EventToPublish(AppealBook.Changed(id), null, FlowJson.Of(new { appeal = id }), TimeSpan.FromMinutes(5), "appeal:" + deed.Key), cancellationToken);
        await using var db = records.Reading();
        return TypedResults.Ok((await new AppealQueries(db).View(id, cancellationToken))!);
    }

    private static ProblemHttpResult NotFound() => Refusal.Of(404, "appeal.notFound", "There is no such appeal.");

    private static ProblemHttpResult Reviewed() => Refusal.Of(409, "appeal.reviewed", "It has been reviewed; another body may be asked.");
}

/// <summary>An appeal.</summary>
/// <param name="About">Decision, Stop, Notice, Line or Subsidy.</param>
/// <param name="TargetId">The decision, order, sheet, line or subsidy.</param>
/// <param name="Kind">Person, Agent, Supplier, Helper or Public.</param>
/// <param name="Ref">The mandate of an agent, or a reference of somebody who objects to a sheet; left out for the others.</param>
/// <param name="LateReason">Why it comes late.</param>
/// <param name="SuspectedFraud">Whether staff suspect fraud: then a stop holds.</param>
public sealed record NewAppeal(AppealAbout? About, string? TargetId, PartyKind? Kind, string? Ref, string? Wording, string? LateReason, bool SuspectedFraud);

/// <summary>The receipt of an appeal.</summary>
/// <param name="Until">The last day in time.</param>
/// <param name="Effect">What holds until the result.</param>
public sealed record FiledAppeal(string AppealId, bool IsLate, DateOnly? Until, AppealEffect? Effect);

/// <summary>Who takes an appeal back.</summary>
public sealed record LeavingParty(string? PartyId);

/// <summary>What holds until the internal result.</summary>
public sealed record HeldEffect(AppealEffect? Effect, string? Reason);

/// <summary>That another body looks at it.</summary>
/// <param name="Body">Who decides.</param>
/// <param name="Reference">Its number there.</param>
/// <param name="FiledOn">The day it was accepted there.</param>
public sealed record NewTrack(TrackKind? Kind, string? Body, string? Reference, DateOnly? FiledOn);

/// <summary>News of another body.</summary>
/// <param name="ExtendedOn">The day on which it took 30 days more.</param>
/// <param name="Result">Upheld, Changed, Revoked or Withdrawn.</param>
/// <param name="Note">What it says, in short.</param>
public sealed record TrackNews(DateOnly? ExtendedOn, AppealEnd? Result, DateOnly? ResultOn, string? Note);
