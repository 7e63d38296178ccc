namespace Relief.Flow.Activities.Tickets;

/// <summary>Whether a ticket is settled.</summary>
public enum TicketStatus
{
    Open,
    Settled
}
