using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using Relief.Flow.Workflows.Kernel;

namespace Relief.Flow.Workflows.Storage.Sqlite;

/// <summary>Writes what bursts decided, each only while its claim is the current one (I1, I2).</summary>
internal static class SqliteCommit
{
    // What the data of one burst can cause; everything else is the file's trouble and fails the whole group.
    private static readonly int[] DataErrors = [1, 18, 19, 20, 25];

    /// <summary>Milliseconds that a kept claim lasts at least.</summary>
    private const long KeptLease = 30_000;

    public static ImmutableArray<CommitReceipt> Commit(SqliteSession session, IReadOnlyList<BurstCommit> group) =>
        [.. group.Select(burst => Commit(session, burst))];

    /// <summary>Runs a relief activity and commits what its burst returns, in one transaction (1.17).</summary>
    public static async Task<CommitReceipt> WithRecords(
        SqliteSession session, Claim claim, Func<RecordsScope, CancellationToken, Task<BurstCommit>> burst, CancellationToken cancellationToken)
    {
        session.Begin();
        if (Fence(session, claim) is null)
        {
            session.RollBack();
            return new CommitReceipt(CommitOutcome.Fenced, claim.InstanceId);
        }

        session.Do("savepoint records");
        var scope = new RecordsScope(new UnitOfWork(session.Connection, session.Transaction!), _ =>
        {
            session.Do("rollback to records");
            return Task.CompletedTask;
        });
        var decided = await burst(scope, cancellationToken);
        try
        {
            session.Do("release records");
            var receipt = Write(session, decided);
            session.Commit();
            return receipt;
        }
        catch (SqliteException refused) when (DataErrors.Contains(refused.SqliteErrorCode))
        {
            session.RollBack();
            return new CommitReceipt(CommitOutcome.Refused, claim.InstanceId, Reason: refused.Message);
        }
    }

    /// <summary>Writes one burst or nothing of it, inside the writer's transaction.</summary>
    public static CommitReceipt Commit(SqliteSession session, BurstCommit burst)
    {
        session.Do("savepoint burst");
        try
        {
            var receipt = Write(session, burst);
            session.Do("release burst");
            return receipt;
        }
        catch (SqliteException refused) when (DataErrors.Contains(refused.SqliteErrorCode))
        {
            session.Do("rollback to burst; release burst");
            return new CommitReceipt(CommitOutcome.Refused, burst.Claim.InstanceId, Reason: refused.Message);
        }
    }

    private static CommitReceipt Write(SqliteSession session, BurstCommit burst)
    {
        var id = burst.Claim.InstanceId;
        if (Fence(session, burst.Claim) is not { } fence)
        {
            return new CommitReceipt(CommitOutcome.Fenced, id);
        }

        var seq = burst.Claim.Seq + 1;
        WriteInstance(session, burst, seq);
        session.Do(
            "insert into journal (instance_id, seq, at, node, events, prev_hash, hash) values ($1, $2, $3, $4, $5, $6, $7)",
            id, seq, burst.At, fence.Node, burst.Journal, fence.ChainHead, burst.Hash);
        foreach (var mail in burst.MailRead)
        {
            session.Do("delete from inbox where id = $1 and instance_id = $2", mail, id);
        }

        SqliteBurstRows.Write(session, burst, seq);
        return new CommitReceipt(CommitOutcome.Committed, id, seq, Release(session, burst));
    }

    private static Fenced? Fence(SqliteSession session, Claim claim) => session.One(
        """
        select w.claimed_by, i.chain_head from work w join instance i on i.id = w.instance_id
        where w.instance_id = $1 and w.claim_token = $2 and i.seq = $3
        """,
        row => new Fenced(row.Number(0), row.Bytes(1)!), claim.InstanceId, claim.Token, claim.Seq);

    private static void WriteInstance(SqliteSession session, BurstCommit burst, long seq)
    {
        session.Do(
            """
            update instance set seq = $2, status = $3, name = coalesce($4, name), correlation_id = coalesce($5, correlation_id), chain_head = $6,
              incidents = $7, fault_code = $8, fault_message = $9, fault_activity = $10, fault_sig = $11,
              wait_kind = $12, wait_activity = $13, wait_since = $14, wait_due = $15, updated_at = $16, finished_at = $17,
              definition_version_id = coalesce($18, definition_version_id), definition_version = coalesce($19, definition_version)
            where id = $1
            """,
            burst.Claim.InstanceId, seq, burst.Status, burst.Name, burst.CorrelationId, burst.Hash,
            burst.Incidents, burst.Fault?.Code, burst.Fault?.Message, burst.Fault?.ActivityId, burst.Fault?.Signature,
            burst.Waits?.Kind, burst.Waits?.ActivityId, burst.Waits?.Since, burst.Waits?.Due, burst.At,
            burst.Status >= InstanceStatus.Finished ? burst.At : null, burst.WentOverTo?.Id, burst.WentOverTo?.Number);
        session.Do(
            """
            insert into instance_state (instance_id, seq, codec, state) values ($1, $2, 1, $3)
            on conflict (instance_id) do update set seq = excluded.seq, state = excluded.state
            """,
            burst.Claim.InstanceId, seq, burst.State);
    }

    /// <summary>Gives the claim back, or keeps it, and says whether mail came meanwhile.</summary>
    private static bool Release(SqliteSession session, BurstCommit burst)
    {
        var id = burst.Claim.InstanceId;
        if (burst.Status >= InstanceStatus.Finished)
        {
            session.Do("delete from work where instance_id = $1", id);
            return false;
        }

        var hasMore = session.Count("select wake from work where instance_id = $1", id) != burst.Claim.Wake
            || (burst.Status == InstanceStatus.Waiting && session.Exists("select 1 from inbox where instance_id = $1", id));
        if (burst.KeepClaim)
        {
            // It has made progress, so its lease begins anew.
            session.Do("update work set attempts = 1, ready_at = max(ready_at, $2) where instance_id = $1", id, session.LeaseNow + KeptLease);
        }
        else if (hasMore || burst.Status == InstanceStatus.Running)
        {
            // A running instance has a run that is ready: somebody must go on with it.
            session.MadeWork = true;
            session.Do("update work set ready_at = $2, claim_token = null, claimed_by = null, attempts = 0 where instance_id = $1", id, session.LeaseNow);
        }
        else
        {
            session.Do("delete from work where instance_id = $1", id);
        }

        return hasMore;
    }

    private sealed record Fenced(long? Node, byte[] ChainHead);
}
