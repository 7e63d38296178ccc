namespace Relief.Flow.Workflows.Storage;

/// <summary>The first burst of an instance that starts in the transaction of its records: all of it is kept with the start, or none of it.</summary>
internal static class FirstRun
{
    private const string Savepoint = "first";

    /// <param name="unit">The transaction, with the records in it.</param>
    /// <param name="first">Runs the burst; null to start without.</param>
    /// <param name="start">Writes the start, with what the burst decided or without.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<StartReceipt> Start(
        UnitOfWork unit, Func<UnitOfWork, CancellationToken, Task<BurstCommit?>>? first, Func<BurstCommit?, Task<StartReceipt>> start, CancellationToken cancellationToken)
    {
        if (first is null)
        {
            return await start(null);
        }

        await unit.Transaction.SaveAsync(Savepoint, cancellationToken);
        if (await first(unit, cancellationToken) is { } decided && await start(decided) is { First: not null } receipt)
        {
            return receipt;
        }

        await unit.Transaction.RollbackAsync(Savepoint, cancellationToken);
        return await start(null);
    }
}
