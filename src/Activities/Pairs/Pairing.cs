using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.Parameters;
using Relief.Flow.Activities.Referrals;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Pairs;

/// <summary>Pairs a person with a party member, or with two to five neighbours, when both sides agree (A50): by tasks or events.</summary>
/// <remarks>
/// The person answers once (<c>pair:{orderId}:person</c>), each helper for themselves (<c>pair:{pairId}:helper</c>). Kin and members with three
/// persons are left out; the database refuses them too. Five working days, then whoever has not answered has declined. A pair holds from
/// the day of the last answer.
/// </remarks>
[ChangesRecords]
[Activity("Relief Pairing", "Pairs a person with helpers when both sides agree.", Chinese = "结对", Waits = true)]
[Outcomes("Paired", "Declined", "NoCandidate")]
public sealed class Pairing : Activity
{
    private const string Person = "person";

    [Input("The order.", Chinese = "订单")]
    public required string OrderId { get; init; }

    [Input("Party or Neighbour.", Chinese = "结对类型")]
    public PairKind Kind { get; init; } = PairKind.Party;

    [Input("Who is proposed.", Chinese = "人选")]
    public required string[] Helpers { get; init; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var scene = await new OrderScenes(db).Of(OrderId, cancellationToken);
        var (least, most) = await Limits(db, scene, cancellationToken);
        var free = await new PairQueries(db).Free(scene.Order.PersonId, Kind, Helpers, cancellationToken);
        if (free.Count < least)
            return new Completed("NoCandidate");

        var pairs = await new PairBook(db).Propose((scene.Order, Kind), [.. free.Take(most)], context.DeedOf("propose"), cancellationToken);
        await new OrderBook(db).Move(OrderId, OrderStatus.Sent, context.DeedOf("sent"), cancellationToken);
        await new CaseBook(db).Move(scene.Case.Id, CaseStatus.Referring, null, context.DeedOf("case"), cancellationToken);
        var deadline = await new Deadlines(db).Of("pair.agree", scene.TownshipCode, context.Now, cancellationToken);
        List<Bookmark> waits = [OrderStop.Of(OrderId), .. deadline.Timers("pair"), .. Both(Person, $"pair:{OrderId}:person", PersonTask(scene) with { Due = deadline.Due })];
        foreach (var pair in pairs)
            waits.AddRange(Both(pair.Id, $"pair:{pair.Id}:helper", HelperTask(scene, pair) with { Due = deadline.Due }));
        return new Waiting([.. waits]);
    }

    protected override async Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var scene = await new OrderScenes(db).Of(OrderId, cancellationToken);
        var open = (await new PairQueries(db).Of(OrderId, cancellationToken)).Where(pair => pair.Status == PairStatus.Proposed).ToList();
        if (wakeup.Bookmark == OrderStop.Name)
        {
            foreach (var pair in open)
                await new PairBook(db).Decline(pair.Id, "Stopped", context.DeedOf("stop-" + pair.HelperId), cancellationToken);
            return new Completed("NoCandidate") { Send = [OrderStop.PassOn(OrderId, wakeup.Payload)] };
        }

        if (wakeup.IsTimer && wakeup.Bookmark != "pair.due")
            return new Waiting([]) { Send = [ActivityDeeds.Tell("task.remind", "C", scene.TownshipCode, scene.Reference)] };
        if (wakeup.IsTimer)
            return await Conclude(db, context, (scene, open, "Timeout"), cancellationToken);

        var answer = Answer.From(wakeup);
        var who = wakeup.Bookmark.Split(':')[0];
        var agrees = answer.Decision == "Agreed";
        var answered = who == Person ? open : open.Where(pair => pair.Id == who).ToList();
        foreach (var pair in answered.Where(_ => agrees))
            await new PairBook(db).Agree(pair.Id, who == Person ? PairSide.Person : PairSide.Helper, context.DeedOf("agree-" + who, answer.By), cancellationToken);
        foreach (var pair in answered.Where(_ => !agrees))
            await new PairBook(db).Decline(pair.Id, answer.Reason ?? who, context.DeedOf("decline-" + who, answer.By), cancellationToken);

        open = [.. (await new PairQueries(db).Of(OrderId, cancellationToken)).Where(pair => pair.Status == PairStatus.Proposed)];
        return open.Exists(pair => pair.PersonAgreedAt is null || pair.HelperAgreedAt is null)
            ? new Waiting([])
            : await Conclude(db, context, (scene, open, "TooFew"), cancellationToken);
    }

    private async Task<ActivityResult> Conclude(
        ReliefDbContext db, ActivityContext context, (OrderScene Scene, List<Pair> Open, string Reason) at, CancellationToken cancellationToken)
    {
        var (least, _) = await Limits(db, at.Scene, cancellationToken);
        var agreed = at.Open.Count(pair => pair is { PersonAgreedAt: not null, HelperAgreedAt: not null }) >= least;
        List<string> paired = [];
        foreach (var pair in at.Open)
        {
            if (agreed && await new PairBook(db).Conclude(pair.Id, at.Reason, context.DeedOf("pair-" + pair.HelperId), cancellationToken))
                paired.Add(pair.HelperId);
            else if (!agreed)
                await new PairBook(db).Decline(pair.Id, at.Reason, context.DeedOf("pair-" + pair.HelperId), cancellationToken);
        }

        if (paired.Count == 0)
            return new Completed("Declined");
        await new OrderBook(db).Move(OrderId, OrderStatus.Accepted, context.DeedOf("accepted"), cancellationToken);
        return new Completed("Paired")
        {
            Send = [ActivityDeeds.Tell("pair.made", "P", at.Scene.Order.PersonId, at.Scene.Reference),
                    .. paired.Select(helper => Tell.Staff("pair.made", "N", helper, at.Scene.Reference))]
        };
    }

    private async Task<(int Least, int Most)> Limits(ReliefDbContext db, OrderScene scene, CancellationToken cancellationToken)
    {
        if (Kind == PairKind.Party)
            return (1, 1);
        var parameters = new ParameterQueries(db);
        return (await parameters.Whole("neighbour.helpersMin", scene.TownshipCode, scene.Order.PlannedFrom, cancellationToken),
            await parameters.Whole("neighbour.helpersMax", scene.TownshipCode, scene.Order.PlannedFrom, cancellationToken));
    }

    private static IEnumerable<Bookmark> Both(string who, string name, HumanTask task) => [Bookmark.Event(who + ":event", name), Bookmark.For(who + ":task", task)];

    private HumanTask PersonTask(OrderScene scene) => new()
    {
        Title = $"征求本人结对意愿 {scene.Case.Number}",
        Kind = "pair.person",
        Role = ReliefRoles.VillageWorker,
        Unit = scene.Case.AreaCode,
        Subject = "order:" + OrderId,
        Outcomes = ["Agreed", "Declined"],
        Form = [new FormField("reason", "原因", "string", ["Declined"])]
    };

    private HumanTask HelperTask(OrderScene scene, Pair pair) => new()
    {
        Title = $"确认结对 {scene.Case.Number}",
        Kind = "pair.helper",
        Role = Kind == PairKind.Party ? ReliefRoles.PartyMember : ReliefRoles.NeighbourAide,
        Unit = scene.Case.AreaCode,
        Assignee = pair.HelperId,
        Subject = "order:" + OrderId,
        Outcomes = ["Agreed", "Declined"],
        Form = [new FormField("reason", "原因", "string", ["Declined"])]
    };
}
