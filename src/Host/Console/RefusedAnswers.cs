using Relief.Flow.Activities;
using Relief.Flow.Workflows.Runtime;

namespace Relief.Flow.Host.Console;

/// <summary>
/// Why an answer of a person was not taken, in words. An activity that asks again says it by a code (<c>problem</c> of the task's data); what it
/// means and what to do about it stands in <c>src/Activities/Texts/answers.zh.json</c> and <c>answers.en.json</c>, both complete.
/// </summary>
internal static class RefusedAnswers
{
    /// <summary>The words for a code; the code itself where there are none.</summary>
    /// <param name="code">Such as <c>SignersNotDistinct</c>.</param>
    /// <param name="language"><c>zh</c> or <c>en</c>.</param>
    public static string Of(string code, string language) => All(language).GetValueOrDefault(code, code);

    /// <summary>Every code with its words in a language.</summary>
    public static IReadOnlyDictionary<string, string> All(string language) => TextFile.Of(typeof(Deed).Assembly, language, "answers");
}
