using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Agents;

/// <summary>Takes the next open errand: a hospital before everything else, then the list in its order (P20 step 3).</summary>
[ChangesRecords]
[Activity("Relief Agents", "Takes the next open errand of a mandate.", Chinese = "下一事项")]
[Outcomes("Errand", "None")]
public sealed class NextErrand : Activity
{
    [Input("The mandate.", Chinese = "委托")]
    public required string MandateId { get; init; }

    [Output("The errand.", Chinese = "事项")]
    public string ErrandId { get; private set; } = "";

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var next = (await new MandateQueries(db).Errands(MandateId, cancellationToken)).FirstOrDefault(errand => errand.Status == ErrandStatus.Open);
        ErrandId = next?.Id ?? "";
        return await Complete(next is null ? "None" : "Errand");
    }
}
