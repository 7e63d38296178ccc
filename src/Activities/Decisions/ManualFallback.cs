using Relief.Flow.Activities.Adapters;
using Relief.Flow.Activities.Audit;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Parameters;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Decisions;

/// <summary>A person does by hand what an outside system did not, with paper as proof (A55, E16); also hears the person about a discrepancy.</summary>
/// <remarks>What a person has done holds: an answer of the machine that comes later changes nothing. Who thinks that it is back has it sent again.</remarks>
[Activity("Relief Review", "A person does by hand what an outside system did not.", Chinese = "人工代办", Waits = true)]
[Outcomes(Completed, Abandoned, SendAgain)]
[ChangesRecords]
public sealed class ManualFallback(ReliefDatabase database) : Activity
{
    private const string Completed = nameof(Completed);
    private const string Abandoned = nameof(Abandoned);
    private const string SendAgain = nameof(SendAgain);

    [Input("The case, when it is about one.", Chinese = "个案")]
    public string CaseId { get; init; } = "";

    [Input("What failed: econ ….", Chinese = "失败的调用")]
    public string Call { get; init; } = "";

    [Input("The exchange that failed.", Chinese = "交换编号")]
    public string ExchangeId { get; init; } = "";

    [Output("What the paper says: Pass, Fail ….", Chinese = "结果")]
    public string? Result { get; private set; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var records = database.Over(context.Records);
        var (exchange, task) = await Work(records, null, cancellationToken);
        var deadline = exchange?.DueAt is { } due && due > context.Now
            ? new Deadline(context.Now, due, null)
            : await new Deadlines(records).Of("adapter.byHand", task.Unit!, context.Now, cancellationToken);
        return await WaitAt(CaseDesk.Ahead(deadline.Bookmarks("task", task), context.Now));
    }

    protected override async Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        await using var records = database.Over(context.Records);
        if (wakeup.As<TaskDecision>() is not { } decision)
            return await KeepWaiting(null, await Nudge(records, wakeup, cancellationToken));
        var paper = decision.Form<Paper>();
        if (decision.Outcome == Completed && CaseId.Length > 0 && paper?.Result is not ("Pass" or "Fail"))
            return await KeepWaiting([Bookmark.For($"task-{context.KeyFor(wakeup.Bookmark):N}", (await Work(records, "ResultUnknown", cancellationToken)).Task)]);
        Result = decision.Outcome == Completed ? paper?.Result : "Unavailable";
        var deed = Deed.Of(context, wakeup, decision.By);
        if (CaseId.Length > 0)
            await records.Audit(AuditTrail.Case(CaseId), new AuditDetail("ManualFallback" + decision.Outcome, new { Call, Result, paper?.Proof, paper?.Objection }), deed, cancellationToken);
        if (ExchangeId.Length > 0)
            await new ExchangeBook(records).Settle(ExchangeId, EndOf(decision.Outcome, paper), deed.Step("exchange"), cancellationToken);
        return await Complete(decision.Outcome);
    }

    private ExchangeEnd EndOf(string outcome, Paper? paper) => outcome switch
    {
        Completed => new ExchangeEnd(ExchangeStatus.ByHand) { Proof = paper?.Proof ?? "", Answer = Result is null ? null : FlowJson.Of(new { result = Result }) },
        Abandoned => new ExchangeEnd(ExchangeStatus.Abandoned) { Reason = paper?.Reason },
        // A check is asked for anew, under a number of its own; anything else is sent again as it is.
        _ => CaseId.Length > 0 ? new ExchangeEnd(ExchangeStatus.Abandoned) { Reason = "asked again" } : new ExchangeEnd(ExchangeStatus.Waiting)
    };

    private async Task<Message> Nudge(ReliefDbContext records, Wakeup wakeup, CancellationToken cancellationToken)
    {
        if (CaseId.Length > 0)
            return CaseDesk.Nudge(await new CaseDesk(records).Open(CaseId, cancellationToken), wakeup, "fallback-" + Call);
        var exchange = await new ExchangeBook(records).Get(ExchangeId, cancellationToken);
        return CaseDesk.IsDeadline(wakeup.Bookmark)
            ? PushExternal.Late(exchange)
            : Tell.Unit("exchange.byHand", "K", exchange.CountyCode, new { system = Adapter.Of(exchange.Adapter).Chinese, exchange = exchange.Id[^8..] });
    }

    private async Task<(Exchange? Exchange, HumanTask Task)> Work(ReliefDbContext records, string? problem, CancellationToken cancellationToken)
    {
        var exchange = ExchangeId.Length > 0 ? await new ExchangeBook(records).Get(ExchangeId, cancellationToken) : null;
        if (CaseId.Length > 0)
        {
            var hits = await new CheckQueries(records).Hits(CaseId, cancellationToken);
            return (exchange, (await new CaseDesk(records).Open(CaseId, cancellationToken)).Task(OfCase(hits, exchange?.Reason, problem)));
        }

        var adapter = Adapter.Of(exchange!.Adapter);
        return (exchange, new HumanTask
        {
            Title = $"人工代办：{adapter.Chinese}", Kind = "fallback-" + exchange.Adapter, Role = adapter.Role, Unit = exchange.CountyCode, Subject = ExchangeBook.Chain(exchange.Id), Outcomes = [Completed, Abandoned, SendAgain],
            Form = [FormField.Of("proof", "凭证", "string", Completed), FormField.Of("reason", "不再办理的理由", "string", Abandoned)],
            Data = Json(new { exchange.Operation, exchange.Subject, why = exchange.Reason, due = exchange.DueAt })
        });
    }

    private DeskWork OfCase(IReadOnlyList<CheckHit> hits, string? why, string? problem) => new()
    {
        Title = "人工代办",
        Kind = "fallback-" + Call,
        Role = ReliefRoles.ReliefClerk,
        Outcomes = [Completed, Abandoned, SendAgain],
        Form =
        [
            FormField.Of("result", "结果", "string", Completed).OneOf("Pass", "Fail"), FormField.Of("proof", "凭证", "string", Completed), FormField.Of("objection", "本人异议", "string"), FormField.Of("reason", "理由", "string", Abandoned)
        ],
        Data = Json(new { call = Call, why, hits, problem })
    };

    private sealed record Paper(string? Result, string? Proof, string? Objection, string? Reason);
}
