using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Neighbours;

/// <summary>Reckons each helper's subsidy from confirmed logs (P11 step 2, INV-17).</summary>
[ChangesRecords]
[Activity("Relief Neighbours", "Reckons each helper's subsidy from confirmed logs.", Chinese = "计算补贴")]
[Outcomes("Computed", "Empty")]
public sealed class ComputeSubsidy : Activity
{
    [Input("The sheet.", Chinese = "补贴表")]
    public required string SheetId { get; init; }

    [Output("How many helpers there are.", Chinese = "帮扶人数")]
    public int Helpers { get; private set; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        Helpers = await new SubsidyBook(db).Compute(SheetId, context.DeedOf("compute"), cancellationToken);
        return new Completed(Helpers > 0 ? "Computed" : "Empty");
    }
}
