using System.Buffers.Text;
using System.Data.Common;
using System.Security.Cryptography;
using System.Text.Json;
using Relief.Flow.Workflows;
using Relief.Flow.Workflows.Runtime;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Host.Access;

/// <summary>Makes, finds and revokes keys. A key is 256 random bits; only its SHA-256 is kept.</summary>
/// <remarks>A key that was found is remembered for ten seconds: revoking works at once on this node, and within that time on the others.</remarks>
public sealed class ApiKeys(Installation installation, ReadSide side, TimeProvider time)
{
    private const string Columns = "select id, name, roles, created_at, created_by, expires_at, revoked_at, (select units from api_key_units where key_id = id) as units from api_key";

    private readonly KeyMemory _known = new(time);

    /// <summary>The key's record, if it is known, in force and not revoked.</summary>
    public Task<ApiKey?> Identify(string presented, CancellationToken cancellationToken) => _known.Find(
        presented, async (hash, token) => (await Read($"{Columns} where hash = @p0", [hash], token)).FirstOrDefault(), cancellationToken);

    public Task<List<ApiKey>> List(CancellationToken cancellationToken) => Read($"{Columns} order by created_at, id", [], cancellationToken);

    /// <summary>Makes a key and returns it with its secret, which is shown this once; null when the name is taken.</summary>
    public async Task<(ApiKey Key, string Secret)?> Create(NewApiKey asked, string by, CancellationToken cancellationToken)
    {
        var secret = "rf_" + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var key = Record(asked, by);
        var isNew = await installation.Change((unit, token) => Insert(unit, key, AccessSql.Hash(secret), token), cancellationToken);
        return isNew ? (key, secret) : null;
    }

    /// <summary>Ends a key now; true when there is such a key.</summary>
    public async Task<bool> Revoke(string id, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var found = await installation.Change(
            (unit, token) => AccessSql.Run(unit, "update api_key set revoked_at = coalesce(revoked_at, @p0) where id = @p1", [now, id], token), cancellationToken);
        _known.Forget();
        return found > 0;
    }

    /// <summary>Sees to it that an administrator can get in: with the configured key, else with one made at the first start.</summary>
    /// <returns>The secret of a key that was made; null when there was nothing to make.</returns>
    public async Task<string?> Bootstrap(string? configured, CancellationToken cancellationToken)
    {
        if (configured is null)
        {
            return (await List(cancellationToken)).Count > 0
                ? null
                : (await Create(new NewApiKey("first-administrator", [Roles.Admin], null), "start", cancellationToken))?.Secret;
        }

        await installation.Change(async (unit, token) =>
        {
            await AccessSql.Run(unit, "delete from api_key where name = 'bootstrap' and hash <> @p0", [AccessSql.Hash(configured)], token);
            return await Insert(unit, Record(new NewApiKey("bootstrap", [Roles.Admin], null), "configuration"), AccessSql.Hash(configured), token);
        }, cancellationToken);
        return null;
    }

    private ApiKey Record(NewApiKey asked, string by) => new()
    {
        Id = Guid.CreateVersion7(time.GetUtcNow()).ToString("D"),
        Name = asked.Name,
        Roles = asked.Roles,
        Units = asked.Units,
        CreatedAt = time.GetUtcNow(),
        CreatedBy = by,
        ExpiresAt = asked.ExpiresAt
    };

    private static async Task<bool> Insert(UnitOfWork unit, ApiKey key, string hash, CancellationToken cancellationToken)
    {
        var isNew = await AccessSql.Run(
            unit,
            """
            insert into api_key (id, name, hash, roles, created_at, created_by, expires_at) values (@p0, @p1, @p2, @p3, @p4, @p5, @p6)
            on conflict do nothing
            """,
            [key.Id, key.Name, hash, JsonSerializer.Serialize(key.Roles), key.CreatedAt.ToUnixTimeMilliseconds(), key.CreatedBy,
                key.ExpiresAt?.ToUnixTimeMilliseconds()],
            cancellationToken) > 0;
        if (isNew && key.Units.Count > 0)
            await AccessSql.Run(unit, "insert into api_key_units (key_id, units) values (@p0, @p1)", [key.Id, JsonSerializer.Serialize(key.Units)], cancellationToken);
        return isNew;
    }

    private Task<List<ApiKey>> Read(string sql, object?[] values, CancellationToken cancellationToken) =>
        AccessSql.Read(side, (sql, values), Record, cancellationToken);

    internal static ApiKey Record(DbDataReader row) => new()
    {
        Id = row.GetString(0),
        Name = row.GetString(1),
        Roles = JsonSerializer.Deserialize<string[]>(row.GetString(2)) ?? [],
        CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(3)),
        CreatedBy = row.GetString(4),
        ExpiresAt = AccessSql.InstantOrNull(row, 5),
        RevokedAt = AccessSql.InstantOrNull(row, 6),
        Units = row["units"] is string units ? JsonSerializer.Deserialize<string[]>(units) ?? [] : []
    };
}

/// <summary>A key to be made.</summary>
public sealed record NewApiKey(string Name, IReadOnlyList<string> Roles, DateTimeOffset? ExpiresAt)
{
    /// <inheritdoc cref="ApiKey.Units"/>
    public IReadOnlyList<string> Units { get; init; } = [];
}
