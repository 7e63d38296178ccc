using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Audit;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.People;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Surveys;

/// <summary>A reviewer asks whether a refusal was free: capacity, coercion, safeguarding (E01).</summary>
/// <remarks>
/// What is refused freely stays on offer for <c>refusal.offer</c>; only then it counts. Whoever changes their mind meanwhile goes on as before. What a guardian has
/// refused who is alleged to have abused the person, then or by the end of that time, does not count: the county officer reports it (E10, E18).
/// </remarks>
[Activity("Relief Survey", "A reviewer asks whether a refusal was free, and keeps the offer open.", Chinese = "拒绝核实", Waits = true)]
[Outcomes(Respected, Resurvey, Safeguarding)]
[ChangesRecords]
public sealed class RefusalReview(ReliefDatabase database) : Activity
{
    private const string Respected = nameof(Respected);
    private const string Resurvey = nameof(Resurvey);
    private const string Safeguarding = nameof(Safeguarding);
    private const string Wanted = nameof(Wanted);
    private const string Kind = "refusal-review";
    private const string Offer = "offer";
    private const string Guardian = nameof(Guardian);
    private const string Reviewed = "RefusalReviewed";

    [Input("The case.", Chinese = "个案")]
    public required string CaseId { get; init; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var records = database.Over(context.Records);
        var desk = new CaseDesk(records);
        var scene = await desk.Open(CaseId, cancellationToken);
        var deadline = await desk.Deadline(scene, "survey.refusal", context.Now, cancellationToken);
        return await WaitAt(CaseDesk.Bookmarks(scene, Work(), deadline, context.Now));
    }

    protected override async Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        await using var records = database.Over(context.Records);
        var scene = await new CaseDesk(records).Open(CaseId, cancellationToken);
        if (wakeup.As<TaskDecision>() is not { } decision)
            return wakeup.Bookmark == Offer + ".due" ? await Stood(records, scene, Deed.Of(context, wakeup, "system"), cancellationToken) : await KeepWaiting(null, CaseDesk.Nudge(scene, wakeup, Kind));
        var (isTaken, finding, deed) = (decision.Outcome == Wanted, decision.Form<Finding>(), Deed.Of(context, wakeup, decision.By));
        await records.Audit(AuditTrail.Case(CaseId), new AuditDetail(isTaken ? "OfferTaken" : Reviewed, new { decision.Outcome, finding }), deed, cancellationToken);
        if (decision.Outcome != Respected)
            return await Complete(isTaken ? Resurvey : decision.Outcome);
        if (await Discounts(records, scene, finding, deed, cancellationToken))
            return await Complete(Safeguarding);
        var open = await new CaseDesk(records).Deadline(scene, "refusal.offer", context.Now, cancellationToken);
        return await KeepWaiting([Bookmark.For(Offer, scene.Task(Standing() with { Due = open.Due })), Bookmark.Timer(Offer + ".due", open.Due)]);
    }

    // The offer has stood its time: whether the refusal counts is asked once more, an allegation may be younger.
    private static async Task<ActivityResult> Stood(ReliefDbContext records, CaseScene scene, Deed deed, CancellationToken cancellationToken)
    {
        var chain = AuditTrail.Case(scene.Case.Id);
        var review = await records.Set<AuditEvent>().Where(row => row.Subject == chain && row.What == Reviewed).OrderByDescending(row => row.Sequence).FirstAsync(cancellationToken);
        var finding = JsonElement.Parse(review.Detail).GetProperty("finding").Deserialize<Finding>(JsonSerializerOptions.Web);
        return await Complete(await Discounts(records, scene, finding, deed, cancellationToken) ? Safeguarding : Respected);
    }

    private static async Task<bool> Discounts(ReliefDbContext records, CaseScene scene, Finding? finding, Deed deed, CancellationToken cancellationToken)
    {
        if (finding?.RefusedBy != Guardian || GuardianRule.Problem((await new PersonQueries(records).Find(scene.Case.PersonId, cancellationToken))!, finding.Guardian) is not { } reason)
            return false;
        await records.Audit(AuditTrail.Case(scene.Case.Id), new AuditDetail("RefusalNotCounted", new { reason, finding.Guardian }), deed.Step("alleged"), cancellationToken);
        return true;
    }

    private static DeskWork Work() => new()
    {
        Title = "拒绝核实",
        Kind = Kind,
        Role = ReliefRoles.TownshipReviewer,
        Outcomes = [Respected, Resurvey, Safeguarding],
        Form =
        [
            FormField.Of("refusedBy", "拒绝人", "string", Respected).OneOf("Person", Guardian), GuardianRule.Field, FormField.Of("capacity", "行为能力", "string", Respected), FormField.Of("reason", "拒绝原因", "string", Respected),
            FormField.Of("witness", "见证人", "string", Respected), FormField.Of("concern", "胁迫或侵害情形", "string", Safeguarding)
        ]
    };

    private static DeskWork Standing() => new() { Title = "拒绝后保留服务", Kind = "refusal-offer", Role = ReliefRoles.ReliefClerk, Outcomes = [Wanted], Priority = 10 };

    private sealed record Finding(string? RefusedBy, string? Guardian, string? Capacity, string? Reason, string? Witness, string? Concern);
}
