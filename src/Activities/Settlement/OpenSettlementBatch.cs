using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Settlement;

/// <summary>Opens the batch of a township, supplier and month from accepted records only (P10 step 1).</summary>
[ChangesRecords]
[Activity("Relief Settlement", "Opens a month's batch from accepted records.", Chinese = "生成结算批次", Waits = true)]
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

    private BatchKey Key => new(CountyCode, TownshipCode, SupplierId, Month);

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        return await Opened(db, context, await new BatchOpening(db).Open(Key, context.DeedOf("open"), cancellationToken), cancellationToken);
    }

    protected override async Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        return await Opened(db, context, await new BatchOpening(db).Pull(Key.Id, context.DeedOf("pull"), cancellationToken), cancellationToken);
    }

    // Thousands of records come in parts, each with a commit of its own.
    private async Task<ActivityResult> Opened(ReliefDbContext db, ActivityContext context, SettlementResult opened, CancellationToken cancellationToken)
    {
        var key = Key;
        BatchId = key.Id;
        if (opened is SettlementResult.More(_, var after))
            return new Waiting([Bookmark.Timer("more-" + after, context.Now)]);
        var pending = await new PendingRecords(db).Any(key, cancellationToken);
        return opened is SettlementResult.Empty && !pending
            ? new Completed("Empty")
            : new Completed("Ready") { Send = [ActivityDeeds.Tell("settlement.open", "S", SupplierId, new { batch = BatchId, month = Month })] };
    }
}
