using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Organisations;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Activities.Suppliers;

namespace Relief.Flow.Activities.Tickets;

/// <summary>Opens, settles and reads tickets.</summary>
public sealed class TicketBook(ReliefDbContext context)
{
    /// <summary>Opens a ticket once per key.</summary>
    public async Task<Ticket> Open(Ticket ticket, CancellationToken cancellationToken)
    {
        await context.LockWord("ticket:" + ticket.IdemKey, cancellationToken);
        if (await context.Set<Ticket>().FirstOrDefaultAsync(row => row.IdemKey == ticket.IdemKey, cancellationToken) is { } known)
            return known;
        await context.Insert(ticket, cancellationToken);
        return ticket;
    }

    /// <summary>Settles the ticket opened with a key; false when it is settled already.</summary>
    public async Task<bool> Settle(string idemKey, string outcome, string measures, Deed deed, CancellationToken cancellationToken)
    {
        var ticket = await context.Set<Ticket>().SingleAsync(row => row.IdemKey == idemKey, cancellationToken);
        if (ticket.Status == TicketStatus.Settled)
            return false;
        await context.Replace(ticket with { Status = TicketStatus.Settled, Outcome = outcome, Measures = measures, SettledBy = deed.By, SettledAt = deed.At }, cancellationToken);
        return true;
    }

    /// <summary>Which of the three that a ticket may be about are not in the registers, each with its field.</summary>
    public async Task<IReadOnlyList<(string Field, string Id)>> Unknown(string? staffId, string? unitId, string? supplierId, CancellationToken cancellationToken)
    {
        List<(string Field, string Id)> unknown = [];
        if (staffId is not null && !await context.Holds<StaffMember>(staffId, cancellationToken))
            unknown.Add(("aboutStaffId", staffId));
        if (unitId is not null && !await context.Holds<Organisation>(unitId, cancellationToken))
            unknown.Add(("aboutUnitId", unitId));
        if (supplierId is not null && !await context.Holds<Supplier>(supplierId, cancellationToken))
            unknown.Add(("aboutSupplierId", supplierId));
        return unknown;
    }

    /// <summary>A county's tickets, newest first; only the open ones when asked.</summary>
    public async Task<IReadOnlyList<Ticket>> Of(string countyCode, bool isOpen, CancellationToken cancellationToken) =>
        await context.Set<Ticket>().Where(row => row.CountyCode == countyCode && (!isOpen || row.Status == TicketStatus.Open))
            .OrderByDescending(row => row.CreatedAt).ThenBy(row => row.Id).ToListAsync(cancellationToken);
}
