namespace Relief.Flow.Activities.Visits;

/// <summary>The states of a service record; money follows only an accepted one (INV-05).</summary>
public enum RecordStatus
{
    Submitted,
    Accepted,
    Queried,
    Rejected,
    Voided,
    Settled
}
