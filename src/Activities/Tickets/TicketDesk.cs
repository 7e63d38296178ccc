using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Areas;
using Relief.Flow.Activities.Audit;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Organisations;
using Relief.Flow.Activities.Parameters;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Tickets;

/// <summary>Keeps what happens to tickets of hotlines from the call to the answer (P15); the whole chain with its times stands in the ticket's audit trail.</summary>
public sealed class TicketDesk(ReliefDbContext context)
{
    // Only these look into tickets; what works beside them is never sent any.
    private static readonly OrganisationKind[] Units = [OrganisationKind.CountyBureau, OrganisationKind.Township];

    /// <summary>The chain of a ticket.</summary>
    public static string Chain(string ticketId) => "ticket:" + ticketId;

    /// <summary>The start of a ticket's way through the hotline.</summary>
    /// <param name="instanceId">The same for every repeat.</param>
    /// <param name="ticketId">The ticket.</param>
    public static ChildStart StartOf(Guid instanceId, string ticketId) => new(instanceId, "procedure.hotline", Answer.Json(new { ticketId }), Chain(ticketId), Chain(ticketId));

    /// <summary>How people call a ticket among themselves.</summary>
    public static string Short(string ticketId) => ticketId[^Math.Min(ticketId.Length, 8)..];

    /// <summary>A ticket, or none.</summary>
    public Task<Ticket?> Find(string id, CancellationToken cancellationToken) => context.Set<Ticket>().FirstOrDefaultAsync(row => row.Id == id, cancellationToken);

    /// <summary>A ticket that must be there.</summary>
    public async Task<Ticket> Get(string id, CancellationToken cancellationToken) =>
        await Find(id, cancellationToken) ?? throw new InvalidOperationException($"There is no ticket {id}.");

    /// <summary>The ticket with a code, or none.</summary>
    public Task<Ticket?> ByCode(string code, CancellationToken cancellationToken) => context.Set<Ticket>().FirstOrDefaultAsync(row => row.Code == code, cancellationToken);

    /// <summary>Takes a ticket once per key. It goes to the township, or where the conflict rule sends it.</summary>
    public async Task<Ticket> Take(TicketEntry entry, Deed deed, CancellationToken cancellationToken)
    {
        await context.LockWord("ticket:" + deed.Key, cancellationToken);
        if (await context.Set<Ticket>().FirstOrDefaultAsync(row => row.IdemKey == deed.Key, cancellationToken) is { } known)
            return known;
        var township = entry.ParentId is null ? await Free(entry, cancellationToken) : null;   // what is opened again, the county looks into
        var ticket = new Ticket
        {
            Id = deed.Key, CountyCode = entry.CountyCode, CreatedAt = deed.At, CreatedBy = deed.By, Kind = "hotline." + entry.Type, Subject = SubjectOf(entry), Reason = entry.Wording,
            UnitCode = township ?? entry.CountyCode, TownshipCode = township, DueAt = await DueOf(entry.CountyCode, deed.At, entry.ExternalDue, cancellationToken), Status = TicketStatus.Open,
            IdemKey = deed.Key, Channel = entry.Channel, Type = entry.Type, ComplainantRef = entry.ComplainantRef, Code = entry.Code,
            PlaceCode = entry.PlaceCode, LifeRisk = entry.LifeRisk, AboutStaffId = entry.AboutStaffId, AboutUnitId = entry.AboutUnitId, AboutSupplierId = entry.AboutSupplierId,
            ExternalId = entry.ExternalId, ExternalDue = entry.ExternalDue, Recording = entry.Recording, ParentId = entry.ParentId
        };
        await context.Insert(ticket, cancellationToken);
        await Audit(ticket, "TicketTaken", new { ticket.Channel, ticket.Type, ticket.LifeRisk, ticket.ExternalId, ticket.ParentId, isNamed = ticket.ComplainantRef is not null }, deed, cancellationToken);
        return ticket;
    }

    /// <summary>Whether a unit is what the ticket is about, or employs whom it is about: then it never gets it.</summary>
    public async Task<bool> IsAbout(Ticket ticket, string unitCode, CancellationToken cancellationToken) =>
        (await Concerned(ticket.AboutUnitId, ticket.AboutStaffId, cancellationToken)).Contains(unitCode);

    /// <summary>Sends the ticket to a township, or to the county when none is named.</summary>
    public Task<Ticket> Transfer(string id, string? township, Deed deed, CancellationToken cancellationToken) => Change(id, ("TicketTransferred", new { township }), ticket => ticket with
    {
        UnitCode = township ?? ticket.CountyCode, TownshipCode = township, TransferredAt = deed.At, AcceptedAt = null, AcceptedBy = null
    }, deed, cancellationToken);

    /// <summary>The unit has taken it.</summary>
    public Task<Ticket> Accept(string id, Deed deed, CancellationToken cancellationToken) =>
        Change(id, ("TicketAccepted", null), ticket => ticket with { AcceptedAt = deed.At, AcceptedBy = deed.By }, deed, cancellationToken);

    /// <summary>The unit says that it is not theirs.</summary>
    public Task<Ticket> Wrong(string id, string reason, Deed deed, CancellationToken cancellationToken) =>
        Change(id, ("WrongUnit", new { reason }), ticket => ticket with { Reroutes = ticket.Reroutes + 1 }, deed, cancellationToken);

    /// <summary>Grants the one extension: as long again, from now.</summary>
    public async Task<Ticket> Extend(string id, string reason, Deed deed, CancellationToken cancellationToken)
    {
        // The end that another hotline has set is not ours to move.
        var known = await Get(id, cancellationToken);
        var due = await DueOf(known.CountyCode, deed.At, known.ExternalDue > deed.At ? known.ExternalDue : null, cancellationToken);
        return await Change(id, ("TicketExtended", new { reason, due }), ticket => ticket with { DueAt = due, ExtendedAt = deed.At, ExtensionReason = reason }, deed, cancellationToken);
    }

