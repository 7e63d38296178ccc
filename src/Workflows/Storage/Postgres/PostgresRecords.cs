using Npgsql;

namespace Relief.Flow.Workflows.Storage.Postgres;

/// <summary>Transactions that carry records of the relief activities (1.17).</summary>
internal sealed class PostgresRecords(Database database)
{
    private const string Savepoint = "records";

    /// <summary>The fence first, then the activity in a savepoint, then the burst, one transaction.</summary>
    public async Task<CommitReceipt> Commit(
        Claim claim, Func<RecordsScope, CancellationToken, Task<BurstCommit>> burst, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await CommitOnce(claim, burst, cancellationToken);
            }
            catch (Exception failed) when (Server(failed) is { } server)
            {
                if (server.SqlState == PostgresCommit.Fenced)
                {
                    return new CommitReceipt(CommitOutcome.Fenced, claim.InstanceId);
                }

                if (Database.IsConflict(server) && attempt < Database.Attempts)
                {
                    continue;
                }

                if (Database.IsConflict(server) || PostgresCommit.IsData(server))
                {
                    return new CommitReceipt(CommitOutcome.Refused, claim.InstanceId, Reason: PostgresCommit.Reason(server));
                }

                throw;
            }
        }
    }

    public async Task<T> Change<T>(Func<UnitOfWork, CancellationToken, Task<T>> change, CancellationToken cancellationToken)
    {
        await using var connection = await database.Source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var result = await change(new UnitOfWork(connection, transaction), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return result;
    }

    /// <summary>Records and the start that belongs to them, one transaction.</summary>
    public async Task<StartReceipt?> Start(
        NewInstance start, Func<UnitOfWork, CancellationToken, Task<bool>> records, Func<UnitOfWork, CancellationToken, Task<BurstCommit?>>? first, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await Change(
                    async (unit, token) => await records(unit, token)
                        ? await FirstRun.Start(unit, first, async decided => (await PostgresStart.Start(
                            (NpgsqlConnection)unit.Connection, [new PostgresStart.Candidate(start with { First = decided })], token))[0], token)
                        : null,
                    cancellationToken);
            }
            catch (Exception failed) when (first is not null && Server(failed) is { } server && PostgresCommit.IsData(server))
            {
                // Something that the first burst decided cannot be stored: again without it.
                first = null;
            }
            catch (Exception failed) when (attempt < Database.Attempts && Server(failed) is { } server && Database.IsConflict(server))
            {
                // A deadlock or serialization failure: nothing was written; again from the beginning, and without the first burst, so that what it met holds up no start.
                first = null;
            }
        }
    }

    private async Task<CommitReceipt> CommitOnce(
        Claim claim, Func<RecordsScope, CancellationToken, Task<BurstCommit>> burst, CancellationToken cancellationToken)
    {
        await using var connection = await database.Source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using (var fence = new Round(connection))
        {
            CommitRound.Fence(fence, [claim]);
            await fence.Run(cancellationToken);
        }

        await transaction.SaveAsync(Savepoint, cancellationToken);
        var scope = new RecordsScope(new UnitOfWork(connection, transaction), token => transaction.RollbackAsync(Savepoint, token));
        var decided = await burst(scope, cancellationToken);

        var commit = new CommitRound([decided]);
        await using var round = new Round(connection);
        commit.LockEvents(round);
        commit.Write(round);
        var receipts = await round.Read(reader => commit.Receipts(reader, cancellationToken), cancellationToken);
        try
        {
            await transaction.CommitAsync(cancellationToken);
        }
        catch (Exception broken) when (PostgresCommit.IsUnknown(broken))
        {
            return (await new PostgresCommit(database).Reread([decided], CancellationToken.None))?[0]
                ?? throw new NpgsqlException("The connection broke; the commit was not carried out.", broken);
        }

        return receipts[0];
    }

    /// <summary>The server's own answer, however deep the record mapper has wrapped it.</summary>
    private static PostgresException? Server(Exception? failed)
    {
        for (; failed is not null; failed = failed.InnerException)
        {
            if (failed is PostgresException server)
            {
                return server;
            }
        }

        return null;
    }
}
