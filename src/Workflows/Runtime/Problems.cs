using System.Collections.Frozen;
using System.Globalization;
using Relief.Flow.Workflows.Definitions;

namespace Relief.Flow.Workflows.Runtime;

/// <summary>Tells what is wrong in the reader's language.</summary>
/// <remarks>The texts stand in <c>Texts/problems.&lt;language&gt;.json</c>, one for each code and, as <c>code.more</c>, for its variants; a test keeps both languages complete.</remarks>
public static class Problems
{
    /// <summary>The problem in words.</summary>
    /// <param name="language"><c>zh</c> or <c>en</c>; a longer tag such as <c>zh-CN</c> counts by its beginning, any other as English.</param>
    public static string Tell(Problem problem, string language)
    {
        var texts = Of(language.StartsWith(ActivityTexts.Chinese, StringComparison.OrdinalIgnoreCase) ? ActivityTexts.Chinese : ActivityTexts.English);
        return problem.Text is { } told && texts.TryGetValue(told.Key, out var text)
            ? string.Format(CultureInfo.InvariantCulture, text, [.. told.Arguments])
            : problem.Message;
    }

    /// <summary>The same problem with its <see cref="Problem.Message"/> in that language: for answers that carry one text.</summary>
    public static Problem In(Problem problem, string language) => problem with { Message = Tell(problem, language) };

    internal static FrozenDictionary<string, string> Of(string language) => TextFile.Of(typeof(Problems).Assembly, language, "problems");
}
