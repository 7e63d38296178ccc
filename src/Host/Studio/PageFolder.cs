using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Net.Http.Headers;

namespace Relief.Flow.Host.Studio;

/// <summary>Pages of our own with the files that they need, as the assembly carries them under one name.</summary>
internal sealed partial class PageFolder(string name)
{
    /// <summary>A page with its places <c>{{name}}</c> filled: by the values, else by the texts. Both are encoded, but for values that are <see cref="Html"/>.</summary>
    /// <exception cref="InvalidOperationException">A place that nobody fills.</exception>
    public string Page(string file, IReadOnlyDictionary<string, string> texts, params (string Name, object? Value)[] values)
    {
        var given = values.ToDictionary(value => value.Name, value => value.Value);
        var page = Find(file) ?? throw new FileNotFoundException("Not among the pages.", file);
        return Place().Replace(Encoding.UTF8.GetString(page), match => match.Groups[1].Value switch
        {
            var place when given.TryGetValue(place, out var value) => value is Html html ? html.Markup : Escape(value?.ToString() ?? ""),
            var place => texts.TryGetValue(place, out var text) ? Escape(text) : throw new InvalidOperationException($"{file} asks for '{place}', which nobody gives.")
        });
    }

    /// <summary>A script, a style or a picture, asked for again by its tag; the pages themselves are not files.</summary>
    public IResult Serve(HttpContext context, string file)
    {
        if (file.EndsWith(".html", StringComparison.Ordinal) || Find(file) is not { } bytes)
            return Results.NotFound();

        context.Response.Headers.CacheControl = "no-cache";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes))[..16]}\"");
        return Results.Bytes(bytes, new FileExtensionContentTypeProvider().TryGetContentType(file, out var type) ? type : "application/octet-stream", entityTag: tag);
    }

    private byte[]? Find(string file)
    {
        using var stream = typeof(PageFolder).Assembly.GetManifestResourceStream($"{name}.{file}");
        if (stream is null)
            return null;

        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }

    // Chinese stays readable in the page's source; only what HTML itself uses is escaped.
    private static string Escape(string text) =>
        text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;").Replace("\"", "&quot;").Replace("'", "&#39;");

    [GeneratedRegex(@"\{\{(\w+)\}\}")]
    private static partial Regex Place();
}

/// <summary>Markup that is put into a page as it stands.</summary>
internal sealed record Html(string Markup);
