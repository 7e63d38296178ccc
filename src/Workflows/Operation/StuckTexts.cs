using System.Globalization;
using Relief.Flow.Workflows.Runtime;
using Relief.Flow.Workflows.Storage.Stuck;

namespace Relief.Flow.Workflows.Operation;

/// <summary>Words for what is stuck, in one language; instants in the time of Shanghai.</summary>
/// <remarks>The texts stand in <c>Texts/stuck.&lt;language&gt;.json</c>; a test keeps both languages complete.</remarks>
public sealed class StuckTexts
{
    private static readonly TimeSpan China = TimeSpan.FromHours(8);
    private readonly IReadOnlyDictionary<string, string> texts;

    /// <param name="language"><c>zh</c> and its kin; any other as English.</param>
    public StuckTexts(string language) =>
        texts = TextFile.Of(typeof(StuckTexts).Assembly, language.StartsWith(ActivityTexts.Chinese, StringComparison.OrdinalIgnoreCase) ? ActivityTexts.Chinese : ActivityTexts.English, "stuck");

    /// <summary>A text with its values.</summary>
    public string Say(string key, params object?[] values) => string.Format(CultureInfo.InvariantCulture, texts.GetValueOrDefault(key, key), values);

    /// <summary>The code's short name.</summary>
    public string NameOf(string code) => Say(code + ".name");

    /// <summary>Every code that there is a text for, in the order of their numbers.</summary>
    public static IReadOnlyList<string> Codes { get; } =
        [.. new StuckTexts(ActivityTexts.English).texts.Keys.Where(key => key.EndsWith(".do", StringComparison.Ordinal) && key.Count(letter => letter == '.') == 1).Select(key => key[..^3]).OrderBy(code => int.Parse(code.AsSpan(1), CultureInfo.InvariantCulture))];

    /// <summary>What a deed is called.</summary>
    public string LabelOf(RepairAction action) => Say("do." + action);

    /// <summary>What to do about it, in general.</summary>
    public string RunbookOf(string code) => Say(code + ".do");

    /// <summary>What to do about the one case.</summary>
    public string RunbookOf(Finding finding) => Of(finding, "do");

    /// <summary>The one case in a sentence.</summary>
    /// <param name="step">What the designer calls the step.</param>
    /// <param name="now">Business time.</param>
    public string Tell(Finding finding, string? step, DateTimeOffset now) => Of(finding, "what")
        .Replace("{age}", Age(now - finding.Since), StringComparison.Ordinal).Replace("{step}", step ?? "?", StringComparison.Ordinal).Replace("{since}", At(finding.Since), StringComparison.Ordinal).Replace("{detail}", finding.Detail ?? "", StringComparison.Ordinal);

    /// <summary>The estimate behind a deadline that will be missed, in a sentence.</summary>
    public string Tell(DeadlineRisk risk) => Say("risk", At(risk.Expected), Age(risk.Late), At(risk.Due));

    /// <summary>What somebody outside answered, in words.</summary>
    /// <param name="answer">As it is kept: a word, and a fact behind a space.</param>
    public string TellAnswer(string answer) => answer.Split(' ', 2) is [var word, .. var fact] ? Say("answer." + word, fact is [var known] ? known : "") : answer;

    public static string At(DateTimeOffset instant) => instant.ToOffset(China).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    /// <summary>How long something takes or is late: days from two on, then hours, then minutes.</summary>
    public string Age(TimeSpan age) => age switch
    {
        { TotalDays: >= 2 } => Say("age.days", (int)age.TotalDays),
        { TotalHours: >= 2 } => Say("age.hours", (int)age.TotalHours),
        { TotalMinutes: >= 1 } => Say("age.minutes", (int)age.TotalMinutes),
        _ => Say("age.moment")
    };

    // A kind of matter may have words of its own under a code.
    private string Of(Finding finding, string part) =>
        texts.GetValueOrDefault($"{finding.Code}.{finding.Kind}.{part}") ?? texts.GetValueOrDefault($"{finding.Code}.{part}", finding.Code);
}
