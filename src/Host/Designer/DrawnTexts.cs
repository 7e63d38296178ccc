using System.Globalization;
using Relief.Flow.Workflows.Runtime;

namespace Relief.Flow.Host.Designer;

/// <summary>What the façade itself says to the designer's users, Chinese and English; both languages have every text.</summary>
internal static class DrawnTexts
{
    /// <param name="values">What stands in the text's places <c>{0}</c>, <c>{1}</c> ….</param>
    public static string In(string language, string key, params object?[] values)
    {
        var text = TextFile.Of(typeof(DrawnTexts).Assembly, language, "Relief.Flow.Host.Studio.Pages.designer")[key];
        return values.Length == 0 ? text : string.Format(CultureInfo.InvariantCulture, text, values);
    }
}
