using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.SpotChecks;

/// <summary>For a service that nobody could verify the next one of its stratum is drawn by the same seed, and its check started (P14 step 3).</summary>
[ChangesRecords]
[Activity("Relief Oversight", "Draws the next service of a stratum in place of one that could not be verified.", Chinese = "递补抽样")]
[Outcomes("Picked", "None")]
public sealed class PickReserve : Activity
{
    [Input("The item that could not be verified.", Chinese = "抽查项")]
    public required string ItemId { get; init; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var item = await new SpotCheckQueries(db).Item(ItemId, cancellationToken);
        // What came on top of the draw is not missing from it.
        if (item.Origin == ItemOrigin.Risk || await new SpotCheckBook(db).Replace(item, context.DeedOf("reserve"), cancellationToken) is not { } reserve)
            return new Completed("None");
        return new Completed("Picked") { Send = [DrawSample.StartOf(reserve)] };
    }
}
