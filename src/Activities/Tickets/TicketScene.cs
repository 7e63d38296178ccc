using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Tickets;

/// <summary>What a step of a ticket works with.</summary>
/// <param name="Db">The records, in the transaction of the burst.</param>
/// <param name="Ticket">The ticket as it stands.</param>
/// <param name="Context">Time and keys of this run.</param>
public sealed record TicketScene(ReliefDbContext Db, Ticket Ticket, ActivityContext Context)
{
    /// <summary>What notices may say: the ticket's number.</summary>
    public object Reference => new { ticket = TicketDesk.Short(Ticket.Id) };

    /// <summary>The audience of the unit's notices.</summary>
    public string Audience => Ticket.TownshipCode is null ? "K" : "C";

    /// <summary>True when it is about the county's own bureau or its people: then the leading group looks into it.</summary>
    public required bool IsAboutCounty { get; init; }

    /// <summary>Who of the unit looks into it.</summary>
    public string Role => Ticket.TownshipCode is not null ? ReliefRoles.ReliefClerk : IsAboutCounty ? ReliefRoles.LeadingGroup : ReliefRoles.CountyOfficer;

    /// <summary>Who of the unit closes it.</summary>
    public string Reviewer => Ticket.TownshipCode is not null ? ReliefRoles.TownshipReviewer : Role;

    /// <summary>What the unit may know: never who complained (protection from retaliation).</summary>
    public object Shown => new { said = Ticket.Reason, place = Ticket.PlaceCode, subject = Ticket.Subject, Ticket.LifeRisk, opensAgain = Ticket.ParentId, Ticket.DueAt };

    /// <summary>Who may never answer: whom it is about.</summary>
    public IReadOnlyList<string> Concerned => Ticket.AboutStaffId is { } staff ? [staff] : [];

    /// <summary>A notice to who complained; to nobody when no name was given: the code answers them.</summary>
    public Message[] ToComplainant(string template, object data) => Ticket.ComplainantRef is { } who ? [Tell.Person(template, "A", who, data)] : [];

    /// <summary>A notice to the unit that has it.</summary>
    public Message ToUnit(string template) => Tell.Unit(template, Audience, Ticket.UnitCode, Reference);

    /// <summary>A notice to the county.</summary>
    public Message ToCounty(string template) => Tell.Unit(template, "K", Ticket.CountyCode, Reference);
}
