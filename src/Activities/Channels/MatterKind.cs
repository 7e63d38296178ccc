namespace Relief.Flow.Activities.Channels;

/// <summary>What a channel's matter became here.</summary>
public enum MatterKind
{
    Application,
    Request,
    Ticket,
    Call
}
