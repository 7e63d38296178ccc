using System.Collections.Immutable;
using Relief.Flow.Workflows.Definitions;
using Relief.Flow.Workflows.Expressions;
using static Relief.Flow.Tests.Definitions.Drawn;

namespace Relief.Flow.Tests.Definitions;

/// <summary>What protects people: reviewers are no surveyors, danger leads to help, deadlines are not forgotten.</summary>
public sealed class PeopleRulesTests
{
    private const string Survey = """{ "id": "survey", "type": "Relief.Look" }""";
    private const string Approve = """{ "id": "approve", "type": "Relief.Decide" }""";
    private const string Help = """{ "id": "help", "type": "Relief.Help" }""";
    private const string Note = """{ "id": "note", "type": "Elsa.WriteLine" }""";

    private static readonly ExpressionEvaluator Evaluator = new();

    private static readonly Dictionary<string, ActivityShape> Shapes = new[]
    {
        new ActivityShape("Elsa.Flowchart", [], false, false, false, true, []),
        new ActivityShape("Elsa.Sequence", [], false, false, false, true, []),
        new ActivityShape("Elsa.WriteLine", [], false, false, false, false, []),
        new ActivityShape("Relief.Look", ["Done", "Safeguarding", "Expired"], false, false, false, false, []) { Investigates = true },
        new ActivityShape("Relief.Decide", [], false, false, true, false, []),
        new ActivityShape("Relief.Review", [], false, false, true, false, []) { ExcludesInvestigators = true },
        new ActivityShape("Relief.Help", [], false, false, false, false, []) { IsEmergency = true }
    }.ToDictionary(shape => shape.Type);

    private static string[] Codes(Definition definition) =>
        [.. DefinitionRules.Check(definition, Shapes.GetValueOrDefault, Evaluator.Inspect).Select(problem => problem.Code + (problem.IsWarning ? "?" : "")).Order()];

    [Fact]
    public void Who_surveyed_may_not_approve()
    {
        var lines = $"{Line("survey", "Done", "approve")}, {Line("survey", "Safeguarding", "approve")}";
        Assert.Equal(["definition.reviewerIsSurveyor"], Codes(Flowchart($"{Survey}, {Approve}", lines)));
        Assert.Empty(Codes(Flowchart($"{Survey}, {Approve.Replace("Decide", "Review", StringComparison.Ordinal)}", lines)));
        Assert.Empty(Codes(Flowchart($$"""{{Survey}}, {{Approve[..^1]}}, "excluded": { "expression": { "type": "Literal", "value": "x" } } }""", lines)));
        Assert.Empty(Codes(Flowchart($"{Approve}, {Survey}, {Note}", $"{Line("approve", "Done", "survey")}, {Line("survey", "Safeguarding", "note")}")));
    }

    [Fact]
    public void It_is_found_in_a_sequence_and_across_containers() => Assert.Equal(["definition.reviewerIsSurveyor"], Codes(Flowchart(
        $$"""{ "id": "s", "type": "Elsa.Sequence", "activities": [{{Survey}}] }, { "id": "t", "type": "Elsa.Sequence", "activities": [{{Approve}}] }""", Line("s", "Done", "t"))));

    [Fact]
    public void Danger_leads_somewhere_even_if_its_author_would_leave_it_out()
    {
        Assert.Equal(["definition.dangerUnconnected"], Codes(Flowchart($"{Survey}, {Note}", Line("survey", "Done", "note"))));
        Assert.Equal(["definition.dangerUnconnected"], Codes(Flowchart($$"""{{Survey[..^1]}}, "customProperties": { "ignoredOutcomes": ["Safeguarding"] } }""")));
    }

    [Fact]
    public void Danger_leads_to_the_help_that_is_drawn()
    {
        Assert.Equal(["definition.dangerWithoutHelp"], Codes(Flowchart(
            $"{Survey}, {Note}, {Help}", $"{Line("survey", "Safeguarding", "note")}, {Line("survey", "Done", "help")}")));
        Assert.Empty(Codes(Flowchart($"{Survey}, {Note}, {Help}", $"{Line("survey", "Safeguarding", "note")}, {Line("note", "Done", "help")}")));
    }

    [Fact]
    public void A_deadline_that_its_author_leaves_out_is_warned_of() => Assert.Equal(["definition.timeoutIgnored?"], Codes(Flowchart(
        $$"""{{Survey[..^1]}}, "customProperties": { "ignoredOutcomes": ["Expired"] } }, {{Note}}""", Line("survey", "Safeguarding", "note"))));
}
