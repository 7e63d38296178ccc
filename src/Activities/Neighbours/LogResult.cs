namespace Relief.Flow.Activities.Neighbours;

/// <summary>What became of a log.</summary>
public abstract record LogResult
{
    /// <summary>It is kept, now or by the first call with the same key.</summary>
    /// <param name="Log">The log.</param>
    public sealed record Done(NeighbourLog Log) : LogResult;

    /// <summary>It cannot be: NotPaired, NotCertified, InTheFuture, NoContent, RecorderIsHelper, YearFrozen, UnknownLog, NotRecorded.</summary>
    /// <param name="Reason">Why.</param>
    public sealed record Refused(string Reason) : LogResult;
}
