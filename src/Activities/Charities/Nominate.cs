using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.Referrals;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Charities;

/// <summary>Puts the person on the open list of a project and waits for the charity's answer to it (PW7 step 4, CZ-120).</summary>
/// <remarks>
/// The list is a procedure of its own, started by the first name on it. Its answer for this person arrives as
/// <c>charity:{orderId}:{projectId}</c>. <c>Full</c> is when the last place was taken in between.
/// </remarks>
[ChangesRecords]
[Activity("Relief Partners", "Puts the person on a charity's list and waits for the answer.", Chinese = "列入转介名单", Waits = true)]
[Outcomes("Accepted", "Declined", "Full", "Stopped")]
public sealed class Nominate : Activity
{
    [Input("The order.", Chinese = "订单")]
    public required string OrderId { get; init; }

    [Input("The project.", Chinese = "慈善项目")]
    public required string ProjectId { get; init; }

    [Output("Why the charity declined.", Chinese = "说明")]
    public string Reason { get; private set; } = "";

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var scene = await new OrderScenes(db).Of(OrderId, cancellationToken);
        var (nomination, _) = await new CharityBook(db).Nominate(scene.Order, ProjectId, context.DeedOf("nominate"), cancellationToken);
        if (nomination is null)
            return new Completed("Full");
        await new OrderBook(db).Send(OrderId, nomination.CharityId, context.DeedOf("send"), cancellationToken);
        await new CaseBook(db).Move(scene.Case.Id, CaseStatus.Referring, null, context.DeedOf("case"), cancellationToken);
        return new Waiting([Bookmark.Event("answer", $"charity:{OrderId}:{ProjectId}"), OrderStop.Of(OrderId)])
        {
            Send = [Message.Of(ListOf(nomination))]
        };
    }

    protected override async Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        if (wakeup.Bookmark == "stop")
            return await Stopped(db, context, cancellationToken);
        var answer = Answer.From(wakeup);
        if (answer.Decision is not ("Accepted" or "Declined"))
            return new Waiting([Bookmark.Event("answer", $"charity:{OrderId}:{ProjectId}")]);   // queued: the charity answers again
        Reason = answer.Reason ?? "";
        var accepted = answer.Decision == "Accepted";
        await new OrderBook(db).Move(OrderId, accepted ? OrderStatus.Accepted : OrderStatus.Declined, context.DeedOf("answer", answer.By), cancellationToken);
        var scene = await new OrderScenes(db).Of(OrderId, cancellationToken);
        return new Completed(answer.Decision) { Send = [ActivityDeeds.Tell("referral.answered", "C", scene.TownshipCode, new { order = OrderId, caseNumber = scene.Case.Number, decision = answer.Decision })] };
    }

    private async Task<ActivityResult> Stopped(ReliefDbContext db, ActivityContext context, CancellationToken cancellationToken)
    {
        var nomination = (await new CharityQueries(db).Nomination(OrderId, ProjectId, cancellationToken))!;
        return new Completed("Stopped") { Send = [.. await ListEnds.Leave(db, nomination, "Stopped", context.DeedOf("stop"), cancellationToken)] };
    }

    // Everybody on the list asks for its procedure; it has one id, so it is started once.
    private static ChildStart ListOf(Nomination nomination) => new(
        InstanceIds.Of("charity-list:" + nomination.ListId), "procedure.charity-list", Json(new { listId = nomination.ListId }), null, "charity-list:" + nomination.ListId);
}
