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
        if (!Actor.StaffId().IsMatch(name) || !Roles.AreKnown(roles))
            return await desk.Show(context, new AccountNews { Problem = "access.badUser" });

        return await desk.Users.Create(name, roles, Doorway.VisitorOf(context).By, context.RequestAborted) is { } made
            ? await desk.Show(context, AccountNews.Of(made))
            : await desk.Show(context, new AccountNews { Problem = "access.nameTaken" });
    }

    private static async Task<IResult> Reset(AccountDesk desk, HttpContext context, string id) =>
        await desk.Users.Reset(id, Doorway.VisitorOf(context).By, context.RequestAborted) is { } reset ? await desk.Show(context, AccountNews.Of(reset)) : Doorway.Missing(context);

    private static async Task<IResult> Disable(AccountDesk desk, HttpContext context, string id) =>
        await desk.Users.Disable(id, Doorway.VisitorOf(context).By, context.RequestAborted) ? Doorway.Onwards(context, "console/access") : Doorway.Missing(context);

    private static async Task<IResult> EndSession(AccountDesk desk, HttpContext context, string id) =>
        await desk.Sessions.End(id, context.RequestAborted) ? Doorway.Onwards(context, "console/access") : Doorway.Missing(context);

    private static async Task<IResult> Revoke(AccountDesk desk, HttpContext context, string id) =>
        await desk.Keys.Revoke(id, context.RequestAborted) ? Doorway.Onwards(context, "console/access") : Doorway.Missing(context);
}
