using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Settlement;

/// <summary>The clerk has the lines checked and decides on the held ones (P10 steps 3 and 4). Records accepted until then belong to the batch.</summary>
/// <remarks>Ends by <c>HasHold</c> while lines are held: the clerk decides again, the others are ready. Late is told to the county on the verify day.</remarks>
[ChangesRecords]
[Activity("Relief Settlement", "Has a clerk verify the lines of a batch.", Chinese = "结算核验", Waits = true)]
[Outcomes("Verified", "HasHold")]
public sealed class VerifyLines : Activity
{
    private const string More = "more-";
    private const int Shown = 500;

    [Input("The batch.", Chinese = "批次")]
    public required string BatchId { get; init; }

    [Input("The supplier's claim.", Chinese = "申报内容")]
    public ClaimForm? Claim { get; init; }

    [Output("Yuan of the verified lines.", Chinese = "核验金额")]
    public decimal Total { get; private set; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var batch = await db.Set<SettlementBatch>().SingleAsync(row => row.Id == BatchId, cancellationToken);
        var span = await new BatchDates(db, batch).Span("settlement.verify", cancellationToken);
        return new Waiting([Bookmark.For("task", await TaskFor(db, batch, cancellationToken) with { Due = span.Due }), Bookmark.Timer("late", span.Due)]);
    }

    protected override async Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var batch = await db.Set<SettlementBatch>().SingleAsync(row => row.Id == BatchId, cancellationToken);
        if (wakeup.Bookmark == "late")
            return new Waiting([]) { Send = [ActivityDeeds.Tell("settlement.late", "K", batch.CountyCode, new { batch = BatchId, step = "verify" })] };

        var answer = wakeup.IsTimer ? context.Memo!.Value.Deserialize<Decided>(JsonSerializerOptions.Web)! : Decided.Of(Answer.From(wakeup));
        var deed = context.DeedOf("verify", answer.By);
        if (Claim is not null && !wakeup.IsTimer)
            await new ClaimTaking(db).Take(BatchId, Claim, evenIfPending: true, deed.Step("claim"), cancellationToken);
        var book = new SettlementBook(db);
        var result = await book.Verify(BatchId, wakeup.IsTimer ? wakeup.Bookmark[More.Length..] : "", deed, cancellationToken);
        if (result is SettlementResult.More(_, var after))
            return new Waiting([Bookmark.Timer(More + after, context.Now)]) { Memo = Json(answer) };
        foreach (var decision in answer.Holds)
            result = await book.Resolve(decision, deed.Step(decision.LineId), cancellationToken) is { } resolved and (SettlementResult.Done or SettlementResult.HasHold) ? resolved : result;
        switch (result)
        {
            case SettlementResult.Done(_, var total):
                Total = total;
                return new Completed("Verified");
            case SettlementResult.HasHold(_, _, var ready):
                Total = ready;
                return new Completed("HasHold");
            default:
                return new Faulted("settlement.notVerified", $"The batch {BatchId} cannot be verified in its state {batch.Status}.");
        }
    }

    private async Task<HumanTask> TaskFor(ReliefDbContext db, SettlementBatch batch, CancellationToken cancellationToken)
    {
        var lines = await db.Set<SettlementLine>().Where(line => line.BatchId == BatchId).OrderByDescending(line => line.Status == LineStatus.Hold).ThenBy(line => line.Id).Take(Shown + 1).ToListAsync(cancellationToken);
        var hold = FormField.Of("lineId", "结算行", "string");
        return new HumanTask
        {
            Title = $"核验结算批次 {BatchId}",
            Kind = "settlement.verify",
            Role = ReliefRoles.SettlementClerk,
            Unit = batch.TownshipCode,
            Subject = "batch:" + BatchId,
            Outcomes = ["Verified"],
            Form =
            [
                FormField.Of("holds", "待定项决定", "array").Made(
                    lines.Count > Shown ? hold : hold.OneOf(lines.Select(line => new FieldChoice(line.Id, $"{line.ServiceDate:yyyy-MM-dd} {line.ItemCode} {line.Amount} {line.Reason}"))),
                    FormField.Of("passes", "通过", "boolean"), FormField.Of("reason", "理由", "string"))
            ],
            Data = Json(new
            {
                count = await db.Set<SettlementLine>().CountAsync(line => line.BatchId == BatchId, cancellationToken),
                lines = lines.Take(Shown).Select(line => new { line.Id, line.ItemCode, line.Quantity, line.Amount, status = line.Status.ToString(), line.Reason })
            })
        };
    }

    // What the clerk decided, kept while thousands of lines are checked in parts.
    private sealed record Decided(string By, IReadOnlyList<HoldDecision> Holds)
    {
        public static Decided Of(Answer answer) => new(answer.By, answer.Part<List<HoldDecision>>("holds") ?? []);
    }
}
