using Relief.Flow.Host.Access;

namespace Relief.Flow.Host.Console;

/// <summary>Who gets in: users, keys and open sessions, for administrators.</summary>
internal static class AccountPages
{
    public static void MapAccounts(this RouteGroupBuilder access)
    {
        access.MapGet("/", (AccountDesk desk, HttpContext context) => desk.Show(context, new AccountNews()));
        access.MapPost("/users", Create);
        access.MapPost("/users/{id}/password", Reset);
        access.MapPost("/users/{id}/end", Disable);
        access.MapPost("/sessions/{id}/end", EndSession);
        access.MapPost("/keys/{id}/end", Revoke);
    }

    // The first password is in this answer and nowhere else, so that there is no redirection.
    private static async Task<IResult> Create(AccountDesk desk, HttpContext context)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var (name, roles) = (form["name"].ToString().Trim(), form["role"].OfType<string>().ToArray());
        if (!Actor.StaffId().IsMatch(name) || roles.Length == 0 || !roles.All(Roles.IsKnown))
            return await desk.Show(context, new AccountNews { Problem = "access.badUser" });

        var password = Users.FirstPassword();
        return await desk.Show(context, await desk.Users.Create(new NewUser(name, roles, password), Doorway.VisitorOf(context).By, context.RequestAborted) is null
            ? new AccountNews { Problem = "access.nameTaken" }
            : new AccountNews { Name = name, FirstPassword = password });
    }

    private static async Task<IResult> Reset(AccountDesk desk, HttpContext context, string id)
    {
        var password = Users.FirstPassword();
        if (await desk.Users.Find(id, context.RequestAborted) is not { } user
            || !await desk.Users.SetPassword(user, new NewPassword(password, MustChange: true), Doorway.VisitorOf(context).By, context.RequestAborted))
            return Doorway.Missing(context);

        desk.Sessions.Forget();
        return await desk.Show(context, new AccountNews { Name = user.Name, FirstPassword = password });
    }

    private static async Task<IResult> Disable(AccountDesk desk, HttpContext context, string id)
    {
        if (await desk.Users.Find(id, context.RequestAborted) is not { } user || !await desk.Users.Disable(user, Doorway.VisitorOf(context).By, context.RequestAborted))
            return Doorway.Missing(context);

        desk.Sessions.Forget();
        return Doorway.Onwards(context, "console/access");
    }

    private static async Task<IResult> EndSession(AccountDesk desk, HttpContext context, string id) =>
        await desk.Sessions.End(id, context.RequestAborted) ? Doorway.Onwards(context, "console/access") : Doorway.Missing(context);

    private static async Task<IResult> Revoke(AccountDesk desk, HttpContext context, string id) =>
        await desk.Keys.Revoke(id, context.RequestAborted) ? Doorway.Onwards(context, "console/access") : Doorway.Missing(context);
}
