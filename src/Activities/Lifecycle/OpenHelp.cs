using Relief.Flow.Activities.Emergencies;
using Relief.Flow.Activities.Funds;
using Relief.Flow.Activities.Packages;
using Relief.Flow.Activities.SpecialRelief;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Lifecycle;

/// <summary>What somebody who has died still waited for beside their orders: an emergency leaves the county's board, no package is handed over, and no money stays set aside for relief that nobody gets (E02, E03, P28, P29).</summary>
internal sealed class OpenHelp(ReliefDbContext db, ActivityContext context)
{
    private const string Died = "PersonDied";

    /// <summary>Ends the person's emergency, package and linkages; those that have ended stay so.</summary>
    public async Task End(string personId, CancellationToken cancellationToken)
    {
        if (await new EmergencyBook(db).OpenOf(personId, cancellationToken) is { } emergency)
            await new EmergencyBook(db).End(emergency.Id, EmergencyOutcome.PersonDied, context.DeedOf("emergency"), cancellationToken);
        await new PackageBook(db).Died(personId, context.DeedOf("package"), cancellationToken);
        foreach (var linkage in await new LinkageBook(db).OpenOf(personId, cancellationToken))
            await End(linkage, context.DeedOf("linkage:" + linkage.Id), cancellationToken);
    }

    private async Task End(ReliefLinkage linkage, Deed deed, CancellationToken cancellationToken)
    {
        if (linkage.ReservationId is { } reservation)
            await new ReservationBook(db).Close(reservation, deed.Step("release"), cancellationToken);
        await new LinkageBook(db).Change(linkage.Id, ("LinkageStopped", new { reason = Died }), row => row with { Reason = Died }, deed.Step("reason"), cancellationToken);
        await new LinkageBook(db).End(linkage.Id, LinkageOutcome.Refused, deed, cancellationToken);
    }
}
