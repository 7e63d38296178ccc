using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Settlement;

/// <summary>Opens the batch of a township, supplier and month from accepted records only (P10 step 1).</summary>
[ChangesRecords]
[Activity("Relief Settlement", "Opens a month's batch from accepted records.", Chinese = "生成结算批次")]
[Outcomes("Ready", "Empty")]
public sealed class OpenSettlementBatch : Activity
{
    [Input("The county.", Chinese = "县")]
    public required string CountyCode { get; init; }

    [Input("The township.", Chinese = "乡镇")]
    public required string TownshipCode { get; init; }

    [Input("The supplier.", Chinese = "服务主体")]
    public required string SupplierId { get; init; }

    [Input("yyyy-MM.", Chinese = "月份")]
    public required string Month { get; init; }

    [Output("The batch.", Chinese = "批次")]
    public string BatchId { get; private set; } = "";

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var key = new BatchKey(CountyCode, TownshipCode, SupplierId, Month);
        BatchId = key.Id;
        var opened = await new BatchOpening(db).Open(key, context.DeedOf("open"), cancellationToken);
        var pending = await new PendingRecords(db).Any(key, cancellationToken);
        return opened is SettlementResult.Empty && !pending
            ? new Completed("Empty")
            : new Completed("Ready") { Send = [ActivityDeeds.Tell("settlement.open", "S", SupplierId, new { batch = BatchId, month = Month })] };
    }
}
