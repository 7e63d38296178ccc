using System.Reflection;
using Relief.Flow.Activities.Surveys;
using Relief.Flow.Workflows;
using Relief.Flow.Workflows.Runtime;

namespace Relief.Flow.Tests.Runtime;

public sealed class ActivityTextsTests
{
    private static readonly Assembly[] Assemblies = [typeof(Activity).Assembly, typeof(Survey).Assembly];
    private static readonly ActivityCatalog Catalog = new([typeof(Survey).Assembly]);
    private static readonly string[] ProperNames = ["HTTP", "Cron", "JavaScript", "Liquid", "Handlebars", "GUID", "GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];

    [Fact]
    public void Every_text_of_every_activity_is_there_in_Chinese() =>
        Assert.Empty(TextsOf(ActivityTexts.Chinese).Where(text => !IsChinese(text.Shown)).Select(text => text.Key));

    [Fact]
    public void Every_text_of_every_activity_is_there_in_English() =>
        Assert.Empty(TextsOf(ActivityTexts.English).Where(text => text.Shown.Length == 0 || text.Shown.Any(IsHan)).Select(text => text.Key));

    [Fact]
    public void No_Chinese_name_stands_both_in_an_attribute_and_in_a_file()
    {
        var keys = Catalog.All.Where(activity => activity.Chinese is not null).Select(activity => activity.Type)
            .Concat(Catalog.All.SelectMany(activity => activity.Inputs.Where(input => input.Chinese is not null).Select(input => $"{activity.Type}.in.{input.Name}")))
            .Concat(Catalog.All.SelectMany(activity => activity.Outputs.Where(output => output.Chinese is not null).Select(output => $"{activity.Type}.out.{output.Name}")));

        Assert.Empty(keys.Intersect(Assemblies.SelectMany(assembly => TextFile.Of(assembly, ActivityTexts.Chinese).Keys)));
    }

    [Fact]
    public void The_files_are_sorted()
    {
        foreach (var file in Directory.GetFiles(Path.Combine(Repository.Root, "src"), "activities.??.json", SearchOption.AllDirectories).Where(file => file.Contains("Texts")))
        {
            var keys = File.ReadLines(file).Where(line => line.StartsWith("  \"", StringComparison.Ordinal)).Select(line => line.Split('"')[1]).ToList();
            Assert.Equal(keys.Order(StringComparer.Ordinal), keys);
        }
    }

    [Theory]
    [InlineData("Relief.Survey", "NotRecommended", "Not recommended", "不建议确认")]
    [InlineData("Elsa.If", "then", "Then", "成立时")]
    [InlineData("Elsa.FlowFork", "北", "北", "北")]
    public void A_port_is_labelled_in_the_readers_language(string type, string port, string english, string chinese)
    {
        var activity = Catalog.Find(type)!;

        Assert.Equal(english, ActivityTexts.Port(activity, port, ActivityTexts.English));
        Assert.Equal(chinese, ActivityTexts.Port(activity, port, ActivityTexts.Chinese));
    }

    [Theory]
    [InlineData("Relief.Survey", "NobodyHome", "Nobody home", "无人在家")]
    [InlineData("Relief.SettleUnrecorded", "NeverCame", "Never came", "确认无记录")]
    [InlineData("Relief.Survey", "作者所写", "作者所写", "作者所写")]
    public void What_is_decided_at_a_task_is_told_in_the_readers_language_though_it_is_no_port(string type, string outcome, string english, string chinese)
    {
        var activity = Catalog.Find(type)!;

        Assert.Equal(english, ActivityTexts.Decided(activity, outcome, ActivityTexts.English));
        Assert.Equal(chinese, ActivityTexts.Decided(activity, outcome, ActivityTexts.Chinese));
    }

    [Fact]
    public void Names_are_words_in_English() =>
        Assert.Equal("Send HTTP request", ActivityTexts.Name(Catalog.Find("Elsa.SendHttpRequest")!, ActivityTexts.English));

    private static IEnumerable<(string Key, string Shown)> TextsOf(string language)
    {
        foreach (var activity in Catalog.All)
        {
            yield return (activity.Type, ActivityTexts.Name(activity, language));
            yield return ($"{activity.Type}#description", ActivityTexts.Description(activity, language));
            yield return ($"category.{activity.Category}", ActivityTexts.Category(activity, language));
            foreach (var port in activity.Outcomes.Concat(activity.Embedded))
                yield return ($"{activity.Type}.port.{port}", ActivityTexts.Port(activity, port, language));
            foreach (var text in activity.Inputs.SelectMany(input => TextsOf(activity, input, language)))
                yield return text;
            foreach (var (key, shown) in activity.Outputs.Select(output => ($"{activity.Type}.out.{output.Name}", ActivityTexts.Output(activity, output, language))))
            {
                yield return (key, shown.Name);
                yield return ($"{key}#description", shown.Description);
            }
        }
    }

    private static IEnumerable<(string Key, string Shown)> TextsOf(ActivityDescriptor activity, InputDescriptor input, string language)
    {
        var key = $"{activity.Type}.in.{input.Name}";
        var shown = ActivityTexts.Input(activity, input, language);
        yield return (key, shown.Name);
        yield return ($"{key}#description", shown.Description);
        foreach (var option in input.Options)
            yield return ($"{key}.{option}", ActivityTexts.Option(activity, input, option, language));
    }

    private static bool IsChinese(string text) => text.Any(IsHan) || ProperNames.Contains(text);

    private static bool IsHan(char letter) => letter is >= '\u4e00' and <= '\u9fff';
}
