using Relief.Flow.Host.Access;

namespace Relief.Flow.Host.Console;

/// <summary>What the page of accounts is made of.</summary>
internal sealed class AccountDesk(Users users, ApiKeys keys, Sessions sessions)
{
    public Users Users => users;

    public ApiKeys Keys => keys;

    public Sessions Sessions => sessions;

    public async Task<IResult> Show(HttpContext context, AccountNews news) => Doorway.Page<AccountsPage>(context, new AccountsModel(
        await users.List(context.RequestAborted), await keys.List(context.RequestAborted), await sessions.List(context.RequestAborted), news));
}

/// <summary>What a deed on the page has brought.</summary>
public sealed record AccountNews
{
    /// <summary>The key of what was wrong; null when nothing was.</summary>
    public string? Problem { get; init; }

    /// <summary>Whose first password it is.</summary>
    public string? Name { get; init; }

    /// <summary>Shown this once.</summary>
    public string? FirstPassword { get; init; }

    public static AccountNews Of(CreatedUser made) => new() { Name = made.User.Name, FirstPassword = made.FirstPassword };
}

public sealed record AccountsModel(IReadOnlyList<AppUser> Users, IReadOnlyList<ApiKey> Keys, IReadOnlyList<OpenSession> Sessions, AccountNews News);
