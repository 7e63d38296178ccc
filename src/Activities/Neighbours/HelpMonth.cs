using Relief.Flow.Activities.Audit;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.Referrals;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Neighbours;

/// <summary>Holds a month's logs against the plan (PW6 step 7); below 80 % village and township are told. Keeps the year's subsidy started.</summary>
[ChangesRecords]
[Activity("Relief Neighbours", "Holds a month's logs against the plan.", Chinese = "月度核对")]
public sealed class HelpMonth : Activity
{
    [Input("The order.", Chinese = "订单")]
    public required string OrderId { get; init; }

    [Output("Visits logged in the month.", Chinese = "记录次数")]
    public int Visits { get; private set; }

    [Output("Visits planned for it.", Chinese = "计划次数")]
    public int Planned { get; private set; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var scene = await new OrderScenes(db).Of(OrderId, cancellationToken);
        var today = ChinaTime.DayOf(context.Now);
        var month = new DateOnly(today.Year, today.Month, 1).AddMonths(-1);
        Planned = (await new OrderQueries(db).Find(OrderId, cancellationToken))!.Lines.Sum(line => line.VisitsPerMonth);
        Visits = (await new NeighbourQueries(db).Logs(OrderId, cancellationToken))
            .Count(log => log.Status != LogStatus.Rejected && log.ServiceDate >= month && log.ServiceDate < month.AddMonths(1));
        await db.Audit(AuditTrail.Case(scene.Case.Id), new AuditDetail("HelpMonthChecked", new { OrderId, month, Visits, Planned }), context.DeedOf("month"), cancellationToken);
        List<Message> send = [Message.Of(HelpAgreement.SubsidyOf(scene, today.Year))];
        if (Visits < 0.8m * Planned)
        {
            var gap = new { order = OrderId, caseNumber = scene.Case.Number, visits = Visits, planned = Planned };
            send.AddRange([ActivityDeeds.Tell("help.under", "V", scene.Case.AreaCode, gap), ActivityDeeds.Tell("help.under", "C", scene.TownshipCode, gap)]);
        }

        return new Completed(Done) { Send = [.. send] };
    }
}
