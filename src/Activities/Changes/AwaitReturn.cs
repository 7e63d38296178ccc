using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.Parameters;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Changes;

/// <summary>Services stand still until the day that was set, or until somebody says that the person is back: the township, or <c>change:{id}:returned</c> (E21).</summary>
/// <remarks>Money stays reserved for 30 days and is given back then; it is set aside again on the way back, and where it is not there any more the township decides.</remarks>
[ChangesRecords]
[Activity("Relief Dynamic", "Waits until a person is back.", Chinese = "等待恢复", Waits = true)]
[Outcomes("Returned", "Stays", "FundShort")]
public sealed class AwaitReturn : Activity
{
    [Input("The change.", Chinese = "变更")]
    public required string ChangeId { get; init; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var scene = await ChangeScene.Of(db, ChangeId, context, cancellationToken);
        var release = await new Deadlines(db).Of("pause.reservation", scene.Township, context.Now, cancellationToken);
        var back = ChinaTime.StartOf(scene.Change.Until!.Value.AddDays(1));
        Bookmark[] rest = release.Due < back ? [Bookmark.Timer("release", release.Due)] : [];
        return new Waiting([.. rest, Bookmark.Timer("back", back), Bookmark.Event("returned", $"{ChangeBook.Chain(ChangeId)}:returned"), Bookmark.For("task", TaskOf(scene) with { Due = back })])
        {
            Send = [scene.ToPerson("change.suspended", new { caseNumber = scene.Title, until = scene.Change.Until })]
        };
    }

    protected override async Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var scene = await ChangeScene.Of(db, ChangeId, context, cancellationToken);
        var (book, today, by) = (new ChangeBook(db), ChinaTime.DayOf(context.Now), wakeup.IsTimer ? ActivityDeeds.System : Answer.From(wakeup).By);
        if (wakeup.Bookmark == "release")
        {
            foreach (var order in scene.Meant(null).Where(order => order.Status == OrderStatus.Paused))
                await new OrderChanges(scene, order).Rest(today, cancellationToken);
            return new Waiting([]) { Send = [scene.ToTownship("change.released")] };
        }

        if (wakeup.Kind == BookmarkKind.Task && Answer.From(wakeup).Decision == "Stays")
        {
            await book.Change(ChangeId, ("PersonStays", null), change => change with { Status = ChangeStatus.Open }, context.DeedOf("stays", by), cancellationToken);
            return new Completed("Stays");
        }

        foreach (var order in scene.Meant(null).Where(order => order.Status == OrderStatus.Paused))
        {
            if (!await new OrderChanges(scene, order).Funded(today, cancellationToken))
            {
                await book.Change(ChangeId, ("ChangeNotFunded", null), change => change with { Status = ChangeStatus.Open }, context.DeedOf("short", by), cancellationToken);
                return new Completed("FundShort") { Send = [scene.ToTownship("change.fundShort")] };
            }
        }

        await book.End(ChangeId, ChangeStatus.Applied, context.DeedOf("back", by), cancellationToken);
        return new Completed("Returned");
    }

    private static HumanTask TaskOf(ChangeScene scene) => new()
    {
        Title = $"暂停服务:是否恢复 {scene.Title}", Kind = "change.return", Role = ReliefRoles.ReliefClerk, Unit = scene.Township, Subject = scene.Subject, Outcomes = ["Returned", "Stays"],
        Data = Json(new { scene.Change.Until, scene.Change.Seen })
    };
}
