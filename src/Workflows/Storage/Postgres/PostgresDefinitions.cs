using System.Collections.Immutable;
using Npgsql;
using NpgsqlTypes;
using Relief.Flow.Workflows.Definitions;

namespace Relief.Flow.Workflows.Storage.Postgres;

/// <summary>Keeps the versions of definitions: published ones for ever, the draft until the next save.</summary>
internal sealed class PostgresDefinitions(Database database)
{
    public async Task<SaveReceipt> Save(StoredDefinition definition, CancellationToken cancellationToken)
    {
        try
        {
            return await Write(definition, cancellationToken);
        }
        catch (PostgresException taken) when (taken.ConstraintName == "start_trigger_http")
        {
            return await Owner(definition, cancellationToken);
        }
    }

    private Task<SaveReceipt> Owner(StoredDefinition definition, CancellationToken cancellationToken) => database.Ask(
        "trigger-owner",
        new() { ["definition"] = Value.Of(definition.DefinitionId), ["keys"] = Value.Of(definition.Triggers.Select(trigger => trigger.Key)) },
        async reader => await reader.ReadAsync(cancellationToken) ? new SaveReceipt(false, reader.GetString(1), reader.GetString(0)) : new SaveReceipt(false, "", ""),
        cancellationToken);

    private static Dictionary<string, Value> Triggers(StoredDefinition definition, Dictionary<string, Value> values)
    {
        var of = new Columns<NewTrigger>(definition.Triggers);
        values["activation"] = new Value(NpgsqlDbType.Smallint, (short)definition.Activation);
        values["trigger_activities"] = of.Text(trigger => trigger.ActivityId);
        values["trigger_keys"] = of.Text(trigger => trigger.Key);
        values["trigger_kinds"] = of.Small(trigger => (int)trigger.Kind);
        values["trigger_settings"] = of.Json(trigger => Value.Raw(trigger.Settings));
        values["trigger_dues"] = of.Time(trigger => trigger.Due);
        return values;
    }

    private Task<SaveReceipt> Write(StoredDefinition definition, CancellationToken cancellationToken) => database.Ask(
        "definition-save",
        Triggers(definition, new()
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
            ["over"] = Value.Of(definition.Over),
            ["created_at"] = Value.Of(definition.CreatedAt),
            ["by"] = Value.Of(definition.PublishedBy)
        }),
        async reader =>
        {
            await reader.NextResultAsync(cancellationToken);
            await reader.ReadAsync(cancellationToken);
            return new SaveReceipt(reader.GetBoolean(0)) { WasChanged = reader.GetBoolean(1) };
        },
        cancellationToken);

    public Task<bool> Retract(string definitionId, CancellationToken cancellationToken) => database.Ask(
        "definition-retract", new() { ["definition"] = Value.Of(definitionId) }, async reader => await reader.ReadAsync(cancellationToken), cancellationToken);

    public Task<bool> Delete(string definitionId, int? version, CancellationToken cancellationToken) => database.Ask(
        "definition-delete",
        new() { ["definition"] = Value.Of(definitionId), ["version"] = Value.Of(version) },
        async reader =>
        {
            await reader.NextResultAsync(cancellationToken);
            return await reader.ReadAsync(cancellationToken) && reader.GetBoolean(0);
        },
        cancellationToken);

    public Task Fix(string versionId, CancellationToken cancellationToken) =>
        database.Run("definition-fix", new() { ["version_id"] = Value.Of(versionId) }, cancellationToken);

    public Task<StoredDefinition?> Find(string definitionId, VersionChoice choice, CancellationToken cancellationToken) => Read(
        "definition-find",
        new()
        {
            ["definition"] = Value.Of(definitionId),
            ["published"] = Value.Of(choice.Kind is VersionKind.Published or VersionKind.LatestOrPublished),
            ["latest"] = Value.Of(choice.Kind is VersionKind.Latest or VersionKind.LatestOrPublished),
            ["newest"] = Value.Of(choice.Kind == VersionKind.Newest),
            ["version"] = Value.Of(choice.Kind == VersionKind.Exactly ? choice.Number : (int?)null)
        },
        cancellationToken);

    public Task<StoredDefinition?> FindVersion(string versionId, CancellationToken cancellationToken) =>
        Read("definition-find-version", new() { ["version_id"] = Value.Of(versionId) }, cancellationToken);

    public Task<ImmutableArray<FixedVersion>> ListPublished(string? mentions, CancellationToken cancellationToken) =>
        List("definitions-published", new() { ["mentions"] = Value.Of(mentions) }, cancellationToken);

    public Task<ImmutableArray<FixedVersion>> ListFixed(string definitionId, CancellationToken cancellationToken) =>
        List("definition-fixed-versions", new() { ["definition"] = Value.Of(definitionId) }, cancellationToken);

    private Task<ImmutableArray<FixedVersion>> List(string deed, Dictionary<string, Value> values, CancellationToken cancellationToken) => database.Ask(
        deed,
        values,
        async reader =>
        {
            var found = ImmutableArray.CreateBuilder<FixedVersion>();
            while (await reader.ReadAsync(cancellationToken))
            {
                found.Add(new FixedVersion(reader.GetString(0), reader.GetString(1), reader.GetInt32(2), reader.GetBoolean(3)));
            }

            return found.ToImmutable();
        },
        cancellationToken);

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
        IsFixed = !row.IsDBNull(10),
        PublishedBy = row.Text(10) is { Length: > 0 } by ? by : null,
        Activation = (Activation)row.GetInt16(11)
    };
}
