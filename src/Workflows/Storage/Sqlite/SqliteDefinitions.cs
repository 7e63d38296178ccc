using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using Relief.Flow.Workflows.Definitions;

namespace Relief.Flow.Workflows.Storage.Sqlite;

/// <summary>Versions of definitions. What was published once never changes its bytes (I9).</summary>
internal static class SqliteDefinitions
{
    private const string Columns = "version_id, definition_id, version, name, description, is_published, is_latest, body, hash, created_at, published_by, activation, was_published";

    public static SaveReceipt Save(SqliteSession session, StoredDefinition definition)
    {
        if (WasChanged(session, definition))
        {
            return new SaveReceipt(false) { WasChanged = true };
        }

        var earlier = session.One(
            "select version_id, body, was_published from definition where definition_id = $1 and version = $2",
            row => new Earlier(row.GetString(0), row.Bytes(1)!, row.GetInt64(2) != 0), definition.DefinitionId, definition.Version);
        if (earlier is { WasPublished: true } && !earlier.Body.AsSpan().SequenceEqual(definition.Body))
        {
            return new SaveReceipt(false);
        }

        if (definition.IsPublished && SqliteTriggers.Clash(session, definition) is { } clash)
        {
            return clash;
        }

        TakeMarks(session, definition);
        if (earlier is { WasPublished: true })
        {
            session.Do(
                "update definition set is_published = max(is_published, $2), is_latest = max(is_latest, $3) where version_id = $1",
                earlier.VersionId, definition.IsPublished, definition.IsLatest);
        }
        else
        {
            Replace(session, definition);
        }

        MarkLatest(session, definition.DefinitionId);
        return new SaveReceipt(true);
    }

    // "Published" and "latest" are true for one version each.
    private static void TakeMarks(SqliteSession session, StoredDefinition definition)
    {
        if (definition.IsPublished)
        {
            SqliteTriggers.Replace(session, definition);
            session.Do("update definition set is_published = 0 where definition_id = $1", definition.DefinitionId);
        }

        if (definition.IsLatest)
        {
            session.Do("update definition set is_latest = 0 where definition_id = $1", definition.DefinitionId);
        }
    }

    private static bool WasChanged(SqliteSession session, StoredDefinition definition) =>
        definition.Over is { } over
        && session.One("select hash from definition where definition_id = $1 and is_latest = 1", row => row.Bytes(0)!, definition.DefinitionId) is { } latest
        && !latest.AsSpan().SequenceEqual(over);

    private static void MarkLatest(SqliteSession session, string definitionId) => session.Do(
        """
        update definition set is_latest = 1
        where version_id = (select version_id from definition where definition_id = $1 order by version desc limit 1)
          and not exists (select 1 from definition where definition_id = $1 and is_latest = 1)
        """,
        definitionId);

    public static bool Retract(SqliteSession session, string definitionId)
    {
        SqliteTriggers.Remove(session, definitionId);
        return session.Do("update definition set is_published = 0 where definition_id = $1 and is_published = 1", definitionId) > 0;
    }

    public static bool Delete(SqliteSession session, string definitionId, int? version)
    {
        const string Chosen = "definition_id = $1 and ($2 is null or version = $2)";
        const string Used = "exists (select 1 from instance i where i.definition_id = $1 and i.definition_version_id = definition.version_id)";
        if (version is not null && session.One($"select 1 from definition where {Chosen} and {Used}", row => row.GetInt32(0), definitionId, version) == 1)
        {
            return false;
        }

        if (session.One($"select count(*) from definition where {Chosen} and (is_published = 1 or $2 is null)", row => row.GetInt32(0), definitionId, version) > 0)
        {
            SqliteTriggers.Remove(session, definitionId);
        }

        var gone = session.Do($"delete from definition where {Chosen} and not {Used}", definitionId, version);
        if (version is null)
        {
            return session.Do("update definition set is_latest = 0, is_published = 0, was_published = 1 where definition_id = $1 and (is_latest = 1 or is_published = 1)", definitionId) + gone > 0;
        }

        MarkLatest(session, definitionId);
        return gone > 0;
    }

    public static int Fix(SqliteSession session, string versionId) => session.Do("update definition set was_published = 1 where version_id = $1 and was_published = 0", versionId);

    public static StoredDefinition? Find(SqliteSession session, string definitionId, VersionChoice choice) => choice.Kind switch
    {
        VersionKind.Published => session.One($"select {Columns} from definition where definition_id = $1 and is_published = 1", Read, definitionId),
        VersionKind.Latest => session.One($"select {Columns} from definition where definition_id = $1 and is_latest = 1", Read, definitionId),
        VersionKind.LatestOrPublished => session.One(
            $"select {Columns} from definition where definition_id = $1 and (is_latest = 1 or is_published = 1) order by is_latest desc limit 1", Read, definitionId),
        VersionKind.Newest => session.One($"select {Columns} from definition where definition_id = $1 order by version desc limit 1", Read, definitionId),
        _ => session.One($"select {Columns} from definition where definition_id = $1 and version = $2", Read, definitionId, choice.Number)
    };

    public static StoredDefinition? FindVersion(SqliteSession session, string versionId) =>
        session.One($"select {Columns} from definition where version_id = $1", Read, versionId);

    public static ImmutableArray<FixedVersion> ListPublished(SqliteSession session, string? mentions) =>
        List(session, "is_published = 1 and ($1 is null or instr(body, cast($1 as blob)) > 0) order by definition_id", mentions);

    public static ImmutableArray<FixedVersion> ListFixed(SqliteSession session, string definitionId) =>
        List(session, "was_published = 1 and definition_id = $1 order by version desc", definitionId);

    private static ImmutableArray<FixedVersion> List(SqliteSession session, string which, string? value) =>
    [
        .. session.All(
            $"select version_id, definition_id, version, is_published from definition where {which}",
            row => new FixedVersion(row.GetString(0), row.GetString(1), row.GetInt32(2), row.GetInt64(3) != 0), value)
    ];

    private static void Replace(SqliteSession session, StoredDefinition definition)
    {
        session.Do(
            "delete from definition where was_published = 0 and (version_id = $1 or (definition_id = $2 and version = $3))",
            definition.VersionId, definition.DefinitionId, definition.Version);
        session.Do(
            """
            insert into definition (version_id, definition_id, version, name, description, is_published, is_latest, was_published, body, hash, created_at, published_by, activation)
            values ($1, $2, $3, $4, $5, $6, $7, $6, $8, $9, $10, $11, $12)
            """,
            definition.VersionId, definition.DefinitionId, definition.Version, definition.Name, definition.Description, definition.IsPublished,
            definition.IsLatest, definition.Body, definition.Hash, definition.CreatedAt, definition.PublishedBy, definition.Activation);
    }

    private static StoredDefinition Read(SqliteDataReader row) => new()
    {
        VersionId = row.GetString(0),
        DefinitionId = row.GetString(1),
        Version = row.GetInt32(2),
        Name = row.GetString(3),
        Description = row.Text(4),
        IsPublished = row.GetInt64(5) != 0,
        IsLatest = row.GetInt64(6) != 0,
        Body = row.Bytes(7)!,
        Hash = row.Bytes(8)!,
        CreatedAt = row.Instant(9)!.Value,
        PublishedBy = row.Text(10),
        Activation = (Activation)row.GetInt32(11),
        IsFixed = row.GetInt64(12) != 0
    };

    private sealed record Earlier(string VersionId, byte[] Body, bool WasPublished);
}
