using System.Collections.Frozen;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Relief.Flow.Host.Studio;

/// <summary>The frame's pages and their texts, Chinese and English, from the resources; both languages have every text.</summary>
internal static partial class StudioTexts
{
    public const string Cookie = "relief-language";

    private static readonly FrozenDictionary<string, FrozenDictionary<string, string>> All =
        new[] { "zh", "en" }.ToFrozenDictionary(language => language, language => JsonSerializer.Deserialize<Dictionary<string, string>>(Resource($"frame.{language}.json"))!.ToFrozenDictionary());

    /// <summary>The language that this browser chose: <c>zh</c> unless it said <c>en</c>.</summary>
    public static string LanguageOf(HttpRequest request) => request.Cookies[Cookie] == "en" ? "en" : "zh";

    public static FrozenDictionary<string, string> In(string language) => All[language];

    /// <summary>A page with its placeholders filled: texts of the language, then the values. Texts and values are encoded; <c>Html</c> values are not.</summary>
    public static string Page(string file, string language, params (string Name, object? Value)[] values)
    {
        var given = values.ToDictionary(value => value.Name, value => value.Value);
        given.TryAdd("lang", language == "zh" ? "zh-Hans" : "en");
        return Placeholder().Replace(System.Text.Encoding.UTF8.GetString(Resource(file)), match => match.Groups[1].Value switch
        {
            var name when given.TryGetValue(name, out var value) => value is Html html ? html.Markup : HtmlEncoder.Default.Encode(value?.ToString() ?? ""),
            var name => All[language].TryGetValue(name, out var text) ? Escape(text) : throw new InvalidOperationException($"{file} asks for '{name}', which nobody gives.")
        });
    }

    /// <summary>The bytes of one of the frame's own files.</summary>
    public static byte[] Resource(string file) => Find(file) ?? throw new FileNotFoundException("Not among the resources.", file);

    public static byte[]? Find(string file)
    {
        using var stream = typeof(StudioTexts).Assembly.GetManifestResourceStream("Relief.Flow.Host.Studio.Pages." + file);
        if (stream is null)
            return null;

        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }

    // Chinese stays readable in the page's source; only what HTML itself uses is escaped.
    private static string Escape(string text) => text.Replace("&", "&amp;").Replace("<", "&lt;").Replace("\"", "&quot;");

    [GeneratedRegex(@"\{\{(\w+)\}\}")]
    private static partial Regex Placeholder();
}

/// <summary>Markup that is put into a page as it stands.</summary>
internal sealed record Html(string Markup);
