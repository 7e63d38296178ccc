using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Parameters;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Activities.Visits;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Settlement;

/// <summary>Another clerk than verified the line looks at its dispute (P10 step 8). To overturn it there must be a record to pay for.</summary>
[ChangesRecords]
[Activity("Relief Settlement", "Has another clerk review a disputed line.", Chinese = "异议复核", Waits = true)]
[Outcomes("Upheld", "Overturned")]
public sealed class DisputeLine : Activity
{
    [Input("The line.", Chinese = "结算明细")]
    public required string LineId { get; init; }

    [Input("The record that came with the dispute.", Chinese = "补报记录")]
    public string? RecordId { get; init; }

    [Output("The record to accept.", Chinese = "记录")]
    public string LateRecordId { get; private set; } = "";

    [Output("Who decided.", Chinese = "复核人")]
    public string DecidedBy { get; private set; } = "";

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var (batch, dispute) = await Read(db, cancellationToken);
        var deadline = await new Deadlines(db).Of("settlement.dispute", batch.TownshipCode, context.Now, cancellationToken);
        return new Waiting([.. deadline.Bookmarks("task", TaskFor(batch, dispute))]);
    }

    protected override async Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var (batch, dispute) = await Read(db, cancellationToken);
        if (wakeup.IsTimer)
        {
            var late = wakeup.Bookmark == "task.due";
            return new Waiting([]) { Send = [ActivityDeeds.Tell(late ? "task.late" : "task.remind", late ? "K" : "C", late ? batch.CountyCode : batch.TownshipCode, new { line = LineId })] };
        }

        var answer = Answer.From(wakeup);
        DecidedBy = answer.By;
        LateRecordId = await RecordOf(db, context, answer, cancellationToken);
        if (answer.By != dispute.VerifiedBy && (answer.Decision == "Upheld" || LateRecordId.Length > 0))
            return new Completed(answer.Decision);

        // The first clerk may not, and without a record there is nothing to pay for: two working days to put it right.
        var correction = await new Deadlines(db).WorkingDays(2, batch.TownshipCode, context.Now, cancellationToken);
        return new Waiting([Bookmark.For($"again-{context.Now.ToUnixTimeSeconds()}", TaskFor(batch, dispute) with { Due = correction.Due })]);
    }

    private async Task<string> RecordOf(ReliefDbContext db, ActivityContext context, Answer answer, CancellationToken cancellationToken)
    {
        if ((answer.Text("recordId") ?? RecordId) is { Length: > 0 } given)
            return given;
        return answer.Part<RecordForm>("record") is { } form
            && await LateRecord.Keep(db, LineId, form, context.DeedOf("record", answer.By), cancellationToken) is RecordResult.Done(var id, _) ? id : "";
    }

    private async Task<(SettlementBatch Batch, LineDispute Dispute)> Read(ReliefDbContext db, CancellationToken cancellationToken)
    {
        var dispute = await db.Set<LineDispute>().SingleAsync(row => row.LineId == LineId, cancellationToken);
        var line = await db.Set<SettlementLine>().SingleAsync(row => row.Id == LineId, cancellationToken);
        return (await db.Set<SettlementBatch>().SingleAsync(row => row.Id == line.BatchId, cancellationToken), dispute);
    }

    private HumanTask TaskFor(SettlementBatch batch, LineDispute dispute) => new()
    {
        Title = $"复核结算异议 {batch.Id}",
        Kind = "settlement.dispute",
        Role = ReliefRoles.SettlementClerk,
        Unit = batch.TownshipCode,
        Excluded = [dispute.VerifiedBy],
        Subject = "line:" + LineId,
        Outcomes = ["Upheld", "Overturned"],
        Form = [new FormField("recordId", "补报记录", "string", []), new FormField("record", "补录内容", "object", []), new FormField("reason", "理由", "string", ["Upheld"])],
        Data = Json(new { lineId = LineId, dispute.Evidence, recordId = RecordId })
    };
}
