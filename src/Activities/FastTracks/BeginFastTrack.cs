using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Doorbell;
using Relief.Flow.Activities.Emergencies;
using Relief.Flow.Activities.People;
using Relief.Flow.Activities.Tickets;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.FastTracks;

/// <summary>Begins the fast track of whom a doorbell's follow-up found in need, or whose plea at the hotline is about a life at risk (P29).</summary>
/// <remarks>Where the register does not know the person, nothing begins here: they are spoken with first, and their application is triaged (P02, P01 step 3).</remarks>
[ChangesRecords]
[Activity("Relief Emergency", "Begins the fast track after an alert or a plea.", Chinese = "启动急难救助")]
[Outcomes("Begun", "NotNeeded")]
public sealed class BeginFastTrack : Activity
{
    [Input("Doorbell or Hotline.", Chinese = "来源")]
    public required EmergencyOrigin Origin { get; init; }

    [Input("The alert or ticket.", Chinese = "来源编号")]
    public required string OriginId { get; init; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var person = Origin == EmergencyOrigin.Doorbell
            ? await db.Set<Alert>().Where(row => row.Id == OriginId).Select(row => row.PersonId).FirstOrDefaultAsync(cancellationToken)
            : await db.Set<Ticket>().Where(row => row.Id == OriginId && row.LifeRisk && row.Type == TicketType.HelpRequest).Select(row => row.ComplainantRef).FirstOrDefaultAsync(cancellationToken);
        return person is not null && await db.Holds<Person>(person, cancellationToken)
            ? new Completed("Begun") { Send = [Message.Of(EmergencyStart.Of(person, (Origin, OriginId), ActivityDeeds.System))] }
            : new Completed("NotNeeded");
    }
}
