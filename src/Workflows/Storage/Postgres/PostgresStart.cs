using System.Collections.Immutable;
using Npgsql;

namespace Relief.Flow.Workflows.Storage.Postgres;

/// <summary>Starts instances: one statement for the whole group, one more when a person is concerned.</summary>
internal sealed class PostgresStart(Database database)
{
    /// <summary>An instance to start, and whether a halt of the person lets it pass.</summary>
    internal sealed record Candidate(NewInstance Instance, bool PassesHalt = false);

    public Task<ImmutableArray<StartReceipt>> Start(IReadOnlyList<NewInstance> group, CancellationToken cancellationToken) =>
        database.Repeat(connection => Start(connection, [.. group.Select(instance => new Candidate(instance))], cancellationToken), cancellationToken);

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
        var concerned = group.Any(candidate => candidate.Instance.SubjectId is not null);
        await using var round = new Round(connection);
        if (concerned)
        {
            round.Add("start-locks", new() { ["subjects"] = Value.Of(group.Select(candidate => candidate.Instance.SubjectId)) });
        }

        await round.Add("start", Parameters(group)).Read(
            async reader =>
            {
                if (concerned)
                {
                    await reader.NextResultAsync(cancellationToken);
                }

                while (await reader.ReadAsync(cancellationToken))
                {
                    var instance = instances[reader.GetGuid(0)];
                    if (Receipt(reader, instance) is { } receipt)
                    {
                        settle(instance.Id, receipt);
                    }
                }

                return 0;
            },
            cancellationToken);
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

        if (!row.GetBoolean(9))
        {
            return null;
        }

        var claim = row.IsDBNull(11) ? null : Born(instance, row.GetInt64(11), row.GetInt64(10), row.Time(1));
        return new StartReceipt(StartOutcome.Started, instance.Id, instance.Answer, claim);
    }

    private static Claim Born(NewInstance instance, long token, long mail, DateTimeOffset now) => new()
    {
        InstanceId = instance.Id,
        Token = token,
        Wake = 1,
        Attempts = 1,
        Seq = 0,
        DefinitionId = instance.DefinitionId,
        DefinitionVersionId = instance.DefinitionVersionId,
        DefinitionVersion = instance.DefinitionVersion,
        Mail = [new Mail(mail, MailKind.Start, null, instance.Input, now)],
        Now = now,
        CorrelationId = instance.CorrelationId,
        BusinessKey = instance.BusinessKey,
        SubjectId = instance.SubjectId,
        Parent = instance.Parent
    };

    private static Dictionary<string, Value> Parameters(IReadOnlyList<Candidate> group)
    {
        var of = new Columns<Candidate>(group);
        return new()
        {
            ["ids"] = of.Uuid(row => row.Instance.Id),
            ["definition_ids"] = of.Text(row => row.Instance.DefinitionId),
            ["versions"] = of.Int(row => row.Instance.DefinitionVersion),
            ["version_ids"] = of.Text(row => row.Instance.DefinitionVersionId),
            ["correlations"] = of.Text(row => row.Instance.CorrelationId),
            ["business_keys"] = of.Text(row => row.Instance.BusinessKey),
            ["subjects"] = of.Text(row => row.Instance.SubjectId),
            ["parents"] = of.Uuid(row => row.Instance.Parent?.InstanceId),
            ["parent_bookmarks"] = of.Uuid(row => row.Instance.Parent?.BookmarkId),
            ["started_by"] = of.Text(row => row.Instance.StartedBy),
            ["inputs"] = of.Json(row => Value.Raw(row.Instance.Input)),
            ["scopes"] = of.Text(row => row.Instance.Key?.Scope),
            ["keys"] = of.Text(row => row.Instance.Key?.Key),
            ["hashes"] = of.Text(row => row.Instance.Key?.RequestHash),
            ["answer_statuses"] = of.Int(row => row.Instance.Answer?.Status),
            ["answer_bodies"] = of.Text(row => row.Instance.Answer?.Body),
            ["nodes"] = of.Int(row => row.Instance.ClaimFor),
            ["passes"] = of.Bool(row => row.PassesHalt),
            ["lease"] = Value.Of(Database.Lease)
        };
    }
}
