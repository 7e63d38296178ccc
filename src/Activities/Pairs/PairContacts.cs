using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.Parameters;
using Relief.Flow.Activities.Referrals;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Pairs;

/// <summary>Waits for the next contact of a pair and watches that there is one (PW4 steps 4 and 5). Each contact begins the count anew.</summary>
/// <remarks>
/// A contact comes as <c>pair:{pairId}:contact</c>. After 45 days without one the secretary is told, on that day at 08:00; after 60 the pair
/// ends by <c>Lapsed</c>. <c>pair:{pairId}:end</c> ends it by <c>MemberLeft</c> or, for any other reason, by <c>Ended</c>;
/// <c>order:{orderId}:stop</c> ends it by <c>Ended</c> too. On 31 December it passes by <c>YearEnd</c>.
/// While the order is paused no silence counts.
/// </remarks>
[ChangesRecords]
[Activity("Relief Pairing", "Waits for the next contact of a pair and watches that there is one.", Chinese = "联系记录与间断监测", Waits = true)]
[Outcomes("Contacted", "Lapsed", "MemberLeft", "YearEnd", "Ended")]
public sealed class PairContacts : Activity
{
    private static readonly TimeOnly Morning = new(8, 0);
    private static readonly TimeOnly Noon = new(12, 0);

    [Input("The order.", Chinese = "订单")]
    public required string OrderId { get; init; }

    [Input("The last year that was summed up; empty in the first.", Chinese = "已总结年度")]
    public int SummedUp { get; init; }

    [Output("The year to be summed up, at its end.", Chinese = "年度")]
    public int Year { get; private set; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        Year = SummedUp;   // outputs are read after each call, and SummedUp is bound to the same variable
        var scene = await new OrderScenes(db).Of(OrderId, cancellationToken);
        if (await new PairQueries(db).Active(OrderId, cancellationToken) is not [var pair, ..] || scene.Order.Status is not (OrderStatus.Active or OrderStatus.Paused))
            return new Completed("Ended");
        var last = await new PairQueries(db).Contacts(pair.Id, cancellationToken) is [.., var latest] ? latest.ContactedOn : pair.PairedOn!.Value;
        var today = ChinaTime.DayOf(context.Now);
        var parameters = new ParameterQueries(db);
        var alarm = last.AddDays(await parameters.Whole("party.lapse", scene.TownshipCode, today, cancellationToken));
        var repair = last.AddDays(await parameters.Whole("party.repair", scene.TownshipCode, today, cancellationToken));
        var year = Math.Max(today.Year, SummedUp + 1);
        // An alarm that has passed was told by the run before this one.
        Bookmark[] lapse = ChinaTime.At(alarm, Morning) is var at && at > context.Now ? [Bookmark.Timer("lapse", at)] : [];
        return new Waiting(
        [
            Bookmark.Event("contact", $"pair:{pair.Id}:contact"), Bookmark.Event("end", $"pair:{pair.Id}:end"), OrderStop.Of(OrderId),
            .. lapse, Bookmark.Timer("repair", ChinaTime.At(repair, Morning)), Bookmark.Timer("year", ChinaTime.At(new DateOnly(year, 12, 31), Noon))
        ]);
    }

    protected override async Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        Year = SummedUp;
        var scene = await new OrderScenes(db).Of(OrderId, cancellationToken);
        var pair = (await new PairQueries(db).Active(OrderId, cancellationToken))[0];
        if (wakeup.Bookmark is "lapse" or "repair" && scene.Order.Status == OrderStatus.Paused)
            return new Waiting([Bookmark.Timer(wakeup.Bookmark, await Postponed(db, scene, (wakeup.Bookmark, context.Now), cancellationToken))]);
        switch (wakeup.Bookmark)
        {
            case "contact":
                return await Contacted(db, context, (scene, pair, wakeup), cancellationToken);
            case "lapse":
                return new Waiting([]) { Send = [Told(scene, "pair.lapsed")] };
            case "repair":
                await new PairBook(db).End(pair.Id, "Lapsed", context.DeedOf("end"), cancellationToken);
                return new Completed("Lapsed") { Send = [Told(scene, "pair.toRepair")] };
            case "year":
                Year = ChinaTime.DayOf(context.Now).Year;
                return new Completed("YearEnd");
            default:
                var answer = Answer.From(wakeup);
                await new PairBook(db).End(pair.Id, answer.Reason ?? "Stopped", context.DeedOf("end", answer.By), cancellationToken);
                return new Completed(wakeup.Bookmark == "end" && answer.Reason == "MemberLeft" ? "MemberLeft" : "Ended");
        }
    }

    // While the person is away nobody is late: the span begins anew.
    private static async Task<DateTimeOffset> Postponed(ReliefDbContext db, OrderScene scene, (string Span, DateTimeOffset Now) of, CancellationToken cancellationToken)
    {
        var today = ChinaTime.DayOf(of.Now);
        return ChinaTime.At(today.AddDays(await new ParameterQueries(db).Whole("party." + of.Span, scene.TownshipCode, today, cancellationToken)), Morning);
    }

    private static async Task<ActivityResult> Contacted(
        ReliefDbContext db, ActivityContext context, (OrderScene Scene, Pair Pair, Wakeup Wakeup) at, CancellationToken cancellationToken)
    {
        var form = FormData.Read<ContactForm>(at.Wakeup.Payload) ?? new ContactForm();
        var kept = await new PairBook(db).Contact(at.Pair.Id, form, context.DeedOf("contact", form.By ?? at.Pair.HelperId), cancellationToken);
        if (kept is PairResult.Refused(var reason))
            return new Waiting([Bookmark.Event("contact", $"pair:{at.Pair.Id}:contact")])
            {
                Send = [ActivityDeeds.Tell("step.refused", "C", at.Scene.TownshipCode, new { order = at.Scene.Order.Id, step = "pair.contact", reason })]
            };
        return new Completed("Contacted")
        {
            Send = form.NeedsFound is null ? [] : [ActivityDeeds.Tell("pair.needFound", "C", at.Scene.TownshipCode, at.Scene.Reference)]
        };
    }

    private static Message Told(OrderScene scene, string template) => ActivityDeeds.Tell(template, "N", scene.Case.AreaCode, scene.Reference);
}
