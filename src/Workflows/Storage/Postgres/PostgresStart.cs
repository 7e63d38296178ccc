using System.Collections.Immutable;
using Npgsql;
using Relief.Flow.Workflows.Kernel;

namespace Relief.Flow.Workflows.Storage.Postgres;

/// <summary>Starts instances: one statement for the whole group, more when a person is concerned or first bursts left something to wait for.</summary>
internal sealed class PostgresStart(Database database)
{
    /// <summary>An instance to start, and whether a halt of the person lets it pass.</summary>
    internal sealed record Candidate(NewInstance Instance, bool PassesHalt = false);

    public async Task<ImmutableArray<StartReceipt>> Start(IReadOnlyList<NewInstance> group, CancellationToken cancellationToken)
    {
        try
        {
            return await Send(group, cancellationToken);
        }
        catch (Exception refused) when (PostgresCommit.IsData(refused) && group.Any(instance => instance.First is not null))
        {
            // Something that a first burst decided cannot be stored. All start without theirs; the one that fails again alone is refused then (rule 7).
            return await Send([.. group.Select(instance => instance with { First = null })], cancellationToken);
        }
    }

    private Task<ImmutableArray<StartReceipt>> Send(IReadOnlyList<NewInstance> group, CancellationToken cancellationToken) =>
        database.Repeat(connection => Start(connection, [.. group.Select(instance => new Candidate(instance))], cancellationToken), cancellationToken);

    /// <summary>True when somebody must look for work: an unclaimed start, an event that was there already, a message to relay.</summary>
    public static bool MadeWork(StartReceipt receipt, NewInstance started) => receipt switch
    {
        { Outcome: not StartOutcome.Started } => false,
        { First: { } first } => first.MoreMail || !started.First!.Outbox.IsEmpty || (receipt.Claim is null && started.First.Status == InstanceStatus.Running),
        _ => receipt.Claim is null
    };

    /// <summary>Starts on a connection of the caller's, in its transaction if it has one.</summary>
    public static async Task<ImmutableArray<StartReceipt>> Start(NpgsqlConnection connection, IReadOnlyList<Candidate> group, CancellationToken cancellationToken)
    {
        var receipts = new StartReceipt?[group.Count];
        // A key that another transaction was writing is visible only to the next statement, hence more than one turn.
        for (var turn = 0; turn <= Database.Attempts; turn++)
        {
            var open = Open(group, receipts);
            if (open.Count == 0)
            {
                break;
            }

            await Send(connection, [.. open.Select(place => group[place])], (id, receipt) => receipts[open.First(place => group[place].Instance.Id == id)] = receipt, cancellationToken);
        }

        return [.. receipts.Select((receipt, place) => receipt ?? new StartReceipt(StartOutcome.Exists, group[place].Instance.Id))];
    }

    /// <summary>The places without a receipt, each instance id once: one statement cannot start the same id twice.</summary>
    private static List<int> Open(IReadOnlyList<Candidate> group, StartReceipt?[] receipts)
    {
        var ids = new HashSet<Guid>();
        return [.. Enumerable.Range(0, group.Count).Where(place => receipts[place] is null && ids.Add(group[place].Instance.Id))];
    }

    private static async Task Send(
        NpgsqlConnection connection, IReadOnlyList<Candidate> group, Action<Guid, StartReceipt> settle, CancellationToken cancellationToken)
    {
        var instances = group.ToDictionary(candidate => candidate.Instance.Id, candidate => candidate.Instance);
        var firsts = new CommitRound([.. group.Select(candidate => candidate.Instance.First).OfType<BurstCommit>()]);
        await using var round = new Round(connection);
        if (group.Any(candidate => candidate.Instance.SubjectId is not null))
        {
            round.Add("start-locks", new() { ["subjects"] = Value.Of(group.Select(candidate => candidate.Instance.SubjectId)) });
        }

        if (group.Any(candidate => candidate.Instance.ActivationKey is not null))
        {
            round.Add("start-activations", new() { ["keys"] = Value.Of(group.Select(candidate => candidate.Instance.ActivationKey)) });
        }

        firsts.LockFirst(round);
        round.Add("start", StartColumns.Of(group));
        firsts.WriteFirst(round);
        foreach (var (asked, receipt) in await round.Read(reader => Receipts(reader, instances, cancellationToken), cancellationToken))
        {
            settle(asked, receipt);
        }
    }

    /// <summary>The receipts by the id that was asked for: a repeat names the instance that was started first.</summary>
    private static async Task<Dictionary<Guid, StartReceipt>> Receipts(
        NpgsqlDataReader reader, Dictionary<Guid, NewInstance> instances, CancellationToken cancellationToken)
    {
        var receipts = new Dictionary<Guid, StartReceipt>();
        do
        {
            var answer = reader.FieldCount > 0 ? reader.GetName(0) : "";
            while (answer is "started" or "called" && await reader.ReadAsync(cancellationToken))
            {
                var id = reader.GetGuid(0);
                if (answer == "started" && Receipt(reader, instances[id]) is { } receipt)
                {
                    receipts.Add(id, receipt);
                }
                else if (answer == "called" && receipts.GetValueOrDefault(id) is { First: { } first } started)
                {
                    receipts[id] = started with { First = first with { MoreMail = true } };
                }
            }
        }
        while (await reader.NextResultAsync(cancellationToken));
        return receipts;
    }

    /// <summary>Null when a transaction beside this one was faster and must be read again.</summary>
    private static StartReceipt? Receipt(NpgsqlDataReader row, NewInstance instance)
    {
        if (row.GetBoolean(4))
        {
            var answer = row.IsDBNull(6) ? null : new StoredAnswer(row.GetInt32(6), row.GetString(7));
            return row.GetBoolean(5)
                ? new StartReceipt(StartOutcome.Repeated, row.Uuid(8) ?? instance.Id, answer)
                : new StartReceipt(StartOutcome.KeyReused, row.Uuid(8) ?? instance.Id);
        }

        if (row.GetBoolean(3))
        {
            return new StartReceipt(StartOutcome.Exists, instance.Id);
        }

        if (row.GetBoolean(2))
        {
            return new StartReceipt(StartOutcome.Halted, instance.Id);
        }

        if (row.Uuid(12) is { } running)
        {
            return new StartReceipt(StartOutcome.NotActivated, running);
        }

        if (!row.GetBoolean(9))
        {
            return null;
        }

        long? token = row.IsDBNull(11) ? null : row.GetInt64(11);
        return instance.First is { } first
            ? new StartReceipt(
                StartOutcome.Started, instance.Id, instance.Answer, token is { } kept ? (first.Claim with { Token = kept }).After(first, first.At) : null,
                new CommitReceipt(CommitOutcome.Committed, instance.Id, 1))
            : new StartReceipt(StartOutcome.Started, instance.Id, instance.Answer, token is { } taken ? instance.FirstClaim(taken, row.GetInt64(10), row.Time(1)) : null);
    }
}
