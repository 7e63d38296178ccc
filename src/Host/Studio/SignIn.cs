using System.Security.Claims;
using Microsoft.AspNetCore.Mvc;
using Relief.Flow.Host.Access;
using Relief.Flow.Host.Console;

namespace Relief.Flow.Host.Studio;

/// <summary>A person gives name and password, or shows a key, once, and gets a cookie that scripts cannot read; neither is in a page or an address.</summary>
internal static class SignIn
{
    public static void Map(RouteGroupBuilder studio)
    {
        studio.MapGet("/sign-in", (HttpContext context, string? next) => Door(context, next, null));
        studio.MapPost("/sign-in", Enter).DisableAntiforgery();
        studio.MapGet("/password", (HttpContext context, string? next) => PasswordPage(context, next, context.User.FindFirstValue(Actor.PersonClaim), null));
        studio.MapPost("/password", Change).DisableAntiforgery();
        studio.MapPost("/sign-out", Leave).DisableAntiforgery();
        studio.MapPost("/language", Choose).DisableAntiforgery();
    }

    /// <summary>Sends a browser that is not signed in to the door, and after it back to where it was going.</summary>
    public static IResult Ask(HttpContext context) =>
        Results.Redirect($"{context.Request.PathBase}/studio/sign-in?next={Uri.EscapeDataString($"{context.Request.PathBase}{context.Request.Path}{context.Request.QueryString}")}");

    private static async Task<IResult> Enter(ApiKeys keys, Users users, Sessions sessions, HttpContext context)
    {
        var form = await SignInForm.Of(context);
        var (name, secret, stop) = (form.Name, form.Secret, context.RequestAborted);
        if (name.Length == 0)
            return await keys.Identify(secret.Trim(), stop) is { } known ? Welcome(context, await sessions.Open(known, stop), form.Next ?? "", known.Roles) : Door(context, form.Next, "refused");

        return await users.Check(name, secret, stop) switch
        {
            (SignInOutcome.In, { } user) => Welcome(context, await sessions.Open(user, stop), form.Next ?? "", user.Roles),
            (SignInOutcome.MustChange, _) => PasswordPage(context, form.Next, name, null),
            _ => Door(context, form.Next, "refusedUser")
        };
    }

    private static async Task<IResult> Change(Users users, Sessions sessions, HttpContext context)
    {
        var form = await PasswordForm.Of(context);
        var (name, stop) = (form.Name, context.RequestAborted);
        var fault = form.New != form.Again ? "passwordDiffers" : form.New == form.Old ? "passwordSame" : PasswordRules.Fault(name, form.New);
        if (fault is not null)
            return PasswordPage(context, form.Next, name, fault);
        if (await users.Check(name, form.Old, stop) is not (not SignInOutcome.Refused, { } user) || !await users.ChangeOwn(user, form.New, stop))
            return PasswordPage(context, form.Next, name, "refusedUser");

        return Welcome(context, await sessions.Open(user, stop), form.Next ?? "", user.Roles);
    }

    private static IResult Welcome(HttpContext context, string token, string next, IReadOnlyList<string> roles)
    {
        context.Response.Cookies.Append(ApiKeyAuthentication.Cookie, token, Cookie(context, Sessions.Length, hidden: true));
        return Results.Redirect(Ours(next) is { Length: > 0 } asked ? asked : $"{context.Request.PathBase}{HomeOf(roles)}");
    }

    // Who watches begins in the designer, who works at their own desk.
    private static string HomeOf(IReadOnlyList<string> roles) => Policies.RolesOf(Policies.Watch).Any(roles.Contains) ? "/studio/workflows/definitions" : "/tasks";

    private static async Task<IResult> Leave(Sessions sessions, HttpContext context, CancellationToken cancellationToken)
    {
        if (context.Request.Cookies[ApiKeyAuthentication.Cookie] is { Length: > 0 } token)
            await sessions.Close(token, cancellationToken);
        context.Response.Cookies.Delete(ApiKeyAuthentication.Cookie);
        context.Response.Cookies.Delete(Actor.Cookie, new CookieOptions { Path = $"{context.Request.PathBase}/tasks" });
        return Results.Redirect($"{context.Request.PathBase}/studio/sign-in");
    }

    private static IResult Choose(HttpContext context, [FromForm] string? language, [FromForm] string? next)
    {
        context.Response.Cookies.Append(StudioTexts.Cookie, language == "en" ? "en" : "zh", Cookie(context, TimeSpan.FromDays(365), hidden: false));
        return Results.Redirect(Ours(next) is { Length: > 0 } here ? here : $"{context.Request.PathBase}/studio/sign-in");
    }

    private static IResult Door(HttpContext context, string? next, string? fault) => StudioPages.Door(
        context, "sign-in.html", ("signIn", "brand", "tagline"), (fault, fault is null ? StatusCodes.Status200OK : StatusCodes.Status401Unauthorized), ("next", Ours(next)));

    private static IResult PasswordPage(HttpContext context, string? next, string? name, string? fault) => StudioPages.Door(
        context, "password.html", ("changePassword", "changePassword", "changePasswordHint"),
        (fault, fault switch { null => StatusCodes.Status200OK, "refusedUser" => StatusCodes.Status401Unauthorized, _ => StatusCodes.Status422UnprocessableEntity }),
        ("next", Ours(next)), ("name", name));

    private static CookieOptions Cookie(HttpContext context, TimeSpan length, bool hidden) => new()
    {
        HttpOnly = hidden,
        SameSite = SameSiteMode.Lax,
        Secure = context.Request.IsHttps,
        MaxAge = length,
        Path = "/"
    };

    // Never to a foreign address that somebody put into the link.
    private static string Ours(string? next) => next is ['/', not '/' and not '\\', ..] && !next.Contains('\n', StringComparison.Ordinal) ? next : "";
}
