using System.Collections.Frozen;
using System.Text.Json;
using Relief.Flow.Host.Studio;

namespace Relief.Flow.Host.Designer;

/// <summary>What the façade itself says to the designer's users, Chinese and English; both languages have every text.</summary>
internal static class DrawnTexts
{
    private static readonly FrozenDictionary<string, FrozenDictionary<string, string>> All = new[] { "zh", "en" }.ToFrozenDictionary(
        language => language,
        language => JsonSerializer.Deserialize<Dictionary<string, string>>(StudioTexts.Resource($"designer.{language}.json"))!.ToFrozenDictionary());

    /// <param name="values">What stands in the text's places <c>{0}</c>, <c>{1}</c> ….</param>
    public static string In(string language, string key, params object?[] values) =>
        values.Length == 0 ? All[language][key] : string.Format(System.Globalization.CultureInfo.InvariantCulture, All[language][key], values);
}
