using Relief.Flow.Activities.Tickets;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Rounds;

/// <summary>Danger that a visit found, or a family whom nobody can find, goes to the hotline as a ticket with a life at risk: a unit has it within 30 minutes (E18, P15 step 4).</summary>
[ChangesRecords]
[Activity("Relief Visits", "Hands danger that a visit found to the hotline, as a life at risk.", Chinese = "走访险情上报", IsEmergency = true)]
public sealed class ReportDanger : Activity
{
    [Input("The report.", Chinese = "走访记录")]
    public required string ReportId { get; init; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var report = await new VisitDesk(db).Get(ReportId, cancellationToken);
        var ticket = await new TicketDesk(db).Take(new TicketEntry
        {
            CountyCode = report.CountyCode, Channel = "visit", Type = TicketType.Report, PlaceCode = report.AreaCode, LifeRisk = true,
            Wording = $"{(report.Danger is { Length: > 0 } danger ? danger : "多次走访无人在家，村里也未能找到")}（走访 {report.VisitId}）"
        }, context.DeedOf("ticket", report.VisitedBy), cancellationToken);
        return new Completed(Done)
        {
            Send =
            [
                Tell.Unit("visit.danger", "K", report.CountyCode, new { ticket = TicketDesk.Short(ticket.Id) }),
                Message.Of(TicketDesk.StartOf(context.KeyFor("hotline"), ticket.Id))
            ]
        };
    }
}
