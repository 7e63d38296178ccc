using System.Collections.Frozen;
using Relief.Flow.Workflows.Runtime;

namespace Relief.Flow.Host.Studio;

/// <summary>The frame's texts, Chinese and English, from the resources; both languages have every text.</summary>
internal static class StudioTexts
{
    public const string Cookie = "relief-language";

    /// <summary>The language that this browser chose: <c>zh</c> unless it said <c>en</c>.</summary>
    public static string LanguageOf(HttpRequest request) => request.Cookies[Cookie] == ActivityTexts.English ? ActivityTexts.English : ActivityTexts.Chinese;

    public static FrozenDictionary<string, string> In(string language) => TextFile.Of(typeof(StudioTexts).Assembly, language, "Relief.Flow.Host.Studio.Pages.frame");
}
