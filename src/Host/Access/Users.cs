using System.Buffers.Text;
using System.Data.Common;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Identity;
using Relief.Flow.Activities;
using Relief.Flow.Activities.Audit;
using Relief.Flow.Workflows;
using Relief.Flow.Workflows.Runtime;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Host.Access;

/// <summary>People who sign in with a password: made, changed, disabled, and let in. Every change is in the audit trail (<c>user:…</c>), no password is anywhere.</summary>
/// <remarks>After five wrong passwords nobody gets in under that name for fifteen minutes; a try is counted before it is looked at, so that many at once gain nothing.</remarks>
public sealed class Users(Installation installation, ReadSide side, Sessions sessions, TimeProvider time)
{
    public static readonly TimeSpan LockedFor = TimeSpan.FromMinutes(15);
    private const int MostTries = 5;
    private const string Columns = "select id, name, roles, created_at, created_by, must_change, locked_until, disabled_at, password from app_user";

    private static readonly PasswordHasher<string> Hasher = new();

    // So that an unknown name takes as long as a known one.
    private static readonly string Decoy = Hasher.HashPassword("", Guid.NewGuid().ToString());

    public async Task<List<AppUser>> List(CancellationToken cancellationToken) => [.. (await Read("order by name", [], cancellationToken)).Select(known => known.User)];

    /// <summary>Makes a user with a first password, which has to be changed; null when the name is taken.</summary>
    public async Task<CreatedUser?> Create(string name, IReadOnlyList<string> roles, string by, CancellationToken cancellationToken)
    {
        var (now, password) = (time.GetUtcNow(), FirstPassword());
        var user = new AppUser { Id = Guid.CreateVersion7(now).ToString("N"), Name = name, Roles = roles, CreatedAt = now, CreatedBy = by, MustChange = true };
        var isNew = await Change(
            "insert into app_user (id, name, roles, password, must_change, failed, created_at, created_by) values (@p0, @p1, @p2, @p3, 1, 0, @p4, @p5) on conflict do nothing",
            [user.Id, name, JsonSerializer.Serialize(roles), Hasher.HashPassword(name, password), Ms(now), by], new Told(user, "UserCreated", by, new { roles }), cancellationToken);
        return isNew ? new CreatedUser(user, password) : null;
    }

    /// <summary>Gives a user another first password, which opens the lock and ends every session; null when there is no such user, or it was ended.</summary>
    public async Task<CreatedUser?> Reset(string id, string by, CancellationToken cancellationToken)
    {
        var password = FirstPassword();
        return await Find(id, cancellationToken) is { } user && await SetPassword(user, password, mustChange: true, by, cancellationToken)
            ? new CreatedUser(user with { MustChange = true, LockedUntil = null }, password)
            : null;
    }

    /// <summary>A user has chosen another password, which ends every session; false when the user was ended meanwhile.</summary>
    public Task<bool> ChangeOwn(AppUser user, string password, CancellationToken cancellationToken) => SetPassword(user, password, mustChange: false, user.Name, cancellationToken);

    /// <summary>Ends a user now, with every session; false when there is no such user, or it was ended before.</summary>
    public async Task<bool> Disable(string id, string by, CancellationToken cancellationToken) =>
        await Find(id, cancellationToken) is { } user && await EndSessions(
            "update app_user set disabled_at = @p0 where id = @p1 and disabled_at is null", [Ms(time.GetUtcNow()), id], new Told(user, "UserDisabled", by, null), cancellationToken);

    /// <summary>Whether this name goes with this password.</summary>
    public async Task<(SignInOutcome Outcome, AppUser? User)> Check(string name, string password, CancellationToken cancellationToken)
    {
        var known = (await Read("where name = @p0 and disabled_at is null", [name], cancellationToken)).FirstOrDefault();
        var isCounted = known is not null && await Count(known.User, cancellationToken);
        var isRight = Hasher.VerifyHashedPassword(name, known?.Password ?? Decoy, password) != PasswordVerificationResult.Failed;
        if (known is null || !isCounted || !isRight)
            return (SignInOutcome.Refused, null);

        await installation.Change(
            (unit, token) => AccessSql.Run(unit, "update app_user set failed = 0, locked_until = null where id = @p0", [known.User.Id], token), cancellationToken);
        return (known.User.MustChange ? SignInOutcome.MustChange : SignInOutcome.In, known.User);
    }

    // False when the name is locked.
    private async Task<bool> Count(AppUser user, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return await installation.Change(
            (unit, token) => AccessSql.Run(unit,
                """
                update app_user set failed = case when locked_until is null then failed + 1 else 1 end, locked_until = case when locked_until is null and failed + 1 >= @p0 then @p1 else null end
                where id = @p2 and (locked_until is null or locked_until <= @p3)
                """,
                [(long)MostTries, Ms(now + LockedFor), user.Id, Ms(now)], token), cancellationToken) > 0;
    }

    private static string FirstPassword() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(12));

    private async Task<AppUser?> Find(string id, CancellationToken cancellationToken) => (await Read("where id = @p0", [id], cancellationToken)).FirstOrDefault()?.User;

    private Task<bool> SetPassword(AppUser user, string password, bool mustChange, string by, CancellationToken cancellationToken) => EndSessions(
        "update app_user set password = @p0, must_change = @p1, failed = 0, locked_until = null where id = @p2 and disabled_at is null",
        [Hasher.HashPassword(user.Name, password), mustChange ? 1L : 0L, user.Id], new Told(user, "PasswordChanged", by, null), cancellationToken);

    private async Task<bool> EndSessions(string sql, object?[] values, Told told, CancellationToken cancellationToken)
    {
        var isDone = await Change(sql, values, told with { EndsSessions = true }, cancellationToken);
        sessions.Forget();
        return isDone;
    }

    private Task<bool> Change(string sql, object?[] values, Told told, CancellationToken cancellationToken) => installation.Change(
        async (unit, token) =>
        {
            if (await AccessSql.Run(unit, sql, values, token) == 0)
                return false;
            if (told.EndsSessions)
                await AccessSql.Run(unit, "delete from user_session where user_id = @p0", [told.User.Id], token);
            await using var db = ReliefDbContext.Over(unit);
            await db.Audit("user:" + told.User.Name, new AuditDetail(told.What, told.Value), new Activities.Deed(told.By, time.GetUtcNow(), Guid.NewGuid().ToString("N")), token);
            return true;
        }, cancellationToken);

    private Task<List<Known>> Read(string where, object?[] values, CancellationToken cancellationToken) => AccessSql.Read(side, ($"{Columns} {where}", values), Record, cancellationToken);

    private static Known Record(DbDataReader row) => new(
        new AppUser
        {
            Id = row.GetString(0), Name = row.GetString(1), Roles = JsonSerializer.Deserialize<string[]>(row.GetString(2)) ?? [],
            CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(3)), CreatedBy = row.GetString(4), MustChange = row.GetInt64(5) != 0,
            LockedUntil = AccessSql.InstantOrNull(row, 6), DisabledAt = AccessSql.InstantOrNull(row, 7)
        }, row.GetString(8));

    private static long Ms(DateTimeOffset instant) => instant.ToUnixTimeMilliseconds();

    private sealed record Known(AppUser User, string Password);

    private sealed record Told(AppUser User, string What, string By, object? Value)
    {
        public bool EndsSessions { get; init; }
    }
}
