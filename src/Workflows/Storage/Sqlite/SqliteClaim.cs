using System.Collections.Immutable;
using Relief.Flow.Workflows.Kernel;

namespace Relief.Flow.Workflows.Storage.Sqlite;

/// <summary>Gives nodes the right to run instances for a while.</summary>
internal static class SqliteClaim
{
    /// <summary>From this many attempts on an instance is claimed alone, so that only its own crashes count (rule 7).</summary>
    private const int AloneFrom = 2;

    /// <summary>With so many attempts it is poison: it rests with its mail until an operator cancels, retries or resumes it.</summary>
    public const int Poison = 5;

    public static ImmutableArray<Claim> Claim(SqliteSession session, ClaimRequest request)
    {
        var ready = session.All(
            "select instance_id, attempts from work where ready_at <= $1 and attempts < $3 order by ready_at limit $2",
            row => (Id: row.Id(0), Attempts: row.GetInt32(1)), session.LeaseNow, request.Limit, Poison);
        if (ready.Count > 0)
        {
            ready = ready[0].Attempts >= AloneFrom ? ready[..1] : ready.FindAll(row => row.Attempts < AloneFrom);
        }

        var now = session.Now();
        return [.. ready.Select(row => Read(session, Take(session, row.Id, request.NodeId, request.Lease), request, now)).OfType<Claim>()];
    }

    /// <summary>Marks a work row as claimed, under a token that was never given before.</summary>
    public static Taken Take(SqliteSession session, Guid instanceId, int node, TimeSpan lease)
    {
        var token = session.One("update claim_seq set value = value + 1 returning value", row => row.GetInt64(0));
        return session.One(
            """
            update work set ready_at = $2, claimed_by = $3, claim_token = $4, attempts = attempts + 1
            where instance_id = $1 returning wake, attempts
            """,
            row => new Taken(instanceId, token, row.GetInt64(0), row.GetInt32(1)), instanceId, session.LeaseNow + (long)lease.TotalMilliseconds, node, token)!;
    }

    public static ImmutableArray<long> Renew(SqliteSession session, IReadOnlyList<long> tokens, TimeSpan lease) =>
        [.. tokens.Where(token => session.Do("update work set ready_at = $2 where claim_token = $1", token, session.LeaseNow + (long)lease.TotalMilliseconds) > 0)];

    /// <summary>Takes all claims, and the messages it was sending, from a crashed owner of the file; their attempts stay counted.</summary>
    public static void FreeAll(SqliteSession session)
    {
        session.Do("update work set claim_token = null, claimed_by = null, ready_at = $1 where claim_token is not null", session.LeaseNow);
        session.Do("update outbox set lease_until = $1 where lease_until > $1 and state in (0, 1)", session.LeaseNow);
    }

    private static Claim? Read(SqliteSession session, Taken taken, ClaimRequest request, DateTimeOffset now)
    {
        var claim = session.One(
            """
            select seq, definition_id, definition_version_id, definition_version, chain_head, correlation_id, business_key, subject_id,
              parent_id, parent_bookmark
            from instance where id = $1
            """,
            row => new Claim
            {
                InstanceId = taken.InstanceId,
                Token = taken.Token,
                Wake = taken.Wake,
                Attempts = taken.Attempts,
                Seq = row.GetInt64(0),
                DefinitionId = row.GetString(1),
                DefinitionVersionId = row.GetString(2),
                DefinitionVersion = row.GetInt32(3),
                ChainHead = row.Bytes(4)!,
                CorrelationId = row.Text(5),
                BusinessKey = row.Text(6),
                SubjectId = row.Text(7),
                Parent = row.IdOrNull(8) is { } parent && row.IdOrNull(9) is { } bookmark ? new ParentLink(parent, bookmark) : null,
                Mail = [],
                Now = now
            },
            taken.InstanceId);
        if (claim is null)
        {
            return null;
        }

        var isCached = request.Cached is { } cached && cached.TryGetValue(claim.InstanceId, out var held) && held == claim.Seq;
        return claim with
        {
            IsCached = isCached,
            State = isCached ? null : session.One("select state from instance_state where instance_id = $1", row => row.Bytes(0), claim.InstanceId),
            Mail = Mail(session, claim.InstanceId)
        };
    }

    private static ImmutableArray<Mail> Mail(SqliteSession session, Guid instanceId) =>
        [.. session.All(
            "select id, kind, bookmark_id, payload, at, lateness_ms from inbox where instance_id = $1 order by id",
            row => new Mail(row.GetInt64(0), (MailKind)row.GetInt32(1), row.IdOrNull(2), row.Json(3), row.Instant(4)!.Value, TimeSpan.FromMilliseconds(row.GetInt64(5))),
            instanceId)];

    /// <summary>What a work row says once it is claimed.</summary>
    internal sealed record Taken(Guid InstanceId, long Token, long Wake, int Attempts);
}
