using Relief.Flow.Activities.Audit;
using Relief.Flow.Activities.InKind;
using Relief.Flow.Activities.Referrals;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Pairs;

/// <summary>Sums up a pair's year for branch and township (PW4 step 6): contacts, problems solved and goods, each a sum of linked records.</summary>
[ChangesRecords]
[Activity("Relief Pairing", "Sums up a pair's year for branch and township.", Chinese = "年度总结")]
public sealed class PairYear : Activity
{
    [Input("The order.", Chinese = "订单")]
    public required string OrderId { get; init; }

    [Input("The year.", Chinese = "年度")]
    public required int Year { get; init; }

    [Output("Contacts in the year.", Chinese = "联系次数")]
    public int Contacts { get; private set; }

    [Output("Contacts in the year by which something was solved.", Chinese = "解决问题数")]
    public int Solved { get; private set; }

    [Output("What the goods given in the year were worth, in yuan.", Chinese = "物资价值")]
    public decimal Goods { get; private set; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var scene = await new OrderScenes(db).Of(OrderId, cancellationToken);
        foreach (var pair in await new PairQueries(db).Of(OrderId, cancellationToken))
        {
            var year = (await new PairQueries(db).Contacts(pair.Id, cancellationToken)).Where(contact => contact.ContactedOn.Year == Year).ToList();
            Contacts += year.Count;
            Solved += year.Count(contact => contact.Solved is not null);
        }

        Goods = (await new InKindQueries(db).OfOrder(OrderId, cancellationToken)).Where(entry => entry.GivenOn.Year == Year).Sum(entry => entry.Value);
        var sum = new { order = OrderId, caseNumber = scene.Case.Number, year = Year, contacts = Contacts, solved = Solved, goods = Goods };
        await db.Audit(AuditTrail.Case(scene.Case.Id), new AuditDetail("PairYearSummed", sum), context.DeedOf("year"), cancellationToken);
        return new Completed(Done) { Send = [ActivityDeeds.Tell("pair.year", "N", scene.Case.AreaCode, sum), ActivityDeeds.Tell("pair.year", "C", scene.TownshipCode, sum)] };
    }
}
