using System.Collections.Frozen;
using System.Text.Encodings.Web;
using Relief.Flow.Host.Studio;

namespace Relief.Flow.Host.Doorbell;

/// <summary>A page of the doorbell: it may load our own style and script and nothing else, is kept nowhere, and tells no other site where it was.</summary>
internal static class DoorbellPage
{
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    private static readonly PageFolder Files = new("Relief.Flow.Host.Doorbell.Pages");
    private static readonly FrozenDictionary<string, string> NoTexts = FrozenDictionary<string, string>.Empty;

    public static IResult Of(HttpContext context, string file, int status, string title, string markup)
    {
        Guard(context);
        var page = Files.Page(file, NoTexts, ("root", $"{context.Request.PathBase}/"), ("title", title), ("content", new Html(markup)));
        return Results.Content(page, "text/html; charset=utf-8", statusCode: status);
    }

    /// <summary>A part of a page, for the page itself to fetch.</summary>
    public static IResult Part(HttpContext context, string markup)
    {
        Guard(context);
        return Results.Content(markup, "text/html; charset=utf-8");
    }

    /// <summary>The style or the script.</summary>
    public static IResult File(HttpContext context, string file) => Files.Serve(context, file);

    /// <summary>Text as it may stand in a page.</summary>
    public static string Text(string? text) => HtmlEncoder.Create(System.Text.Unicode.UnicodeRanges.All).Encode(text ?? "");

    private static void Guard(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers.CacheControl = "no-store";
    }
}
