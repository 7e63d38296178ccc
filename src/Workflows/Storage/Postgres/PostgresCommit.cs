using System.Collections.Immutable;
using Npgsql;

namespace Relief.Flow.Workflows.Storage.Postgres;

/// <summary>Writes a group of bursts in one transaction and one round trip (rules 3 and 7).</summary>
/// <remarks>
/// Optimistic: the fence refuses the whole group when one burst is not current, which is rare; those are then left out and the rest is
/// sent again. So the statements behind the fence carry no checks of their own.
/// </remarks>
internal sealed class PostgresCommit(Database database)
{
    /// <summary>The code that the database function <c>fence</c> raises.</summary>
    public const string Fenced = "FL001";

    public async Task<ImmutableArray<CommitReceipt>> Commit(IReadOnlyList<BurstCommit> group, CancellationToken cancellationToken)
    {
        var receipts = new List<CommitReceipt>(group.Count);
        var open = group;
        while (open.Count > 0)
        {
            try
            {
                receipts.AddRange(await Send(open, cancellationToken));
                break;
            }
            catch (PostgresException refused) when (refused.SqlState == Fenced)
            {
                var fenced = await NotCurrent(open, cancellationToken);
                receipts.AddRange(open.Where(burst => fenced.Contains(burst.Claim.InstanceId)).Select(burst => new CommitReceipt(CommitOutcome.Fenced, burst.Claim.InstanceId)));
                open = [.. open.Where(burst => !fenced.Contains(burst.Claim.InstanceId))];
            }
            catch (Exception refused) when (IsData(refused))
            {
                receipts.AddRange(await OneByOne(open, refused, cancellationToken));
                break;
            }
        }

        var byId = receipts.ToDictionary(receipt => receipt.InstanceId);
        return [.. group.Select(burst => byId[burst.Claim.InstanceId])];
    }

    /// <summary>Rule 7: one bad burst must not hold up the others.</summary>
    private async Task<IEnumerable<CommitReceipt>> OneByOne(IReadOnlyList<BurstCommit> group, Exception refused, CancellationToken cancellationToken)
    {
        if (group.Count == 1)
        {
            return [new CommitReceipt(CommitOutcome.Refused, group[0].Claim.InstanceId, Reason: Reason(refused))];
        }

        var receipts = new List<CommitReceipt>(group.Count);
        foreach (var burst in group)
        {
            receipts.AddRange(await Commit([burst], cancellationToken));
        }

        return receipts;
    }

    private async Task<List<CommitReceipt>> Send(IReadOnlyList<BurstCommit> group, CancellationToken cancellationToken)
    {
        var sent = false;
        try
        {
            return await database.Repeat(async connection =>
            {
                var commit = new CommitRound(group);
                await using var round = new Round(connection);
                commit.Lock(round);
                commit.Write(round);
                sent = true;
                return await round.Read(reader => commit.Receipts(reader, cancellationToken), cancellationToken);
            }, cancellationToken);
        }
        catch (Exception broken) when (sent && IsUnknown(broken))
        {
            // Never sent again blindly: what the database holds decides.
            return await Reread(group, CancellationToken.None) ?? throw new NpgsqlException("The connection broke; the commit was not carried out.", broken);
        }
    }

    /// <summary>The receipts when the group was committed after all, else null.</summary>
    public Task<List<CommitReceipt>?> Reread(IReadOnlyList<BurstCommit> group, CancellationToken cancellationToken) => database.Ask(
        "commit-reread",
        new() { ["ids"] = Value.Of(group.Select(burst => burst.Claim.InstanceId)) },
        async reader =>
        {
            var written = new Dictionary<Guid, byte[]>();
            while (await reader.ReadAsync(cancellationToken))
            {
                written.Add(reader.GetGuid(0), reader.Bytes(2) ?? []);
            }

            await reader.NextResultAsync(cancellationToken);
            var wakes = new Dictionary<Guid, long>();
            while (await reader.ReadAsync(cancellationToken))
            {
                wakes.Add(reader.GetGuid(0), reader.GetInt64(1));
            }

            // The chain's head is this burst's own hash: another node's burst would have left another.
            return group.All(burst => written.TryGetValue(burst.Claim.InstanceId, out var head) && head.AsSpan().SequenceEqual(burst.Hash))
                ? group.Select(burst => new CommitReceipt(
                    CommitOutcome.Committed, burst.Claim.InstanceId, burst.Claim.Seq + 1,
                    wakes.TryGetValue(burst.Claim.InstanceId, out var wake) && (wake != burst.Claim.Wake || !burst.KeepClaim))).ToList()
                : null;
        },
        cancellationToken);

    private Task<HashSet<Guid>> NotCurrent(IReadOnlyList<BurstCommit> group, CancellationToken cancellationToken)
    {
        var of = new Columns<BurstCommit>(group);
        return database.Ask(
            "commit-fenced",
            new()
            {
                ["ids"] = of.Uuid(burst => burst.Claim.InstanceId),
                ["tokens"] = of.Big(burst => burst.Claim.Token),
                ["seqs"] = of.Big(burst => burst.Claim.Seq)
            },
            async reader =>
            {
                var fenced = new HashSet<Guid>();
                while (await reader.ReadAsync(cancellationToken))
                {
                    fenced.Add(reader.GetGuid(0));
                }

                return fenced;
            },
            cancellationToken);
    }

    /// <summary>Why the database refused, in its own words.</summary>
    public static string Reason(Exception refused) => refused is PostgresException server
        ? $"{server.SqlState}: {server.MessageText}"
        : refused.Message;

    /// <summary>A value or a constraint is wrong, not the connection: sending it again would fail again.</summary>
    public static bool IsData(Exception exception) => exception is PostgresException server
        ? server.SqlState is ['2', '2' or '3', ..] or ['5', '4', ..]
        : exception is ArgumentException or InvalidCastException or OverflowException;

    /// <summary>No answer came, so it may have been committed. An answer of the server, whatever it says, means that it was not.</summary>
    public static bool IsUnknown(Exception exception) => exception is not PostgresException
        && exception is NpgsqlException or IOException or OperationCanceledException or TimeoutException;
}
