using System.Collections.Immutable;
using Npgsql;
using Relief.Flow.Workflows.Kernel;

namespace Relief.Flow.Workflows.Storage.Postgres;

/// <summary>Claims runnable instances: the lock, the state and the mail, three statements in one round trip.</summary>
internal sealed class PostgresClaim(Database database)
{
    private static readonly Guid[] NoIds = [];

    public async Task<ImmutableArray<Claim>> Claim(ClaimRequest request, CancellationToken cancellationToken)
    {
        var left = new List<(Guid Id, long Token)>();
        var claims = await database.Ask(
            "claim",
            new()
            {
                ["limit"] = Value.Of(request.Limit),
                ["lease"] = Value.Of(request.Lease),
                ["node"] = Value.Of(request.NodeId),
                ["cached_ids"] = Value.Of(request.Cached?.Keys ?? NoIds),
                ["cached_seqs"] = Value.Of(request.Cached?.Values ?? [])
            },
            async reader =>
            {
                left.Clear();
                await reader.NextResultAsync(cancellationToken);
                var found = await Found(reader, left, cancellationToken);
                await reader.NextResultAsync(cancellationToken);
                var mail = await Mail(reader, cancellationToken);
                return found.Select(claim => claim with { Mail = [.. mail[claim.InstanceId]] }).ToImmutableArray();
            },
            cancellationToken);
        if (left.Count > 0)
        {
            await Clear(left, cancellationToken);
        }

        return claims;
    }

    public Task<ImmutableArray<long>> Renew(IReadOnlyList<long> tokens, TimeSpan lease, CancellationToken cancellationToken) => database.Ask(
        "renew",
        new() { ["lease"] = Value.Of(lease), ["tokens"] = Value.Of(tokens) },
        async reader =>
        {
            var current = ImmutableArray.CreateBuilder<long>();
            while (await reader.ReadAsync(cancellationToken))
            {
                current.Add(reader.GetInt64(0));
            }

            return current.ToImmutable();
        },
        cancellationToken);

    private Task<int> Clear(List<(Guid Id, long Token)> left, CancellationToken cancellationToken) => database.Run(
        "clear-claims",
        new() { ["ids"] = Value.Of(left.Select(row => row.Id)), ["tokens"] = Value.Of(left.Select(row => row.Token)) },
        cancellationToken);

    /// <summary>The claimed instances; those that are missing or finished go to <paramref name="left"/>.</summary>
    private static async Task<List<Claim>> Found(NpgsqlDataReader reader, List<(Guid Id, long Token)> left, CancellationToken cancellationToken)
    {
        var found = new List<Claim>();
        while (await reader.ReadAsync(cancellationToken))
        {
            if (reader.IsDBNull(5) || reader.GetInt16(5) >= 8)
            {
                left.Add((reader.GetGuid(0), reader.GetInt64(1)));
            }
            else
            {
                found.Add(Claim(reader));
            }
        }

        return found;
    }

    private static Claim Claim(NpgsqlDataReader row) => new()
    {
        InstanceId = row.GetGuid(0),
        Token = row.GetInt64(1),
        Wake = row.GetInt64(2),
        Attempts = row.GetInt32(3),
        Seq = row.GetInt64(4),
        DefinitionId = row.GetString(6),
        DefinitionVersionId = row.GetString(7),
        DefinitionVersion = row.GetInt32(8),
        ChainHead = row.Bytes(9) ?? [],
        CorrelationId = row.Text(10),
        BusinessKey = row.Text(11),
        SubjectId = row.Text(12),
        Parent = row.IsDBNull(13) ? null : new ParentLink(row.GetGuid(13), row.Uuid(14) ?? Guid.Empty),
        State = row.Bytes(15),
        IsCached = row.GetBoolean(16),
        Now = row.Time(17),
        Mail = []
    };

    private static async Task<ILookup<Guid, Mail>> Mail(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        var all = new List<(Guid Instance, Mail Mail)>();
        while (await reader.ReadAsync(cancellationToken))
        {
            all.Add((reader.GetGuid(0), new Mail(
                reader.GetInt64(1), (MailKind)reader.GetInt16(2), reader.Uuid(3), reader.Json(4), reader.Time(5),
                TimeSpan.FromMilliseconds(reader.GetInt64(6)))));
        }

        return all.ToLookup(row => row.Instance, row => row.Mail);
    }
}
