using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Workflows.Runtime;

/// <summary>Changes outside any instance that note when they happened.</summary>
internal static class StoreMoments
{
    /// <summary>Changes records in one transaction, with business time as it stood before.</summary>
    public static async Task<T> ChangeNow<T>(this IFlowStore store, Func<UnitOfWork, DateTimeOffset, Task<T>> change, CancellationToken cancellationToken)
    {
        var now = (await store.ReadClock(cancellationToken)).Now;
        return await store.Change((unit, _) => change(unit, now), cancellationToken);
    }
}
