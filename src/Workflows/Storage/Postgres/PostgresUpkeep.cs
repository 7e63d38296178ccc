using Npgsql;

namespace Relief.Flow.Workflows.Storage.Postgres;

/// <summary>Clock, agenda, heartbeats, stored answers, sweeping and the self-check.</summary>
internal sealed class PostgresUpkeep(Database database)
{
    public Task<FlowClock> ReadClock(CancellationToken cancellationToken) => One(
        "clock-read", [], row => new FlowClock(row.Time(0), row.GetBoolean(1)), cancellationToken);

    public Task SetClock(DateTimeOffset manual, CancellationToken cancellationToken) =>
        database.Run("clock-set", new() { ["manual"] = Value.Of(manual) }, cancellationToken);

    public Task<Agenda> ReadAgenda(CancellationToken cancellationToken) => One(
        "agenda",
        [],
        row => new Agenda(row.IsDBNull(0) ? null : row.Time(0), row.GetInt32(1), row.GetInt32(2), row.GetInt32(3)),
        cancellationToken);

    public Task Beat(NodeBeat beat, CancellationToken cancellationToken) =>
        database.Run("beat", new() { ["node"] = Value.Of(beat.NodeId), ["version"] = Value.Of(beat.Version), ["first"] = Value.Of(beat.IsFirst) }, cancellationToken);

    public Task<IdempotentAnswer> Remember(IdempotencyKey key, StoredAnswer? answer, CancellationToken cancellationToken) => database.Ask(
        "remember",
        new()
        {
            ["scope"] = Value.Of(key.Scope),
            ["key"] = Value.Of(key.Key),
            ["hash"] = Value.Of(key.RequestHash),
            ["status"] = Value.Of(answer?.Status),
            ["body"] = Value.Of(answer?.Body)
        },
        async reader =>
        {
            var isNew = await reader.ReadAsync(cancellationToken) && !reader.IsDBNull(0) && reader.GetBoolean(0);
            await reader.NextResultAsync(cancellationToken);
            if (!await reader.ReadAsync(cancellationToken))
            {
                return new IdempotentAnswer(true, true, null);
            }

            var stored = reader.IsDBNull(1) ? null : new StoredAnswer(reader.GetInt32(1), reader.GetString(2));
            return new IdempotentAnswer(isNew, reader.GetBoolean(0), reader.GetBoolean(0) ? stored : null);
        },
        cancellationToken);

    public async Task<int> Sweep(CancellationToken cancellationToken)
    {
        await MakeJournalMonths(cancellationToken);
        return await One("sweep", [], row => row.GetInt32(0), cancellationToken);
    }

    /// <summary>This month's partition of the journal and the next two; harmless when they are there.</summary>
    public async Task MakeJournalMonths(CancellationToken cancellationToken)
    {
        await using var command = database.Source.CreateCommand(Sql.Text("journal-months"));
        try
        {
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (PostgresException race) when (race.SqlState is PostgresErrorCodes.DuplicateTable or PostgresErrorCodes.CheckViolation or PostgresErrorCodes.DeadlockDetected)
        {
            // Another node made it, or a burst was quicker: the default partition takes the rows, and the next sweep looks again.
        }
    }

    private Task<T> One<T>(string deed, Dictionary<string, Value> values, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken) => database.Ask(
        deed,
        values,
        async reader =>
        {
            await reader.ReadAsync(cancellationToken);
            return read(reader);
        },
        cancellationToken);
}
