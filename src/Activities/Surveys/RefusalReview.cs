using Relief.Flow.Activities.Audit;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Surveys;

/// <summary>A reviewer asks whether a refusal was free: capacity, coercion, safeguarding (E01).</summary>
/// <remarks>What is refused freely stays on offer for <c>refusal.offer</c>; only then it counts. Whoever changes their mind meanwhile goes on as before.</remarks>
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
            return wakeup.Bookmark == Offer + ".due" ? await Complete(Respected) : await KeepWaiting(null, CaseDesk.Nudge(scene, wakeup, Kind));
        var isTaken = decision.Outcome == Wanted;
        await records.Audit(AuditTrail.Case(CaseId), new AuditDetail(isTaken ? "OfferTaken" : "RefusalReviewed", new { decision.Outcome, finding = decision.Form<Finding>() }),
            Deed.Of(context, wakeup, decision.By), cancellationToken);
        if (decision.Outcome != Respected)
            return await Complete(isTaken ? Resurvey : decision.Outcome);
        var open = await new CaseDesk(records).Deadline(scene, "refusal.offer", context.Now, cancellationToken);
        return await KeepWaiting([Bookmark.For(Offer, scene.Task(Standing() with { Due = open.Due })), Bookmark.Timer(Offer + ".due", open.Due)]);
    }

    private static DeskWork Work() => new()
    {
        Title = "拒绝核实",
        Kind = Kind,
        Role = ReliefRoles.TownshipReviewer,
        Outcomes = [Respected, Resurvey, Safeguarding],
        Form =
        [
            FormField.Of("refusedBy", "拒绝人", "string", Respected).OneOf("Person", "Guardian"), FormField.Of("capacity", "行为能力", "string", Respected), FormField.Of("reason", "拒绝原因", "string", Respected),
            FormField.Of("witness", "见证人", "string", Respected), FormField.Of("concern", "胁迫或侵害情形", "string", Safeguarding)
        ]
    };

    private static DeskWork Standing() => new() { Title = "拒绝后保留服务", Kind = "refusal-offer", Role = ReliefRoles.ReliefClerk, Outcomes = [Wanted], Priority = 10 };

    private sealed record Finding(string? RefusedBy, string? Capacity, string? Reason, string? Witness, string? Concern);
}
