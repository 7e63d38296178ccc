using Relief.Flow.Activities.Areas;
using Relief.Flow.Activities.Referrals;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Tickets;

/// <summary>The hotline hands a ticket to a township or the county within two hours, within 30 minutes when a life is at risk; never to whom it is about (A36, P15 step 4, ZZ-020).</summary>
/// <remarks>What nobody hands on in time goes to the county by itself. A unit that is what the ticket is about, or employs whom it is about, is refused: that goes to the county.</remarks>
[ChangesRecords]
[Activity("Relief Oversight", "Has the hotline hand a ticket to a unit.", Chinese = "工单转办", Waits = true)]
[Outcomes("Transferred")]
public sealed class TransferTicket : TicketStep
{
    protected override Question Ask(TicketScene scene) => new("ticket.transfer", "工单转办", ReliefRoles.HotlineOperator, scene.Ticket.CountyCode)
    {
        Outcomes = ["Transferred"],
        Form = [FormField.Of("unit", "承办单位区划代码", "string", "Transferred")],
        Data = new { scene.Shown, proposed = scene.Ticket.UnitCode, scene.Ticket.Reroutes },
        DueKey = scene.Ticket.LifeRisk ? "hotline.transfer.lifeAtRisk" : "hotline.transfer", WhenLate = "Transferred", Audience = "H"
    };

    protected override async Task<StepEnd> Decide(TicketScene scene, Answer answer, CancellationToken cancellationToken)
    {
        var (unit, county) = (answer.Text("unit") ?? "", scene.Ticket.CountyCode);
        var chain = await new AreaQueries(scene.Db).ChainOf(unit, cancellationToken);
        if (unit != county && (chain.Count == 0 || chain[0].Level != AreaLevel.Township || chain.All(area => area.Code != county)))
            return StepEnd.Not("UnitUnknown");
        if (unit != county && await new TicketDesk(scene.Db).IsAbout(scene.Ticket, unit, cancellationToken))
            return StepEnd.Not("ConflictOfInterest");
        return await To(scene, unit == county ? null : unit, answer.By, cancellationToken);
    }

    protected override Task<StepEnd> Late(TicketScene scene, string port, CancellationToken cancellationToken) => To(scene, null, ActivityDeeds.System, cancellationToken);

    private async Task<StepEnd> To(TicketScene scene, string? township, string by, CancellationToken cancellationToken)
    {
        var moved = await new TicketDesk(scene.Db).Transfer(TicketId, township, scene.Context.DeedOf("transfer", by), cancellationToken);
        return StepEnd.By("Transferred", (scene with { Ticket = moved }).ToUnit("ticket.transferred"));
    }
}
