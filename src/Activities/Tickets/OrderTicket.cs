using Relief.Flow.Activities.Parameters;
using Relief.Flow.Activities.Referrals;

namespace Relief.Flow.Activities.Tickets;

/// <summary>The ticket of a step about an order: opened once, by the deed's key, and due by the parameter <c>ticket.resolve</c> (P15 step 4).</summary>
internal static class OrderTicket
{
    /// <summary>Opens it.</summary>
    /// <param name="scene">The step.</param>
    /// <param name="about">What sort of matter it is, what was said, and the unit that looks into it.</param>
    /// <param name="deed">Who opens it.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    public static async Task Open(StepScene scene, (string Kind, string Said, string Unit) about, Deed deed, CancellationToken cancellationToken) => await new TicketBook(scene.Db).Open(new Ticket
    {
        Id = deed.NewId(), CountyCode = scene.Order.Order.CountyCode, CreatedAt = deed.At, CreatedBy = deed.By, Kind = about.Kind, Subject = "order:" + scene.Order.Order.Id, Reason = about.Said,
        UnitCode = about.Unit, DueAt = (await new Deadlines(scene.Db).Of("ticket.resolve", scene.Order.TownshipCode, deed.At, cancellationToken)).Due, Status = TicketStatus.Open, IdemKey = deed.Key
    }, cancellationToken);
}
