using Relief.Flow.Activities.Calendar;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Placements;

/// <summary>Ends a stay on this day, once; one that has ended keeps its day and reason.</summary>
[ChangesRecords]
[Activity("Relief Care", "Ends a stay in an institution.", Chinese = "离院")]
public sealed class EndPlacement : Activity
{
    [Input("The order.", Chinese = "订单")]
    public required string OrderId { get; init; }

    [Input("Why: ReturnHome, ReturnInstitution, AsksToLeave, Stopped …", Chinese = "原因")]
    public string Reason { get; init; } = "Left";

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        await new PlacementBook(db).Change(OrderId, known => known.LeftOn is not null || known.AdmittedOn is null
            ? known : known with { LeftOn = ChinaTime.DayOf(context.Now), ExitReason = Reason }, cancellationToken);
        return new Completed(Done);
    }
}
