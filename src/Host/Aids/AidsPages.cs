using System.Collections.Frozen;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Net.Http.Headers;
using Relief.Flow.Host.Studio;
using Relief.Flow.Workflows.Runtime;

namespace Relief.Flow.Host.Aids;

/// <summary>The pages beside the editor, in the same frame: validation, simulation, comparison, picture.</summary>
internal static partial class AidsPages
{
    private const string Folder = "Relief.Flow.Host.Aids.Pages.";
    private const string Policy =
        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    private static readonly FrozenSet<string> Tabs = new[] { "validation", "simulation", "diff", "picture" }.ToFrozenSet(StringComparer.Ordinal);

    public static void MapAidsPages(this IEndpointRouteBuilder routes)
    {
        var studio = routes.MapGroup("/studio").ExcludeFromDescription();
        studio.MapGet("/aids/{definitionId}", Open);
        studio.MapGet("/aids-own/texts.{language}.json", (string language) => Results.Json(AidTexts.All(language == AidTexts.English ? AidTexts.English : AidTexts.Chinese)));
        studio.MapGet("/aids-own/{file}", Own);
    }

    private static async Task<IResult> Open(DefinitionLibrary library, HttpContext context, string definitionId, string? tab)
    {
        if (context.User.Identity is not { IsAuthenticated: true })
            return SignIn.Ask(context);
        if (await library.Drawn(definitionId, null, context.RequestAborted) is not { } definition)
            return Results.NotFound();

        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers.CacheControl = "no-store";
        return Results.Content(Page(context, definition.Id, definition.Name, tab is not null && Tabs.Contains(tab) ? tab : "validation"), "text/html; charset=utf-8");
    }

    private static string Page(HttpContext context, string id, string name, string tab)
    {
        var language = StudioTexts.LanguageOf(context.Request);
        var root = $"{context.Request.PathBase}/";
        var values = new Dictionary<string, string>
        {
            ["lang"] = language == AidTexts.Chinese ? "zh-Hans" : "en", ["language"] = language, ["root"] = root, ["base"] = $"{root}studio/",
            ["id"] = id, ["name"] = name, ["tab"] = tab, ["title"] = AidTexts.Word(language, "title." + tab)
        };
        var bar = StudioPages.Bar(context, tab, id).Markup;
        return Placeholder().Replace(Encoding.UTF8.GetString(Resource("aids.html")!), match => match.Groups[1].Value switch
        {
            "bar" => bar,
            var key => HtmlEncoder.Default.Encode(values.GetValueOrDefault(key) ?? AidTexts.Word(language, key))
        });
    }

    private static IResult Own(HttpContext context, string file)
    {
        if (file.EndsWith(".html", StringComparison.Ordinal) || Resource(file) is not { } bytes)
            return Results.NotFound();

        context.Response.Headers.CacheControl = "no-cache";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes))[..16]}\"");
        return Results.Bytes(bytes, new FileExtensionContentTypeProvider().TryGetContentType(file, out var type) ? type : "application/octet-stream", entityTag: tag);
    }

    private static byte[]? Resource(string file)
    {
        using var stream = typeof(AidsPages).Assembly.GetManifestResourceStream(Folder + file);
        if (stream is null)
            return null;

        using var buffer = new MemoryStream();
        stream.CopyTo(buffer);
        return buffer.ToArray();
    }

    [GeneratedRegex(@"\{\{(\w+)\}\}")]
    private static partial Regex Placeholder();
}
