using Relief.Flow.Host.Access;
using Relief.Flow.Host.Console;
using Relief.Flow.Workflows.Runtime;

namespace Relief.Flow.Host.Studio;

/// <summary>Elsa Studio at <c>/studio</c>: its own pages are elements that our frame holds, signed in by cookie, in Chinese or English.</summary>
internal static class StudioPages
{
    // The hash is that of the inline script that the designer's editor brings; it does nothing here, since the frame has defined the same before.
    private const string Policy =
        "default-src 'self'; script-src 'self' 'wasm-unsafe-eval' 'sha256-snlP1jz0gjwc5cTz9ErZcliXuCK63+Mmf68RRCeptgc=' 'sha256-vu6sQrKXQHR4Yn3FMMihA/9TxxfIXnCxKwvLrTPJ5ts='; style-src 'self' 'unsafe-inline'; "
        + "img-src 'self' data:; font-src 'self' data:; worker-src 'self' blob:; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    private static readonly PageFolder Pages = new("Relief.Flow.Host.Studio.Pages");

    public static void MapStudio(this IEndpointRouteBuilder routes)
    {
        var studio = routes.MapGroup("/studio").ExcludeFromDescription();
        studio.MapGet("/", (HttpRequest request) => Results.Redirect($"{request.PathBase}/studio/workflows/definitions"));
        studio.MapGet("/workflows/{kind}/{id?}/{verb?}", Open).WithMetadata(new Needs(Policies.Watch, "/studio")).AddEndpointFilter<Doorway>();
        studio.MapGet("/own/{file}", (HttpContext context, string file) => Pages.Serve(context, file));
        studio.MapGet("/{**path}", (StudioPackage package, HttpContext context, string path) => package.Serve(path, context));
        SignIn.Map(studio);
    }

    /// <summary>A page of the frame.</summary>
    public static IResult Page(HttpContext context, string file, int status = 200, params (string Name, object? Value)[] values) =>
        Guarded(context, Filled(context, file, values), Policy, status);

    /// <summary>A page before the door: a form by itself, with what is to be told above it.</summary>
    /// <param name="texts">The keys of its title, its heading and what it is about.</param>
    /// <param name="answer">The key of what was wrong, null when nothing was, and the status.</param>
    public static IResult Door(HttpContext context, string file, (string Title, string Heading, string About) texts, (string? Fault, int Status) answer, params (string Name, object? Value)[] values)
    {
        var say = StudioTexts.In(StudioTexts.LanguageOf(context.Request));
        return Page(context, "door.html", answer.Status,
            ("title", say[texts.Title]), ("heading", say[texts.Heading]), ("about", say[texts.About]), ("form", new Html(Filled(context, file, values))),
            ("refused", new Html(answer.Fault is { } fault ? $"<p class=\"frame-refused\" role=\"alert\">{say[fault]}</p>" : "")));
    }

    /// <summary>Markup as a page of our own, which nothing else may frame, sniff or script.</summary>
    /// <param name="policy">What may act in it and where it may reach.</param>
    public static IResult Guarded(HttpContext context, string markup, string policy, int status = 200)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers.CacheControl = "no-store";
        return Results.Content(markup, "text/html; charset=utf-8", statusCode: status);
    }

    /// <summary>The bar above every page, for the definition that is open, if one is.</summary>
    public static Html Bar(HttpContext context, string page, string? definitionId)
    {
        var texts = StudioTexts.In(StudioTexts.LanguageOf(context.Request));
        string Aid(string tab, string text) => $"<a href=\"{Root(context)}studio/aids/{Uri.EscapeDataString(definitionId!)}?tab={tab}\"{(page == tab ? " aria-current=\"page\"" : "")}>{texts[text]}</a>";
        var aids = definitionId is null ? "" : Aid("validation", "aidValidation") + Aid("simulation", "aidSimulation") + Aid("diff", "aidDiff") + Aid("picture", "aidPicture");
        return new Html(Filled(context, "bar.html",
        [
            ("aids", new Html(aids)), ("onDefinitions", new Html(page is "definitions" or "editor" ? "aria-current=\"page\"" : "")),
            ("onInstances", new Html(page is "instances" or "viewer" ? "aria-current=\"page\"" : "")), ("who", context.User.Identity?.Name)
        ]));
    }

    /// <summary>What every page of ours needs to know: where it is, in which language, and which other there is.</summary>
    public static (string Name, object? Value)[] Facts(HttpContext context)
    {
        var isChinese = StudioTexts.LanguageOf(context.Request) == ActivityTexts.Chinese;
        return
        [
            ("root", Root(context)), ("base", $"{Root(context)}studio/"), ("here", $"{context.Request.Path}{context.Request.QueryString}"), ("lang", isChinese ? "zh-Hans" : "en"),
            ("other", isChinese ? ActivityTexts.English : ActivityTexts.Chinese), ("otherName", isChinese ? "English" : "中文")
        ];
    }

    private static string Filled(HttpContext context, string file, (string Name, object? Value)[] values) =>
        Pages.Page(file, StudioTexts.In(StudioTexts.LanguageOf(context.Request)), [.. Facts(context), .. values]);

    private static string Root(HttpContext context) => $"{context.Request.PathBase}/";

    private static IResult Open(StudioPackage package, HttpContext context, string kind, string? id, string? verb)
    {
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
}
