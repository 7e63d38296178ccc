namespace Relief.Flow.Activities.Visits;

/// <summary>What became of a service record.</summary>
public abstract record RecordResult
{
    /// <summary>It is kept or decided.</summary>
    /// <param name="RecordId">The record.</param>
    /// <param name="Flags">What a person must look at; none means clean.</param>
    public sealed record Done(string RecordId, IReadOnlyList<string> Flags) : RecordResult;

    /// <summary>It cannot be: EndsBeforeStart, InTheFuture, ItemNotOrdered, OrderNotActive, TooLate, Overlap, AfterPause, RecordKnown, MoneyReturned.</summary>
    /// <param name="Reason">Why.</param>
    public sealed record Invalid(string Reason) : RecordResult;

    /// <summary>The state does not allow it.</summary>
    /// <param name="Status">The state it is in.</param>
    public sealed record WrongState(RecordStatus Status) : RecordResult;

    /// <summary>There is nothing under that id.</summary>
    public sealed record Unknown : RecordResult;
}
