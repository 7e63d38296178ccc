using Relief.Flow.Activities.Audit;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Decisions;

/// <summary>A person does by hand what an outside system did not, with paper as proof (A55, E16); also hears the person about a discrepancy.</summary>
[Activity("Relief Review", "A person does by hand what an outside system did not.", Chinese = "人工代办", Waits = true)]
[Outcomes(Completed, Abandoned)]
[ChangesRecords]
public sealed class ManualFallback(ReliefDatabase database) : Activity
{
    private const string Completed = nameof(Completed);
    private const string Abandoned = nameof(Abandoned);

    [Input("The case.", Chinese = "个案")]
    public required string CaseId { get; init; }

    [Input("What failed: econ ….", Chinese = "失败的调用")]
    public required string Call { get; init; }

    [Output("What the paper says: Pass, Fail ….", Chinese = "结果")]
    public string? Result { get; private set; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var records = database.Over(context.Records);
        var desk = new CaseDesk(records);
        var scene = await desk.Open(CaseId, cancellationToken);
        var deadline = await desk.Deadline(scene, "economicCheck.answer", context.Now, cancellationToken);
        return await WaitAt(CaseDesk.Bookmarks(scene, Work(), deadline, context.Now));
    }

    protected override async Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        await using var records = database.Over(context.Records);
        var scene = await new CaseDesk(records).Open(CaseId, cancellationToken);
        if (wakeup.As<TaskDecision>() is not { } decision)
            return await KeepWaiting(null, CaseDesk.Nudge(scene, wakeup, "fallback-" + Call));
        var paper = decision.Form<Paper>();
        Result = decision.Outcome == Completed ? paper?.Result : "Unavailable";
        await records.Audit(AuditTrail.Case(CaseId), new AuditDetail("ManualFallback" + decision.Outcome, new { Call, Result, paper?.Proof }),
            Deed.Of(context, wakeup, decision.By), cancellationToken);
        return await Complete(decision.Outcome);
    }

    private DeskWork Work() => new()
    {
        Title = "人工代办",
        Kind = "fallback-" + Call,
        Role = ReliefRoles.ReliefClerk,
        Outcomes = [Completed, Abandoned],
        Form = [FormField.Of("result", "结果", "string", Completed), FormField.Of("proof", "凭证", "string", Completed)],
        Data = Json(new { call = Call })
    };

    private sealed record Paper(string? Result, string? Proof);
}
