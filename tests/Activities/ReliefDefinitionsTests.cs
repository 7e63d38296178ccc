using System.Collections.Immutable;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Relief.Flow.Activities;
using Relief.Flow.Workflows;
using Relief.Flow.Workflows.Definitions;
using Relief.Flow.Workflows.Expressions;

namespace Relief.Flow.Tests.Activities;

/// <summary>The definitions of the way from application to decision, and the texts of their notices.</summary>
public sealed partial class ReliefDefinitionsTests
{
    private static readonly ExpressionEvaluator Evaluator = new();

    public static TheoryData<string> Definitions { get; } =
        ["case.lifecycle", "procedure.intake", "procedure.register", "procedure.survey", "procedure.review", "procedure.death"];

    [Theory]
    [MemberData(nameof(Definitions))]
    public void Every_definition_reads_and_keeps_the_rules_for_publishing(string id)
    {
        var source = File.ReadAllBytes(Repository.At("definitions", id + ".json"));
        var reading = DefinitionReader.Read(source);
        Assert.Empty(reading.Problems);
        Assert.Equal(id, reading.Definition!.Id);
        Assert.Empty(DefinitionRules.Check(reading.Definition, Shape, Evaluator.Inspect).Select(problem => $"{problem.ActivityId} {problem.Code} {problem.Message}"));
    }

    [Theory]
    [MemberData(nameof(Definitions))]
    public void No_two_activities_are_drawn_over_each_other(string id)
    {
        var definition = DefinitionReader.Read(File.ReadAllBytes(Repository.At("definitions", id + ".json"))).Definition!;
        var places = definition.Nodes.Values.Where(node => node.Parent is not null)
            .Select(node => node.Members["metadata"].GetProperty("designer").GetProperty("position").GetRawText()).ToList();
        Assert.Equal(places.Count, places.Distinct().Count());
    }

    [Fact]
    public void Every_committed_definition_says_in_Chinese_what_it_is()
    {
        foreach (var file in Directory.EnumerateFiles(Repository.At("definitions"), "*.json"))
        {
            var definition = JsonElement.Parse(File.ReadAllBytes(file));
            Assert.Matches(Han(), definition.GetProperty("name").GetString());
            Assert.Matches(Han(), definition.GetProperty("description").GetString());
        }
    }

    [Fact]
    public void Every_notice_has_its_text_in_both_languages()
    {
        var names = typeof(ReliefDatabase).Assembly.GetManifestResourceNames().ToHashSet();
        foreach (var file in Directory.EnumerateFiles(Repository.At("src", "Activities"), "*.cs", SearchOption.AllDirectories))
        {
            foreach (Match told in Told().Matches(File.ReadAllText(file)))
            {
                foreach (var language in new[] { "zh", "en" })
                    Assert.Contains($"Relief.Flow.Activities.Templates.{told.Groups[1].Value}.{told.Groups[2].Value}.{language}.hbs", names);
            }
        }
    }

    private static ActivityShape? Shape(string type) => Elsa.GetValueOrDefault(type) ?? Relief(type);

    private static ActivityShape? Relief(string type)
    {
        var found = typeof(ReliefDatabase).Assembly.GetTypes().FirstOrDefault(one => "Relief." + one.Name == type && one.IsSubclassOf(typeof(Activity)));
        if (found?.GetCustomAttribute<ActivityAttribute>() is not { } attribute)
            return null;
        return new ActivityShape(type, [.. found.GetCustomAttribute<OutcomesAttribute>()?.Names ?? [Activity.Done]], attribute.Waits, attribute.MovesMoney, attribute.Approves, false,
            [.. found.GetProperties().Where(property => property.IsDefined(typeof(InputAttribute)))
                .Select(property => new InputShape(property.Name, property.IsDefined(typeof(System.Runtime.CompilerServices.RequiredMemberAttribute))))]);
    }

    private static readonly ImmutableDictionary<string, ActivityShape> Elsa = new ActivityShape[]
    {
        Plain("Elsa.Flowchart") with { IsContainer = true }, Plain("Elsa.SetOutput"), Plain("Elsa.End"), Plain("Elsa.ExecuteWorkflow") with { Waits = true },
        Plain("Elsa.FlowDecision", "True", "False"), Plain("Elsa.FlowSwitch", "Default")
    }.ToImmutableDictionary(shape => shape.Type);

    private static ActivityShape Plain(string type, params string[] outcomes) => new(type, [.. outcomes], false, false, false, false, []);

    [GeneratedRegex(@"\p{IsCJKUnifiedIdeographs}")]
    private static partial Regex Han();

    [GeneratedRegex("""Tell\.(?:Person|Letter|Unit|Staff)\("([^"]+)", "(.)""")]
    private static partial Regex Told();
}
