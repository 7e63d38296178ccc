using Npgsql;

namespace Relief.Flow.Workflows.Storage.Postgres;

/// <summary>Keeps the versions of definitions: published ones for ever, the draft until the next save.</summary>
internal sealed class PostgresDefinitions(Database database)
{
    public Task<bool> Save(StoredDefinition definition, CancellationToken cancellationToken) => database.Ask(
        "definition-save",
        new()
        {
            ["version_id"] = Value.Of(definition.VersionId),
            ["definition"] = Value.Of(definition.DefinitionId),
            ["version"] = Value.Of(definition.Version),
            ["name"] = Value.Of(definition.Name),
            ["description"] = Value.Of(definition.Description),
            ["published"] = Value.Of(definition.IsPublished),
            ["latest"] = Value.Of(definition.IsLatest),
            ["body"] = Value.Of(definition.Body),
            ["hash"] = Value.Of(definition.Hash),
            ["created_at"] = Value.Of(definition.CreatedAt),
            ["by"] = Value.Of(definition.PublishedBy)
        },
        async reader =>
        {
            await reader.NextResultAsync(cancellationToken);
            return await reader.ReadAsync(cancellationToken) && reader.GetBoolean(0);
        },
        cancellationToken);

    public async Task<bool> Retract(string definitionId, CancellationToken cancellationToken) =>
        await database.Run("definition-retract", new() { ["definition"] = Value.Of(definitionId) }, cancellationToken) > 0;

    public Task<StoredDefinition?> Find(string definitionId, VersionChoice choice, CancellationToken cancellationToken) => Read(
        "definition-find",
        new()
        {
            ["definition"] = Value.Of(definitionId),
            ["published"] = Value.Of(choice.Kind is VersionKind.Published or VersionKind.LatestOrPublished),
            ["latest"] = Value.Of(choice.Kind is VersionKind.Latest or VersionKind.LatestOrPublished),
            ["version"] = Value.Of(choice.Kind == VersionKind.Exactly ? choice.Number : (int?)null)
        },
        cancellationToken);

    public Task<StoredDefinition?> FindVersion(string versionId, CancellationToken cancellationToken) =>
        Read("definition-find-version", new() { ["version_id"] = Value.Of(versionId) }, cancellationToken);

    private Task<StoredDefinition?> Read(string deed, Dictionary<string, Value> values, CancellationToken cancellationToken) =>
        database.Ask(deed, values, async reader => await reader.ReadAsync(cancellationToken) ? Definition(reader) : null, cancellationToken);

    private static StoredDefinition Definition(NpgsqlDataReader row) => new()
    {
        VersionId = row.GetString(0),
        DefinitionId = row.GetString(1),
        Version = row.GetInt32(2),
        Name = row.GetString(3),
        Description = row.Text(4),
        IsPublished = row.GetBoolean(5),
        IsLatest = row.GetBoolean(6),
        Body = row.Bytes(7)!,
        Hash = row.Bytes(8)!,
        CreatedAt = row.Time(9),
        PublishedBy = row.Text(10) is { Length: > 0 } by ? by : null
    };
}
