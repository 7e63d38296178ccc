using Relief.Flow.Activities.Notices;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.Parameters;
using Relief.Flow.Activities.Referrals;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Filing;

/// <summary>Has a notice taken down, with its proof, within three working days (P13 step 6).</summary>
[ChangesRecords]
[Activity("Relief Notice", "Has a public sheet taken down, with proof.", Chinese = "撤下公示", Waits = true)]
public sealed class TakeDownNotice : Activity
{
    [Input("The order.", Chinese = "订单")]
    public required string OrderId { get; init; }

    [Input("The notice.", Chinese = "公示")]
    public required string NoticeId { get; init; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var scene = await new OrderScenes(db).Of(OrderId, cancellationToken);
        var deadline = await new Deadlines(db).Of("notice.takeDown", scene.TownshipCode, context.Now, cancellationToken);
        return new Waiting([.. deadline.Bookmarks("task", new HumanTask
        {
            Title = $"撤下公示 {scene.Case.Number}",
            Kind = "notice.takeDown",
            Role = ReliefRoles.VillageWorker,
            Unit = scene.Case.AreaCode,
            Subject = "case:" + scene.Case.Id,
            Outcomes = ["TakenDown"],
            Form = [new FormField("proof", "撤下证明", "string", ["TakenDown"])]
        })]);
    }

    protected override async Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var scene = await new OrderScenes(db).Of(OrderId, cancellationToken);
        if (wakeup.IsTimer)
            return new Waiting([]) { Send = [ActivityDeeds.Tell("task.remind", "V", scene.Case.AreaCode, scene.Reference)] };
        var answer = Answer.From(wakeup);
        await new NoticeBook(db).TakeDown(NoticeId, answer.Text("proof") ?? answer.By, context.DeedOf("down", answer.By), cancellationToken);
        return new Completed(Done);
    }
}
