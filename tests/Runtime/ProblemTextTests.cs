using System.Text.RegularExpressions;
using Relief.Flow.Tests.Definitions;
using Relief.Flow.Workflows.Definitions;
using Relief.Flow.Workflows.Expressions;
using Relief.Flow.Workflows.Runtime;

namespace Relief.Flow.Tests.Runtime;

public sealed partial class ProblemTextTests
{
    [Fact]
    public void Every_code_of_a_problem_has_a_text_in_both_languages()
    {
        var (chinese, english) = (Problems.Of("zh"), Problems.Of("en"));
        var source = string.Concat(Directory.EnumerateFiles(Repository.At("src", "Workflows"), "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText));
        string[] keys = [.. Codes().Matches(source).Select(match => match.Groups[1].Value).Distinct()];

        Assert.True(keys.Length > 25);
        Assert.Empty(keys.Except(chinese.Keys));
        Assert.Empty(keys.Except(english.Keys));
        Assert.Equal(chinese.Keys.Order(), english.Keys.Order());
        Assert.All(chinese, text => Assert.Equal(Holes().Matches(english[text.Key]).Select(hole => hole.Value).Order(), Holes().Matches(text.Value).Select(hole => hole.Value).Order()));
        Assert.All(chinese.Values, text => Assert.Matches("[一-鿿]", text));
    }

    [Fact]
    public void A_problem_is_told_in_the_language_asked_for_and_in_English_as_its_message()
    {
        var definition = Drawn.Flowchart(
            """
            { "id": "a", "type": "Acme.Gone", "name": "一" },
            { "id": "b", "type": "Elsa.SetVariable", "variable": { "id": "x", "name": "x", "typeName": "Object" }, "value": { "expression": { "type": "JavaScript", "value": "1 +" } } },
            { "id": "c", "type": "Elsa.Event", "eventName": { "expression": { "type": "Variable", "value": { "id": "nope", "name": "nope" } } }, "result": { "memoryReference": { "id": "none" } } }
            """,
            $"{Drawn.Line("a", "Done", "b")}, {Drawn.Line("b", "Nope", "gone")}");
        var catalog = new ActivityCatalog([]);
        var problems = DefinitionRules.Check(definition, type => catalog.Find(type)?.ToShape(), new ExpressionEvaluator().Inspect);

        Assert.True(problems.Select(problem => problem.Code).Distinct().Count() >= 5, string.Join(", ", problems.Select(problem => problem.Code)));
        Assert.All(problems, problem => Assert.Equal(problem.Message, Problems.Tell(problem, "en")));
        Assert.All(problems, problem => Assert.Matches("[一-鿿]", Problems.Tell(problem, "zh-CN")));
        Assert.All(DefinitionReader.Read("{ \"root\": { } }"u8.ToArray()).Problems, problem => Assert.Matches("[一-鿿]", Problems.Tell(problem, "zh")));
    }

    [GeneratedRegex("""(?:new Problem\(|Told\(|Refuse\(problems, )"([a-z][A-Za-z.]+)""")]
    private static partial Regex Codes();

    [GeneratedRegex("""\{\d\}""")]
    private static partial Regex Holes();
}
