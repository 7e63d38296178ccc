using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Neighbours;
using Relief.Flow.Activities.Notices;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Appeals;

/// <summary>Confirms an appeal to who made it and has what hangs in public looked at again at once (A53, P25 steps 1 and 2).</summary>
/// <remarks>
/// The matter itself, the lock on the case's file (E14) and what holds until the result were written when it came. An objection to a sheet goes the way of all objections
/// (<c>objection:{noticeId}</c>, P13; <c>objection:{sheetId}</c>, P11): it is checked there, and answered here.
/// </remarks>
[ChangesRecords]
[Activity("Relief Oversight", "Confirms an appeal to who made it.", Chinese = "申诉登记")]
[Outcomes("InTime", "Late")]
public sealed class RegisterAppeal : Activity
{
    [Input("The appeal.", Chinese = "申诉")]
    public required string AppealId { get; init; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var scene = await AppealScene.Of(db, AppealId, context, cancellationToken);
        List<Message> send = [.. await scene.ToParties("appeal.received", false, cancellationToken), scene.ToUnit("appeal.opened")];
        if (!scene.Matter.IsLate && await Hanging(db, scene.Matter, cancellationToken) is { } sheet)
            send.Add(Message.Of(new EventPublished("objection:" + sheet, null, Json(new { decision = "Objection", reason = "申诉", appeal = AppealId }))));
        return new Completed(scene.Matter.IsLate ? "Late" : "InTime") { Send = [.. send] };
    }

    private static async Task<string?> Hanging(ReliefDbContext db, Appeal matter, CancellationToken cancellationToken) => matter.About switch
    {
        AppealAbout.Notice => (await new NoticeBook(db).Find(matter.TargetId, cancellationToken))?.Status == NoticeStatus.Posted ? matter.TargetId : null,
        AppealAbout.Subsidy => await (from subsidy in db.Set<Subsidy>()
                                      join sheet in db.Set<SubsidySheet>() on subsidy.SheetId equals sheet.Id
                                      where subsidy.Id == matter.TargetId && sheet.PostedAt != null && sheet.PaidAt == null && sheet.Status == SheetStatus.Published
                                      select sheet.Id).FirstOrDefaultAsync(cancellationToken),
        _ => null
    };
}