    /// <summary>What the unit has found and done; a reviewer closes it.</summary>
    public Task<Ticket> Resolve(string id, (string Finding, string Measures, string Answer) found, Deed deed, CancellationToken cancellationToken) => Change(
        id, ("TicketResolved", new { found.Finding, found.Measures }), ticket => ticket with { Finding = found.Finding, Measures = found.Measures, Answer = found.Answer, FoundBy = deed.By }, deed, cancellationToken);

    /// <summary>Closes the ticket for good with what was found; from now on nothing of it changes.</summary>
    public Task<Ticket> Close(string id, Deed deed, CancellationToken cancellationToken) => Change(id, ("TicketSettled", null), ticket => ticket with
    {
        Status = TicketStatus.Settled, Outcome = ticket.Finding, SettledBy = deed.By, SettledAt = deed.At
    }, deed, cancellationToken);

    /// <summary>The tickets of a kind that many make: complaints about the supplier of this one within the time of the policy. Null below the number of the policy, or when it is being inspected.</summary>
    public async Task<IReadOnlyList<string>?> Many(Ticket ticket, CancellationToken cancellationToken)
    {
        if (ticket is not { AboutSupplierId: { } supplier, Type: TicketType.Complaint or TicketType.Report })
            return null;
        await context.LockWord("complaints:" + supplier, cancellationToken);
        var (day, parameters) = (ChinaTime.DayOf(ticket.CreatedAt), new ParameterQueries(context));
        var since = ticket.CreatedAt.AddDays(-await parameters.Whole("ticket.mass.span", ticket.CountyCode, day, cancellationToken));
        var about = await context.Set<Ticket>().Where(row => row.AboutSupplierId == supplier && row.CountyCode == ticket.CountyCode && row.CreatedAt > since)
            .OrderBy(row => row.CreatedAt).Select(row => new { row.Id, row.Type, row.ParentId, row.Status }).ToListAsync(cancellationToken);
        var complaints = about.Where(row => row.Type is TicketType.Complaint or TicketType.Report && row.ParentId is null).Select(row => row.Id).ToList();
        return complaints.Count >= await parameters.Whole("ticket.mass", ticket.CountyCode, day, cancellationToken) && !about.Exists(row => row.Type == TicketType.Inspection) ? complaints : null;
    }

    /// <summary>Why a ticket cannot be opened again: notSettled, tooLate or openedAgain; null when it can.</summary>
    public async Task<string?> Closed(Ticket ticket, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (ticket is not { Status: TicketStatus.Settled, Type: not null, SettledAt: { } settled })
            return "notSettled";
        if ((await new Deadlines(context).Of("ticket.reopen", ticket.CountyCode, settled, cancellationToken)).Due < now)
            return "tooLate";
        return await context.Set<Ticket>().AnyAsync(row => row.ParentId == ticket.Id, cancellationToken) ? "openedAgain" : null;
    }

    /// <summary>How many other tickets the same person has handed in.</summary>
    public Task<int> Earlier(Ticket ticket, CancellationToken cancellationToken) => ticket.ComplainantRef is not { } who
        ? Task.FromResult(0)
        : context.Set<Ticket>().CountAsync(row => row.ComplainantRef == who && row.CountyCode == ticket.CountyCode && row.Id != ticket.Id && row.CreatedAt <= ticket.CreatedAt, cancellationToken);

    private async Task<string?> Free(TicketEntry entry, CancellationToken cancellationToken)
    {
        var township = await new AreaQueries(context).TownshipOf(entry.PlaceCode, cancellationToken);
        return entry.Type == TicketType.Inspection || (await Concerned(entry.AboutUnitId, entry.AboutStaffId, cancellationToken)).Contains(township) ? null : township;
    }

    private async Task<IReadOnlyList<string>> Concerned(string? unitId, string? staffId, CancellationToken cancellationToken)
    {
        var employer = staffId is null ? null : (await new StaffQueries(context).Find(staffId, cancellationToken))?.UnitId;
        return await context.Set<Organisation>().Where(row => (row.Id == unitId || row.Id == employer) && Units.Contains(row.Kind)).Select(row => row.AreaCode).ToListAsync(cancellationToken);
    }

    private async Task<DateTimeOffset> DueOf(string countyCode, DateTimeOffset from, DateTimeOffset? external, CancellationToken cancellationToken)
    {
        var due = (await new Deadlines(context).Of("ticket.resolve", countyCode, from, cancellationToken)).Due;
        return external < due ? external.Value : due;
    }

    private static string SubjectOf(TicketEntry entry) => entry switch
    {
        { AboutStaffId: { } staff } => "staff:" + staff,
        { AboutSupplierId: { } supplier } => "supplier:" + supplier,
        { AboutUnitId: { } unit } => "unit:" + unit,
        _ => "area:" + entry.PlaceCode
    };

    private async Task<Ticket> Change(string id, (string What, object? Detail) said, Func<Ticket, Ticket> change, Deed deed, CancellationToken cancellationToken)
    {
        await context.Lock<Ticket>(id, cancellationToken);
        var changed = change(await Get(id, cancellationToken));
        await context.Replace(changed, cancellationToken);
        await Audit(changed, said.What, said.Detail, deed, cancellationToken);
        return changed;
    }

    private Task Audit(Ticket ticket, string what, object? detail, Deed deed, CancellationToken cancellationToken) =>
        context.Audit(Chain(ticket.Id), new AuditDetail(what, detail), deed, cancellationToken);
}
