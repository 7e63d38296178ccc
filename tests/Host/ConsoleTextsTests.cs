using System.Text.RegularExpressions;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Host.Console;
using Relief.Flow.Workflows;
using Relief.Flow.Workflows.Drawing;
using Relief.Flow.Workflows.Kernel;
using Relief.Flow.Workflows.Storage;
using CataloguePathways = Relief.Flow.Activities.Catalogue.Pathways;

namespace Relief.Flow.Tests.Host;

/// <summary>Every word of the console and the inbox is there in both languages.</summary>
public sealed partial class ConsoleTextsTests
{
    private static readonly IReadOnlyDictionary<string, string> Chinese = ConsoleTexts.In("zh");
    private static readonly IReadOnlyDictionary<string, string> English = ConsoleTexts.In("en");

    [Fact]
    public void Both_languages_have_the_same_texts_with_the_same_places_and_none_is_in_the_other_language()
    {
        Assert.Equal(Chinese.Keys.Order(), English.Keys.Order());
        Assert.All(Chinese, text => Assert.Equal(Places(text.Value), Places(English[text.Key])));
        Assert.All(English, text => Assert.DoesNotContain(text.Value, letter => letter is >= '\u4e00' and <= '\u9fff'));
        Assert.All(Chinese, text => Assert.True(text.Key == "brand" || text.Value.Any(letter => letter is >= '\u4e00' and <= '\u9fff') || text.Value.All(letter => !char.IsAsciiLetter(letter)), text.Key));
    }

    [Fact]
    public void Every_text_that_a_page_asks_for_is_there()
    {
        var sources = Directory.EnumerateFiles(Repository.At("src", "Host", "Console")).Where(file => file.EndsWith(".razor", StringComparison.Ordinal) || file.EndsWith(".cs", StringComparison.Ordinal)).Select(File.ReadAllText);
        var asked = sources.SelectMany(source => Asked().Matches(source)).Select(match => match.Groups[1].Value).Distinct().ToList();
        Assert.True(asked.Count > 100);
        Assert.Empty(asked.Except(Chinese.Keys));
        Assert.Empty(Navigation.Entries.Select(entry => entry.Text).Except(Chinese.Keys));
    }

    [Fact]
    public void Every_state_kind_and_role_has_its_word()
    {
        List<string> words =
        [
            .. Enum.GetNames<InstanceStatus>().Select(name => $"status.{name}"), .. Enum.GetNames<BookmarkKind>().Select(name => $"wait.{name}"), .. Enum.GetNames<OutboxState>().Select(name => $"outbox.{name}"),
            .. Enum.GetNames<MessageKind>().Select(name => $"message.{name}"), .. Enum.GetNames<TaskState>().Select(name => $"task.state.{name}"), .. Enum.GetNames<TaskVerb>().Select(name => $"verb.{name}"),
            .. ReliefRoles.All.Select(role => $"role.{role}"), .. new[] { MarkKind.Reached, MarkKind.Standing, MarkKind.Stuck }.Select(kind => $"mark.{kind}"),
            .. new[] { "none", "late", "today", "soon", "time" }.Select(kind => $"due.{kind}"), .. new[] { "retry", "suspend", "resume", "cancel" }.Select(deed => $"did.{deed}")
        ];
        Assert.Empty(words.Except(Chinese.Keys));
    }

    [Fact]
    public void Every_field_of_a_form_and_every_code_to_choose_has_its_word()
    {
        var sources = Directory.EnumerateFiles(Repository.At("src", "Activities"), "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText).ToList();
        var fields = sources.SelectMany(source => Declared().Matches(source)).Select(match => "data." + match.Groups[1].Value).Distinct().ToList();
        Assert.True(fields.Count > 100);
        var enums = typeof(ReliefRoles).Assembly.GetTypes().Where(type => type.IsEnum).ToDictionary(type => type.Name, Enum.GetNames, StringComparer.Ordinal);
        var codes = sources.SelectMany(source => Chosen().Matches(source)).SelectMany(match => match.Groups[1].Success ? enums[match.Groups[1].Value] : Quoted().Matches(match.Groups[2].Value).Select(one => one.Groups[1].Value));
        var mute = fields.Concat(codes.Select(code => "choice." + code)).Except(Chinese.Keys).ToList();
        Assert.True(mute.Count == 0, "no words for " + string.Join(' ', mute));
    }

    [Fact]
    public void The_seven_pathways_are_called_alike_in_a_form_and_in_the_figures()
    {
        Assert.Equal(["M1", "M2", "M3", "M4", "M5", "M6", "M7"], CataloguePathways.Codes);
        Assert.All(CataloguePathways.All, pathway => Assert.Equal((Chinese["choice." + pathway.Code], English["choice." + pathway.Code]), (pathway.Chinese, pathway.English)));
    }

    private static IEnumerable<string> Places(string text) => Place().Matches(text).Select(match => match.Value).Distinct().Order();

    [GeneratedRegex(@"\{\d\}")]
    private static partial Regex Place();

    [GeneratedRegex(@"(?:FormField\.Of|new FormField)\(""(\w+)""")]
    private static partial Regex Declared();

    // Codes to choose: the names of an enumeration, or written out.
    [GeneratedRegex(@"\.OneOf\((?:Enum\.GetNames<(\w+)>\(\)|((?:""\w+""(?:, )?)+))\)")]
    private static partial Regex Chosen();

    [GeneratedRegex(@"""(\w+)""")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\bSay\(""([A-Za-z.]+)""")]
    private static partial Regex Asked();
}
