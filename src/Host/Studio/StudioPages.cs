using System.Security.Cryptography;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.StaticFiles;
using Relief.Flow.Host.Access;

namespace Relief.Flow.Host.Studio;

/// <summary>Elsa Studio at <c>/studio</c>: its own pages are elements that our frame holds, signed in by cookie, in Chinese or English.</summary>
internal static class StudioPages
{
    // The hash is that of the inline script that the designer's editor brings; it does nothing here, since the frame has defined the same before.
    private const string Policy =
        "default-src 'self'; script-src 'self' 'wasm-unsafe-eval' 'sha256-snlP1jz0gjwc5cTz9ErZcliXuCK63+Mmf68RRCeptgc=' 'sha256-vu6sQrKXQHR4Yn3FMMihA/9TxxfIXnCxKwvLrTPJ5ts='; style-src 'self' 'unsafe-inline'; "
        + "img-src 'self' data:; font-src 'self' data:; worker-src 'self' blob:; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    public static void MapStudio(this IEndpointRouteBuilder routes)
    {
        var studio = routes.MapGroup("/studio").ExcludeFromDescription();
        studio.MapGet("/", (HttpRequest request) => Results.Redirect($"{request.PathBase}/studio/workflows/definitions"));
        studio.MapGet("/workflows/{kind}/{id?}/{verb?}", Open);
        studio.MapGet("/own/{file}", Own);
        studio.MapGet("/{**path}", (StudioPackage package, HttpContext context, string path) => package.Serve(path, context));
        SignIn.Map(studio);
    }

    /// <summary>A page of our own, which nothing else may frame, sniff or script.</summary>
    public static IResult Page(HttpContext context, string file, int status = 200, params (string Name, object? Value)[] values)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers.CacheControl = "no-store";
        var language = StudioTexts.LanguageOf(context.Request);
        var root = $"{context.Request.PathBase}/";
        return Results.Content(
            StudioTexts.Page(file, language,
            [
                ("base", $"{root}studio/"), ("root", root), ("here", $"{context.Request.Path}{context.Request.QueryString}"),
                ("other", language == "zh" ? "en" : "zh"), ("otherName", language == "zh" ? "English" : "中文"), .. values
            ]),
            "text/html; charset=utf-8", statusCode: status);
    }

    /// <summary>The bar above every page, for the definition that is open, if one is.</summary>
    public static Html Bar(HttpContext context, string page, string? definitionId)
    {
        var language = StudioTexts.LanguageOf(context.Request);
        var root = $"{context.Request.PathBase}/";
        var texts = StudioTexts.In(language);
        string Aid(string tab, string text) => $"<a href=\"{root}studio/aids/{Uri.EscapeDataString(definitionId!)}?tab={tab}\"{(page == tab ? " aria-current=\"page\"" : "")}>{texts[text]}</a>";
        var aids = definitionId is null ? "" : Aid("validation", "aidValidation") + Aid("simulation", "aidSimulation") + Aid("diff", "aidDiff") + Aid("picture", "aidPicture");
        return new Html(StudioTexts.Page("bar.html", language,
            ("base", $"{root}studio/"), ("root", root), ("here", $"{context.Request.Path}{context.Request.QueryString}"), ("aids", new Html(aids)),
            ("onDefinitions", new Html(page is "definitions" or "editor" ? "aria-current=\"page\"" : "")), ("onInstances", new Html(page is "instances" or "viewer" ? "aria-current=\"page\"" : "")),
            ("other", language == "zh" ? "en" : "zh"), ("otherName", language == "zh" ? "English" : "中文"), ("who", context.User.Identity?.Name)));
    }

    private static IResult Open(StudioPackage package, HttpContext context, string kind, string? id, string? verb)
    {
        if (context.User.Identity is not { IsAuthenticated: true })
            return SignIn.Ask(context);

        if (!package.IsHere)
            return Page(context, "missing.html", StatusCodes.Status503ServiceUnavailable);

        var page = (kind, id, verb) switch
        {
            ("definitions", null, null) => "definitions",
            ("definitions", not null, "edit") => "editor",
            ("instances", null, null) => "instances",
            ("instances", not null, "view") => "viewer",
            _ => null
        };
        return page is null
            ? Results.NotFound()
            : Page(context, "studio.html", 200,
                ("title", StudioTexts.In(StudioTexts.LanguageOf(context.Request))[page]), ("page", page), ("id", id), ("forward", context.Request.Path.Value),
                ("bar", Bar(context, page, page == "editor" ? id : null)));
    }

    private static IResult Own(HttpContext context, [FromRoute] string file)
    {
        if (file.EndsWith(".html", StringComparison.Ordinal) || StudioTexts.Find(file) is not { } bytes)
            return Results.NotFound();

        context.Response.Headers.CacheControl = "no-cache";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        var tag = new Microsoft.Net.Http.Headers.EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes))[..16]}\"");
        return Results.Bytes(bytes, new FileExtensionContentTypeProvider().TryGetContentType(file, out var type) ? type : "application/octet-stream", entityTag: tag);
    }
}
