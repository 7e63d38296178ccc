using Microsoft.AspNetCore.Mvc;
using Relief.Flow.Host.Access;
using Relief.Flow.Host.Console;

namespace Relief.Flow.Host.Studio;

/// <summary>A person shows a key once and gets a cookie that scripts cannot read; the key is in no page and no address.</summary>
internal static class SignIn
{
    public static void Map(RouteGroupBuilder studio)
    {
        studio.MapGet("/sign-in", (HttpContext context, string? next) => Door(context, next, isRefused: false));
        studio.MapPost("/sign-in", Enter).DisableAntiforgery();
        studio.MapPost("/sign-out", Leave).DisableAntiforgery();
        studio.MapPost("/language", Choose).DisableAntiforgery();
    }

    /// <summary>Sends a browser that is not signed in to the door, and after it back to where it was going.</summary>
    public static IResult Ask(HttpContext context) =>
        Results.Redirect($"{context.Request.PathBase}/studio/sign-in?next={Uri.EscapeDataString($"{context.Request.PathBase}{context.Request.Path}{context.Request.QueryString}")}");

    private static async Task<IResult> Enter(
        ApiKeys keys, Sessions sessions, HttpContext context, [FromForm] string? key, [FromForm] string? next, CancellationToken cancellationToken)
    {
        if (await keys.Identify((key ?? "").Trim(), cancellationToken) is not { } known)
            return Door(context, next, isRefused: true);

        context.Response.Cookies.Append(ApiKeyAuthentication.Cookie, await sessions.Open(known, cancellationToken), Cookie(context, Sessions.Length, hidden: true));
        return Results.Redirect(Ours(context, next));
    }

    private static async Task<IResult> Leave(Sessions sessions, HttpContext context, CancellationToken cancellationToken)
    {
        if (context.Request.Cookies[ApiKeyAuthentication.Cookie] is { Length: > 0 } token)
            await sessions.Close(token, cancellationToken);
        context.Response.Cookies.Delete(ApiKeyAuthentication.Cookie);
        context.Response.Cookies.Delete(Visitors.ActingCookie);
        return Results.Redirect($"{context.Request.PathBase}/studio/sign-in");
    }

    private static IResult Choose(HttpContext context, [FromForm] string? language, [FromForm] string? next)
    {
        context.Response.Cookies.Append(StudioTexts.Cookie, language == "en" ? "en" : "zh", Cookie(context, TimeSpan.FromDays(365), hidden: false));
        return Results.Redirect(Ours(context, next));
    }

    private static IResult Door(HttpContext context, string? next, bool isRefused) => StudioPages.Page(
        context, "sign-in.html", isRefused ? StatusCodes.Status401Unauthorized : StatusCodes.Status200OK,
        ("next", Ours(context, next)),
        ("refused", new Html(isRefused ? $"<p class=\"frame-refused\" role=\"alert\">{StudioTexts.In(StudioTexts.LanguageOf(context.Request))["refused"]}</p>" : "")));

    private static CookieOptions Cookie(HttpContext context, TimeSpan length, bool hidden) => new()
    {
        HttpOnly = hidden,
        SameSite = SameSiteMode.Lax,
        Secure = context.Request.IsHttps,
        MaxAge = length,
        Path = "/"
    };

    // Never to a foreign address that somebody put into the link.
    private static string Ours(HttpContext context, string? next) =>
        next is ['/', not '/' and not '\\', ..] && !next.Contains('\n', StringComparison.Ordinal) ? next : $"{context.Request.PathBase}/studio/workflows/definitions";
}
