using Relief.Flow.Activities.Adapters;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Tickets;

/// <summary>What goes back to the hotline or petition platform that handed a ticket on: progress while it is worked on, and the reply by its own deadline (S19, S20).</summary>
/// <remarks>Progress is told where there is an address and is nobody's work otherwise; a reply is sent again until it is taken, or a person gives it by hand with proof.</remarks>
internal static class TicketReport
{
    private const string LegalBasis = "政务服务热线与信访事项办理的法定职责";

    /// <summary>The system that a ticket came from; null when it came by another way.</summary>
    public static string? AdapterOf(Ticket ticket) => ticket.ExternalId is null ? null : ticket.Channel switch
    {
        "12345" => Adapter.Hotline12345,
        "petition" => Adapter.Petition,
        _ => null
    };

    /// <summary>Tells how far it is.</summary>
    public static Task<Message[]> Progress(TicketScene scene, Ticket ticket, string status, CancellationToken cancellationToken) =>
        Send(scene, ticket, ("Progress", "progress", new { orderNo = ticket.ExternalId, status, at = scene.Context.Now }), cancellationToken);

    /// <summary>Gives the reply: to its system, or to the hotline here that knows its number.</summary>
    public static async Task<Message[]> Reply(TicketScene scene, Ticket closed, CancellationToken cancellationToken)
    {
        if (AdapterOf(closed) is not null)
            return await Send(scene, closed, ("Reply", "replies", new { orderNo = closed.ExternalId, outcome = closed.Outcome, answer = closed.Answer, at = scene.Context.Now }), cancellationToken);
        return closed.ExternalId is { } order ? [Tell.Unit("ticket.answered", "H", closed.CountyCode, new { order, code = closed.Code })] : [];
    }

    private static async Task<Message[]> Send(TicketScene scene, Ticket ticket, (string Operation, string Path, object Body) said, CancellationToken cancellationToken)
    {
        if (AdapterOf(ticket) is not { } adapter)
            return [];
        var entry = new ExchangeEntry(adapter, said.Operation, TicketDesk.Chain(ticket.Id), ExchangeEntry.Of(said.Body))
        {
            CountyCode = ticket.CountyCode, LegalBasis = LegalBasis, Path = said.Path, IsMirror = said.Operation == "Progress", DueAt = said.Operation == "Reply" ? ticket.ExternalDue : null
        };
        return [await new ExchangeBook(scene.Db).Send(entry, scene.Context.DeedOf(said.Operation), cancellationToken)];
    }
}
