using Relief.Flow.Activities.Settlement;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.SpotChecks;

/// <summary>After a Major no money moves for the record: a line that is not approved is held, or rejected where its clerk has done with it (P14 step 4). Other lines go on.</summary>
[ChangesRecords]
[Activity("Relief Oversight", "Freezes the money of a record that was found wrong.", Chinese = "冻结结算")]
public sealed class FreezeMoney : Activity
{
    /// <summary>Why such a line is held.</summary>
    public const string Reason = "SpotCheckMajor";

    [Input("The item.", Chinese = "抽查项")]
    public required string ItemId { get; init; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var item = await new SpotCheckQueries(db).Item(ItemId, cancellationToken);
        await new CorrectionBook(db).Freeze(item.RecordId, Reason, context.DeedOf("freeze"), cancellationToken);
        return new Completed(Done);
    }
}
