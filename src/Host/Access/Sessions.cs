using System.Buffers.Text;
using System.Security.Cryptography;
using Relief.Flow.Workflows;
using Relief.Flow.Workflows.Runtime;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Host.Access;

/// <summary>Browsers that signed in with a key. The browser holds a random token in a cookie; only its SHA-256 is kept, so no key is ever in a page.</summary>
/// <remarks>A session ends after twelve hours, on sign-out, and within ten seconds of its key. All nodes know it, and it outlives a restart.</remarks>
public sealed class Sessions(Installation installation, ReadSide side, TimeProvider time)
{
    public static readonly TimeSpan Length = TimeSpan.FromHours(12);

    private readonly KeyMemory _known = new(time);

    private const string ByToken =
        """
        select k.id, k.name, k.roles, k.created_at, k.created_by, min(coalesce(k.expires_at, s.expires_at), s.expires_at), k.revoked_at
        from api_session s join api_key k on k.id = s.key_id where s.hash = @p0
        """;

    /// <summary>Opens a session for a key that is in force; gives the token for the cookie.</summary>
    public async Task<string> Open(ApiKey key, CancellationToken cancellationToken)
    {
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var now = time.GetUtcNow();
        await installation.Change(async (unit, cancellation) =>
        {
            await AccessSql.Run(unit, "delete from api_session where expires_at < @p0", [now.ToUnixTimeMilliseconds()], cancellation);
            return await AccessSql.Run(
                unit, "insert into api_session (hash, key_id, created_at, expires_at) values (@p0, @p1, @p2, @p3)",
                [AccessSql.Hash(token), key.Id, now.ToUnixTimeMilliseconds(), (now + Length).ToUnixTimeMilliseconds()], cancellation);
        }, cancellationToken);
        return token;
    }

    /// <summary>The key that the session was opened with, while both are in force; its expiry is the earlier of the two.</summary>
    public Task<ApiKey?> Identify(string token, CancellationToken cancellationToken) => _known.Find(token, async (hash, cancellation) =>
    {
        var sql = side.Kind == StorageKind.PostgreSql ? ByToken.Replace("min(", "least(", StringComparison.Ordinal) : ByToken;
        return (await AccessSql.Read(side, (sql, [hash]), ApiKeys.Record, cancellation)).FirstOrDefault();
    }, cancellationToken);

    public Task Close(string token, CancellationToken cancellationToken)
    {
        _known.Forget();
        return installation.Change(
            (unit, cancellation) => AccessSql.Run(unit, "delete from api_session where hash = @p0", [AccessSql.Hash(token)], cancellation), cancellationToken);
    }
}
