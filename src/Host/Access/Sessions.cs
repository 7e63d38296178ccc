using System.Buffers.Text;
using System.Security.Cryptography;
using Relief.Flow.Workflows;
using Relief.Flow.Workflows.Runtime;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Host.Access;

/// <summary>Browsers that signed in, with a key or as a user. The browser holds a random token in a cookie; only its SHA-256 is kept, so no key is ever in a page.</summary>
/// <remarks>A session ends after twelve hours, on sign-out, and within ten seconds of its key or user. All nodes know it, and it outlives a restart.</remarks>
public sealed class Sessions(Installation installation, ReadSide side, TimeProvider time)
{
    public static readonly TimeSpan Length = TimeSpan.FromHours(12);

    private const string ByToken =
        """
        select k.id, k.name, k.roles, k.created_at, k.created_by, min(coalesce(k.expires_at, s.expires_at), s.expires_at), k.revoked_at, 0 as is_person, n.units
        from api_session s join api_key k on k.id = s.key_id left join api_key_units n on n.key_id = k.id where s.hash = @p0
        union all
        select u.id, u.name, u.roles, u.created_at, u.created_by, s.expires_at, u.disabled_at, 1, cast(null as text)
        from user_session s join app_user u on u.id = s.user_id where s.hash = @p0
        """;

    private const string All =
        """
        select s.hash, k.name, s.created_at, s.expires_at, 0 from api_session s join api_key k on k.id = s.key_id where s.expires_at > @p0
        union all select s.hash, u.name, s.created_at, s.expires_at, 1 from user_session s join app_user u on u.id = s.user_id where s.expires_at > @p0
        order by 3 desc
        """;

    private readonly KeyMemory _known = new(time);

    /// <summary>Opens a session for a key that is in force; gives the token for the cookie.</summary>
    public Task<string> Open(ApiKey key, CancellationToken cancellationToken) => Open("api_session", "key_id", key.Id, cancellationToken);

    /// <summary>Opens a session for a user who gave the right password; gives the token for the cookie.</summary>
    public Task<string> Open(AppUser user, CancellationToken cancellationToken) => Open("user_session", "user_id", user.Id, cancellationToken);

    /// <summary>The right that the session was opened with, while both are in force; its expiry is the earlier of the two.</summary>
    public Task<ApiKey?> Identify(string token, CancellationToken cancellationToken) => _known.Find(token, async (hash, cancellation) =>
    {
        var sql = side.Kind == StorageKind.PostgreSql ? ByToken.Replace("min(", "least(", StringComparison.Ordinal) : ByToken;
        return (await AccessSql.Read(side, (sql, [hash]), row => ApiKeys.Record(row) with { IsPerson = row.GetInt32(7) != 0 }, cancellation)).FirstOrDefault();
    }, cancellationToken);

    /// <summary>Who is signed in, the latest first.</summary>
    public Task<List<OpenSession>> List(CancellationToken cancellationToken) => AccessSql.Read(
        side, (All, [time.GetUtcNow().ToUnixTimeMilliseconds()]),
        row => new OpenSession(
            row.GetString(0)[..OpenSession.IdLength], row.GetString(1), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(2)), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(3)), row.GetInt32(4) != 0),
        cancellationToken);

    /// <summary>Ends a session by the id that the list gives it; true when there was one.</summary>
    public async Task<bool> End(string id, CancellationToken cancellationToken)
    {
        if (id.Length != OpenSession.IdLength || !id.All(char.IsAsciiHexDigitLower))
            return false;

        Forget();
        return await installation.Change(
            async (unit, cancellation) => await AccessSql.Run(unit, "delete from api_session where hash like @p0", [id + "%"], cancellation)
                + await AccessSql.Run(unit, "delete from user_session where hash like @p0", [id + "%"], cancellation), cancellationToken) > 0;
    }

    /// <summary>Sessions were ended: nothing is remembered of them on this node.</summary>
    public void Forget() => _known.Forget();

    private async Task<string> Open(string table, string owner, string id, CancellationToken cancellationToken)
    {
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var now = time.GetUtcNow();
        await installation.Change(async (unit, cancellation) =>
        {
            await AccessSql.Run(unit, $"delete from {table} where expires_at < @p0", [now.ToUnixTimeMilliseconds()], cancellation);
            return await AccessSql.Run(
                unit, $"insert into {table} (hash, {owner}, created_at, expires_at) values (@p0, @p1, @p2, @p3)",
                [AccessSql.Hash(token), id, now.ToUnixTimeMilliseconds(), (now + Length).ToUnixTimeMilliseconds()], cancellation);
        }, cancellationToken);
        return token;
    }

    public Task Close(string token, CancellationToken cancellationToken)
    {
        _known.Forget();
        return installation.Change(
            async (unit, cancellation) => await AccessSql.Run(unit, "delete from api_session where hash = @p0", [AccessSql.Hash(token)], cancellation)
                + await AccessSql.Run(unit, "delete from user_session where hash = @p0", [AccessSql.Hash(token)], cancellation), cancellationToken);
    }
}

/// <summary>A browser that is signed in.</summary>
/// <param name="Id">Names it here; it opens nothing.</param>
/// <param name="Name">Of the key or the user.</param>
/// <param name="IsPerson">Whether it was opened with a password.</param>
public sealed record OpenSession(string Id, string Name, DateTimeOffset Since, DateTimeOffset Until, bool IsPerson)
{
    internal const int IdLength = 16;
}
