using Microsoft.EntityFrameworkCore;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Settlement;

/// <summary>Closes a dispute. Overturned: the line stays Rejected, its amount is set aside again, and the next batch pays on a line linked to it (SC-02).</summary>
[ChangesRecords]
[Activity("Relief Settlement", "Closes a dispute and sets the money of an overturned line aside.", Chinese = "异议办结")]
[Outcomes("Closed", "Refused")]
public sealed class CloseDispute : Activity
{
    [Input("The line.", Chinese = "结算明细")]
    public required string LineId { get; init; }

    [Input("Upheld or Overturned.", Chinese = "结论")]
    public required string Outcome { get; init; }

    [Input("The clerk who decided.", Chinese = "复核人")]
    public required string DecidedBy { get; init; }

    [Input("The accepted record.", Chinese = "记录")]
    public string? RecordId { get; init; }

    [Output("Why it could not be.", Chinese = "原因")]
    public string Reason { get; private set; } = "";

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var outcome = Enum.Parse<DisputeOutcome>(Outcome);
        var decision = new DisputeDecision(LineId, outcome, outcome == DisputeOutcome.Overturned ? RecordId : null);
        var result = await new DisputeBook(db).Decide(decision, context.DeedOf("decide", DecidedBy), cancellationToken);
        var supplier = await db.Set<SettlementLine>().Where(line => line.Id == LineId)
            .Join(db.Set<SettlementBatch>(), line => line.BatchId, batch => batch.Id, (_, batch) => batch.SupplierId).SingleAsync(cancellationToken);
        Reason = (result as DisputeResult.Refused)?.Reason ?? "";
        return new Completed(result is DisputeResult.Done ? "Closed" : "Refused")
        {
            Send = [ActivityDeeds.Tell("settlement.disputed", "S", supplier, new { line = LineId, outcome = Outcome, reason = Reason })]
        };
    }
}
