using System.Globalization;

namespace Relief.Flow.Workflows.Storage;

/// <summary>Reads stored definitions.</summary>
public sealed class DefinitionQueries(ReadSide side)
{
    private const string Columns = "select version_id, definition_id, version, name, description, is_published, is_latest, created_at, published_by";

    /// <summary>The versions that match, without their bodies; the newest version of each name first.</summary>
    public async Task<FoundDefinitions> Search(DefinitionSearch search, CancellationToken cancellationToken)
    {
        var (column, direction) = (search.OrderBy, search.Descending ? "desc" : "asc");
        var order = column switch
        {
            DefinitionOrder.Version => $"version {direction}, definition_id",
            DefinitionOrder.Created => $"created_at {direction}, definition_id",
            _ => $"name {direction}, definition_id, version desc"
        };
        var query = Searched(new Query(side, $"{Columns} from definition"), search).Then($"order by {order}");
        if (search.Take is { } take)
            query.Then("limit {0} offset {1}", take, search.Skip);
        var total = await Searched(new Query(side, "select count(*) as n from definition"), search).Read(row => row.Int("n"), cancellationToken);
        return new FoundDefinitions(await query.Read(Line, cancellationToken), total[0]);
    }

    /// <summary>Which version the choice means, with its body; null when there is none.</summary>
    public Task<StoredDefinition?> Find(string definitionId, VersionChoice choice, CancellationToken cancellationToken)
    {
        var query = new Query(side, $"{Columns}, body, hash from definition").Where("definition_id = {0}", definitionId);
        return First(choice.Kind switch
        {
            VersionKind.Published => query.Where("is_published"),
            VersionKind.Latest => query.Where("is_latest"),
            VersionKind.Exactly => query.Where("version = {0}", choice.Number),
            _ => query.Where("(is_latest or is_published)").Then("order by version desc limit 1")
        }, cancellationToken);
    }

    public Task<StoredDefinition?> FindVersion(string versionId, CancellationToken cancellationToken) =>
        First(new Query(side, $"{Columns}, body, hash from definition").Where("version_id = {0}", versionId), cancellationToken);

    /// <summary>Those of these SHA-256 hashes that a stored version was made of, in lower-case hexadecimal.</summary>
    public async Task<IReadOnlySet<string>> Known(IReadOnlyCollection<byte[]> hashes, CancellationToken cancellationToken) =>
        (await new Query(side, "select distinct hash from definition").In("hash", hashes)
            .Read(row => Convert.ToHexStringLower(row.Bytes("hash")), cancellationToken)).ToHashSet(StringComparer.Ordinal);

    /// <summary>Whether no other definition has that name.</summary>
    public async Task<bool> IsNameUnique(string name, string? exceptId, CancellationToken cancellationToken) =>
        !await new Query(side, "select 1 as n from definition").Where("is_latest").Where("name = {0}", name).Where("definition_id <> {0}", exceptId)
            .Then("limit 1").Any(cancellationToken);

    private static Query Searched(Query query, DefinitionSearch search)
    {
        query.In("definition_id", search.DefinitionIds).In("version_id", search.VersionIds);
        if (!string.IsNullOrWhiteSpace(search.Text))
            query.Where("(lower(name) like {0} or lower(definition_id) like {0})", Like.Anywhere(search.Text));
        return search.Versions?.ToUpperInvariant() switch
        {
            "LATEST" => query.Where("is_latest"),
            "PUBLISHED" => query.Where("is_published"),
            "LATESTORPUBLISHED" or "LATESTANDPUBLISHED" => query.Where("(is_latest or is_published)"),
            "DRAFT" => query.Where("is_latest").Where("not is_published"),
            { } number when int.TryParse(number, CultureInfo.InvariantCulture, out var version) => query.Where("version = {0}", version),
            _ => query
        };
    }

    private static async Task<StoredDefinition?> First(Query query, CancellationToken cancellationToken) =>
        (await query.Read(row => new StoredDefinition
        {
            VersionId = row.Text("version_id"),
            DefinitionId = row.Text("definition_id"),
            Version = row.Int("version"),
            Name = row.Text("name"),
            Description = row.TextOrNull("description"),
            IsPublished = row.Flag("is_published"),
            IsLatest = row.Flag("is_latest"),
            Body = row.Bytes("body"),
            Hash = row.Bytes("hash"),
            CreatedAt = row.Instant("created_at"),
            PublishedBy = row.TextOrNull("published_by")
        }, cancellationToken)).FirstOrDefault();

    private static DefinitionLine Line(Row row) => new(
        row.Text("version_id"), row.Text("definition_id"), row.Int("version"), row.Text("name"), row.TextOrNull("description"),
        row.Flag("is_published"), row.Flag("is_latest"), row.Instant("created_at"), row.TextOrNull("published_by"));
}

/// <summary>Which stored versions a list shows.</summary>
public sealed record DefinitionSearch
{
    /// <summary>Latest, Published, LatestOrPublished, LatestAndPublished, Draft, AllVersions or a number; null for all.</summary>
    public string? Versions { get; init; }

    public IReadOnlyList<string> DefinitionIds { get; init; } = [];

    public IReadOnlyList<string> VersionIds { get; init; } = [];

    public string? Text { get; init; }

    public DefinitionOrder OrderBy { get; init; } = DefinitionOrder.Name;

    public bool Descending { get; init; }

    public int Skip { get; init; }

    /// <summary>Null for all.</summary>
    public int? Take { get; init; }
}

public enum DefinitionOrder
{
    Name,
    Version,
    Created
}

public sealed record DefinitionLine(
    string VersionId, string DefinitionId, int Version, string Name, string? Description, bool IsPublished, bool IsLatest, DateTimeOffset CreatedAt, string? PublishedBy);

public sealed record FoundDefinitions(IReadOnlyList<DefinitionLine> Items, int Total);
