namespace Relief.Flow.Activities.Tickets;

/// <summary>What somebody who calls wants (P15 step 1).</summary>
public enum TicketType
{
    /// <summary>To know something.</summary>
    Consultation,

    /// <summary>Help.</summary>
    HelpRequest,

    /// <summary>That something done to them is looked into.</summary>
    Complaint,

    /// <summary>That something done by others is looked into.</summary>
    Report,

    /// <summary>That a decision or notice is looked at again.</summary>
    Objection,

    /// <summary>To thank.</summary>
    Praise,

    /// <summary>Opened here: many have complained about one supplier.</summary>
    Inspection
}
