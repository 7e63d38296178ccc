using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Notices;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.Parameters;
using Relief.Flow.Activities.People;
using Relief.Flow.Activities.Referrals;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Filing;

/// <summary>The long-term public sheet of a case (P13): service number, village, 服务类救助 and the phones; never for minors or the confidential.</summary>
/// <remarks>
/// The village posts it with a proof and proves every 90 days that it hangs. The event <c>objection:{noticeId}</c> ends the wait by
/// <c>Objection</c>; the service's stop ends it by <c>TakeDown</c>. A consent to the name that is given or taken back ends it by <c>Changed</c>, or by <c>Renew</c>
/// while nothing hangs yet: the next sheet says it as it is then. Who may not be shown any more is not shown from that moment on.
/// </remarks>
[ChangesRecords]
[Activity("Relief Notice", "Posts the long-term public sheet of a case.", Chinese = "公示", Waits = true)]
[Outcomes("TakeDown", "Objection", "NotPublishable", "Changed", "Renew")]
public sealed class PublishNotice : Activity
{
    [Input("The order whose service is published.", Chinese = "订单")]
    public required string OrderId { get; init; }

    [Input("What allows the publication.", Chinese = "法律依据")]
    public required string LegalBasis { get; init; }

    [Output("The notice.", Chinese = "公示")]
    public string NoticeId { get; private set; } = "";

    [Output("Why nothing is published, or what was objected.", Chinese = "说明")]
    public string Reason { get; private set; } = "";

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var scene = await new OrderScenes(db).Of(OrderId, cancellationToken);
        var result = await Prepared(db, context, scene, cancellationToken);
        if (result is NoticeResult.DoNotPublish(var reason))
        {
            Reason = reason;
            return new Completed("NotPublishable");
        }

        var (id, content) = (NoticeResult.Prepared)result;
        NoticeId = id;
        var deadline = await new Deadlines(db).WorkingDays(3, scene.TownshipCode, context.Now, cancellationToken);
        return new Waiting([OrderStop.Of(OrderId), Bookmark.Event("objection", "objection:" + id), Bookmark.Event("consent", ConsentBook.Changed(scene.Case.PersonId)),
            .. deadline.Bookmarks("post", TaskFor(scene, "notice.post", content))]);
    }

    protected override async Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var scene = await new OrderScenes(db).Of(OrderId, cancellationToken);
        NoticeId = ((NoticeResult.Prepared)await Prepared(db, context, scene, cancellationToken)).NoticeId;
        if (wakeup.Bookmark is "stop")
            return new Completed("TakeDown");
        if (wakeup.Bookmark is "consent")
            return new Completed(await Ended(db, context, "consent", cancellationToken) ? "Changed" : "Renew");
        if (await NoLonger(db, context, scene, cancellationToken))
            return new Completed("TakeDown");
        if (wakeup.Bookmark is "objection")
        {
            Reason = Answer.From(wakeup).Reason ?? "";
            return new Completed("Objection") { Send = [ActivityDeeds.Tell("notice.objection", "R", scene.TownshipCode, scene.Reference)] };
        }

        return wakeup.IsTimer ? await OnTimer(db, context, (scene, wakeup.Bookmark), cancellationToken) : await Hung(db, context, scene, Answer.From(wakeup), cancellationToken);
    }

    // A child stays a child; what has to be kept confidential may come later.
    private async Task<bool> NoLonger(ReliefDbContext db, ActivityContext context, OrderScene scene, CancellationToken cancellationToken)
    {
        var facts = (await new PersonQueries(db).Facts(scene.Case.PersonId, ChinaTime.DayOf(context.Now), cancellationToken))!;
        return (facts.Confidential || facts.Minor) && await Ended(db, context, "confidential", cancellationToken);
    }

    /// <returns>Whether its paper hangs, and somebody has to take it down.</returns>
    private async Task<bool> Ended(ReliefDbContext db, ActivityContext context, string why, CancellationToken cancellationToken)
    {
        var book = new NoticeBook(db);
        await book.Withdraw(NoticeId, why, context.DeedOf("withdraw"), cancellationToken);
        return (await book.Find(NoticeId, cancellationToken))!.PostedAt is not null;
    }

    private async Task<ActivityResult> Hung(ReliefDbContext db, ActivityContext context, OrderScene scene, Answer answer, CancellationToken cancellationToken)
    {
        var book = new NoticeBook(db);
        var proof = answer.Text("proof") ?? answer.By;
        if (!await book.Post(NoticeId, proof, context.DeedOf("post", answer.By), cancellationToken))
            await book.Prove(NoticeId, proof, context.DeedOf("prove", answer.By), cancellationToken);
        var again = await new Deadlines(db).Of("notice.longTerm.verifyEvery", scene.TownshipCode, context.Now, cancellationToken);
        return new Waiting([Bookmark.Timer($"again-{context.Now.ToUnixTimeSeconds()}", again.Due)]);
    }

    private async Task<ActivityResult> OnTimer(ReliefDbContext db, ActivityContext context, (OrderScene Scene, string Bookmark) at, CancellationToken cancellationToken)
    {
        if (at.Scene.Order.Status is OrderStatus.Ended or OrderStatus.Cancelled)
            return new Completed("TakeDown");
        if (!at.Bookmark.StartsWith("again", StringComparison.Ordinal))
            return new Waiting([]) { Send = [ActivityDeeds.Tell("task.remind", "V", at.Scene.Case.AreaCode, at.Scene.Reference)] };
        var deadline = await new Deadlines(db).WorkingDays(3, at.Scene.TownshipCode, context.Now, cancellationToken);
        return new Waiting([Bookmark.For($"prove-{context.Now.ToUnixTimeSeconds()}", TaskFor(at.Scene, "notice.prove", NoticeId) with { Due = deadline.Due })]);
    }

    private Task<NoticeResult> Prepared(ReliefDbContext db, ActivityContext context, OrderScene scene, CancellationToken cancellationToken) =>
        new NoticeBook(db).Prepare(scene.Case.Id, LegalBasis, context.DeedOf("notice"), cancellationToken);

    private static HumanTask TaskFor(OrderScene scene, string kind, string content) => new()
    {
        Title = $"张贴公示 {scene.Case.Number}",
        Kind = kind,
        Role = ReliefRoles.VillageWorker,
        Unit = scene.Case.AreaCode,
        Subject = "case:" + scene.Case.Id,
        Outcomes = ["Posted"],
        Form = [new FormField("proof", "公示照片或网址", "string", ["Posted"])],
        Data = Json(new { content })
    };
}
