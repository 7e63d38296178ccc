using System.Text.RegularExpressions;
using Relief.Flow.Host.Stuck;
using Relief.Flow.Workflows.Operation;
using Relief.Flow.Workflows.Runtime;
using Relief.Flow.Workflows.Storage.Stuck;

namespace Relief.Flow.Tests.Operation;

/// <summary>Every way to be stuck and every deed has its words, in both languages.</summary>
public sealed partial class StuckTextsTests
{
    private static readonly IReadOnlyDictionary<string, string> Chinese = TextFile.Of(typeof(StuckTexts).Assembly, "zh", "stuck");
    private static readonly IReadOnlyDictionary<string, string> English = TextFile.Of(typeof(StuckTexts).Assembly, "en", "stuck");

    [Fact]
    public void Both_languages_have_the_same_texts_with_the_same_places()
    {
        Assert.Equal(Chinese.Keys.Order(), English.Keys.Order());
        Assert.All(Chinese, text => Assert.Equal(Places(text.Value), Places(English[text.Key])));
        Assert.All(English, text => Assert.DoesNotContain(text.Value, letter => letter is >= '\u4e00' and <= '\u9fff'));
    }

    [Fact]
    public void Every_code_and_every_deed_has_its_words()
    {
        Assert.Equal(EngineRules.All.Concat(ReliefStuckRules.All).Select(rule => rule.Code).Distinct(), StuckTexts.Codes);
        foreach (var code in StuckTexts.Codes)
            Assert.All([code + ".name", code + ".what", code + ".do"], key => Assert.Contains(key, Chinese.Keys));
        foreach (var action in Enum.GetNames<RepairAction>())
            Assert.All(["do." + action, "effect." + action], key => Assert.Contains(key, Chinese.Keys));
        Assert.All(Enum.GetNames<StuckSeverity>(), name => Assert.Contains("severity." + name, Chinese.Keys));
    }

    private static IEnumerable<string> Places(string text) => Place().Matches(text).Select(match => match.Value).Distinct().Order();

    [GeneratedRegex(@"\{[a-z0-9]+\}")]
    private static partial Regex Place();
}
