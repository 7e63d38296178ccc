using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Activities.Surveys;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Decisions;

/// <summary>Denies in writing within 3 working days: reasons, rules, the right to appeal, and the proof that the letter was handed over (INV-11).</summary>
[Activity("Relief Review", "Denies in writing and waits for the proof of delivery.", Chinese = "不予确认并送达", Waits = true)]
[Outcomes(Delivered)]
[ChangesRecords]
public sealed class Deny(ReliefDatabase database) : Activity
{
    private const string Delivered = nameof(Delivered);
    private const string Kind = "denial-letter";

    [Input("The case.", Chinese = "个案")]
    public required string CaseId { get; init; }

    [Input("The decision of the reviewer; without one it is written here.", Chinese = "决定")]
    public string? DecisionId { get; init; }

    [Input("Why, when it is written here: OutOfScope ….", Chinese = "原因")]
    public string ReasonCode { get; init; } = "OutOfScope";

    [Input("Who decided, when it is written here.", Chinese = "决定人")]
    public string DecidedBy { get; init; } = "system";

    [Output("The last day of appeal.", Chinese = "申诉截止日")]
    public DateOnly? AppealBy { get; private set; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var records = database.Over(context.Records);
        var desk = new CaseDesk(records);
        var scene = await desk.Open(CaseId, cancellationToken);
        var deed = Deed.Of(context) with { By = DecidedBy };
        var decision = DecisionId ?? await Write(records, scene, deed, cancellationToken);
        foreach (var need in await new CaseQueries(records).Needs(CaseId, cancellationToken))
            await new CaseBook(records).Decide(need with { Status = NeedStatus.Denied, DecisionId = decision }, deed.Step(need.Id), cancellationToken);
        await new CaseBook(records).Move(CaseId, CaseStatus.Denied, null, deed.Step("case"), cancellationToken);
        var deadline = await desk.Deadline(scene, "decision.notifyDenied", context.Now, cancellationToken);
        return await WaitAt(CaseDesk.Bookmarks(scene, Work(decision), deadline, context.Now),
            [.. DeniedCase.Tell(scene.Case, nameof(DecisionOutcome.Denied)), Tell.Letter("decision.denied", "A", scene.Case.PersonId, new { caseNumber = scene.Case.Number, decisionId = decision, letterBy = ChinaTime.DayOf(deadline.Due) })]);
    }

    protected override async Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        await using var records = database.Over(context.Records);
        var scene = await new CaseDesk(records).Open(CaseId, cancellationToken);
        if (wakeup.As<TaskDecision>() is not { } decision)
            return await KeepWaiting(null, CaseDesk.Nudge(scene, wakeup, Kind));
        var denied = await records.Set<DecisionRecord>().Where(row => row.CaseId == CaseId && row.Outcome == DecisionOutcome.Denied && row.NeedItemId == null)
            .OrderByDescending(row => row.CreatedAt).FirstAsync(cancellationToken);
        var book = new DecisionBook(records);
        var delivered = await book.Delivered(denied.Id, decision.Form<Proof>()?.DeliveryProof ?? "", Deed.Of(context, wakeup, decision.By), cancellationToken);
        if (delivered is DecisionResult.Refused)
            return await KeepWaiting([CaseDesk.Again(scene, Work(denied.Id), wakeup)]);
        AppealBy = (await book.Of(CaseId, cancellationToken)).Single(row => row.Id == denied.Id).AppealBy;
        return await Complete(Delivered);
    }

    private async Task<string> Write(ReliefDbContext records, CaseScene scene, Deed deed, CancellationToken cancellationToken)
    {
        var trace = await new ReviewQueries(records).Trace(CaseId, cancellationToken);
        var survey = await new SurveyQueries(records).Valid(CaseId, cancellationToken);
        var taken = await new DecisionBook(records).Decide(new DecisionEntry
        {
            CaseId = CaseId,
            CountyCode = scene.County,
            SurveyId = survey?.Id,
            Outcome = DecisionOutcome.Denied,
            ReasonCode = ReasonCode,
            RuleTrace = TraceText.Of(trace),
            RuleVersion = trace?.Version ?? EligibilityRules.Version,
            Authority = "township",
            EffectiveFrom = ChinaTime.DayOf(deed.At)
        }, deed, cancellationToken);
        return taken is DecisionResult.Taken(var id)
            ? id
            : throw new InvalidOperationException($"The denial is refused: {((DecisionResult.Refused)taken).Reason}.");
    }

    private static DeskWork Work(string decisionId) => new()
    {
        Title = "送达不予确认决定书",
        Kind = Kind,
        Role = ReliefRoles.ReliefClerk,
        Outcomes = [Delivered],
        Form = [FormField.Of("deliveryProof", "送达凭证", "string", Delivered)],
        Data = Json(new { decisionId })
    };

    private sealed record Proof(string? DeliveryProof);
}
