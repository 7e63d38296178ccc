using Relief.Flow.Activities.Referrals;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Charities;

/// <summary>Looks for a charity's project that the person of an order is a candidate for and that has not been tried (PW7 steps 1 and 2).</summary>
[ChangesRecords]
[Activity("Relief Partners", "Looks for a charity's project whose criteria the person meets.", Chinese = "匹配慈善项目")]
[Outcomes("Matched", "None")]
public sealed class MatchProject : Activity
{
    [Input("The order.", Chinese = "订单")]
    public required string OrderId { get; init; }

    [Output("The project.", Chinese = "慈善项目")]
    public string ProjectId { get; private set; } = "";

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var scene = await new OrderScenes(db).Of(OrderId, cancellationToken);
        if (await new CharityQueries(db).Next(scene, context.Now, cancellationToken) is not { } project)
            return new Completed("None") { Send = [ActivityDeeds.Tell("charity.none", "C", scene.TownshipCode, scene.Reference)] };
        ProjectId = project.Id;
        return new Completed("Matched");
    }
}
