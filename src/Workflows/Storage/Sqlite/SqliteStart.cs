using System.Collections.Immutable;
using Relief.Flow.Workflows.Definitions;

namespace Relief.Flow.Workflows.Storage.Sqlite;

/// <summary>Starts instances, each once per idempotency key and per id.</summary>
internal static class SqliteStart
{
    public static ImmutableArray<StartReceipt> Start(SqliteSession session, IReadOnlyList<NewInstance> group, TimeSpan lease) =>
        [.. group.Select(one => Start(session, one, lease))];

    /// <param name="passesHalt">True for what the handler of an interrupt starts.</param>
    public static StartReceipt Start(SqliteSession session, NewInstance one, TimeSpan lease, bool passesHalt = false)
    {
        if (Earlier(session, one) is { } earlier)
        {
            return earlier;
        }

        if (session.Exists("select 1 from instance where id = $1", one.Id))
        {
            return new StartReceipt(StartOutcome.Exists, one.Id);
        }

        if (!passesHalt && IsHalted(session, one))
        {
            return new StartReceipt(StartOutcome.Halted, one.Id);
        }

        if (Running(session, one) is { } running)
        {
            return new StartReceipt(StartOutcome.NotActivated, running);
        }

        var now = session.Now();
        Remember(session, one, now);
        Insert(session, one, now);
        var mail = SqliteMailbox.Put(session, new NewMail(one.Id, one.StartMail.Kind, one.StartMail.Payload), TimeSpan.Zero);
        if (one.ClaimFor is not { } node)
        {
            return new StartReceipt(StartOutcome.Started, one.Id, one.Answer);
        }

        var claim = one.FirstClaim(SqliteClaim.Take(session, one.Id, node, lease).Token, mail, now);
        var first = one.First is { } ran ? SqliteCommit.Commit(session, ran with { Claim = claim, MailRead = [mail] }) : null;
        return first is { Outcome: CommitOutcome.Committed }
            ? new StartReceipt(StartOutcome.Started, one.Id, one.Answer, one.First!.KeepClaim ? claim.After(one.First, one.First.At) : null, first)
            : new StartReceipt(StartOutcome.Started, one.Id, one.Answer, claim);
    }

    private static void Remember(SqliteSession session, NewInstance one, DateTimeOffset now)
    {
        if (one.Key is { } key)
        {
            session.Do(
                "insert into idempotency (scope, key, request_hash, status, body, instance_id, created_at) values ($1, $2, $3, $4, $5, $6, $7)",
                key.Scope, key.Key, key.RequestHash, one.Answer?.Status, one.Answer?.Body, one.Id, now);
        }
    }

    private static StartReceipt? Earlier(SqliteSession session, NewInstance one)
    {
        if (one.Key is not { } key)
        {
            return null;
        }

        return session.One(
            "select request_hash, status, body, instance_id from idempotency where scope = $1 and key = $2",
            row => row.GetString(0) == key.RequestHash
                ? new StartReceipt(StartOutcome.Repeated, row.IdOrNull(3) ?? one.Id, row.Number(1) is { } status ? new StoredAnswer((int)status, row.Text(2) ?? "") : null)
                : new StartReceipt(StartOutcome.KeyReused, row.IdOrNull(3) ?? one.Id),
            key.Scope, key.Key);
    }

    /// <summary>The open instance that excludes this one (indexes instance_open and instance_correlated).</summary>
    private static Guid? Running(SqliteSession session, NewInstance one) => one.Activation switch
    {
        Activation.Singleton => session.One(
            "select id from instance where definition_id = $1 and status < 8 limit 1", row => row.IdOrNull(0), one.DefinitionId),
        Activation.Correlation when one.CorrelationId is not null => session.One(
            "select id from instance where correlation_id = $1 and status < 8 limit 1", row => row.IdOrNull(0), one.CorrelationId),
        Activation.CorrelatedSingleton => session.One(
            "select id from instance where definition_id = $1 and correlation_id is $2 and status < 8 limit 1", row => row.IdOrNull(0), one.DefinitionId, one.CorrelationId),
        _ => null
    };

    private static bool IsHalted(SqliteSession session, NewInstance one) => one.SubjectId is not null
        && session.Exists(
            "select 1 from halt where subject_id = $1 and handler is not $2 and ($3 is null or handler is not $3)", one.SubjectId, one.Id, one.Parent?.InstanceId);

    private static void Insert(SqliteSession session, NewInstance one, DateTimeOffset now) => session.Do(
        """
        insert into instance (id, definition_id, definition_version, definition_version_id, status, correlation_id, business_key, subject_id,
          parent_id, parent_bookmark, started_by, chain_head, created_at, updated_at)
        values ($1, $2, $3, $4, 1, $5, $6, $7, $8, $9, $10, x'', $11, $11)
        """,
        one.Id, one.DefinitionId, one.DefinitionVersion, one.DefinitionVersionId, one.CorrelationId, one.BusinessKey, one.SubjectId,
        one.Parent?.InstanceId, one.Parent?.BookmarkId, one.StartedBy, now);
}
