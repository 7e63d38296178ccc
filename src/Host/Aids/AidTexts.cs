using System.Collections.Frozen;
using Relief.Flow.Workflows.Runtime;

namespace Relief.Flow.Host.Aids;

/// <summary>The words of the aids in Chinese and English, from the resources beside this file.</summary>
internal static class AidTexts
{
    public const string Chinese = ActivityTexts.Chinese;
    public const string English = ActivityTexts.English;

    /// <summary>The language that was asked for (<c>zh</c> or <c>en</c>), else what the browser prefers, else Chinese.</summary>
    public static string Language(string? asked, HttpRequest request)
    {
        if (asked is { Length: > 0 })
            return asked.StartsWith(English, StringComparison.OrdinalIgnoreCase) ? English : Chinese;

        var first = request.GetTypedHeaders().AcceptLanguage.OrderByDescending(one => one.Quality ?? 1)
            .Select(one => one.Value.ToString()).FirstOrDefault(one => one.StartsWith(Chinese, StringComparison.OrdinalIgnoreCase) || one.StartsWith(English, StringComparison.OrdinalIgnoreCase));
        return first?.StartsWith(English, StringComparison.OrdinalIgnoreCase) == true ? English : Chinese;
    }

    /// <summary>The text; the key itself when there is none, so that a gap is seen.</summary>
    public static string Word(string language, string key) => All(language).GetValueOrDefault(key, key);

    public static FrozenDictionary<string, string> All(string language) => TextFile.Of(typeof(AidTexts).Assembly, language, "Relief.Flow.Host.Aids.Texts.aids");
}
