using System.Collections.Immutable;
using Relief.Flow.Workflows.Definitions;
using Relief.Flow.Workflows.Expressions;
using static Relief.Flow.Tests.Definitions.Drawn;

namespace Relief.Flow.Tests.Definitions;

public sealed class DefinitionRulesTests
{
    private const string Survey = """{ "id": "survey", "type": "Relief.Survey", "participant": { "expression": { "type": "Literal", "value": "x" } } }""";
    private const string Write = """{ "id": "write", "type": "Elsa.WriteLine" }""";
    private const string Approve = """{ "id": "approve", "type": "Relief.Decision" }""";
    private const string Pay = """{ "id": "pay", "type": "Relief.Payment" }""";

    private static readonly ExpressionEvaluator Evaluator = new();

    private static readonly Dictionary<string, ActivityShape> Shapes = new ActivityShape[]
    {
        Shape("Elsa.Flowchart") with { IsContainer = true },
        Shape("Elsa.Sequence") with { IsContainer = true },
        Shape("Elsa.If") with { IsContainer = true },
        Shape("Elsa.WriteLine"),
        Shape("Elsa.SetVariable"),
        Shape("Elsa.FlowSwitch"),
        Shape("Elsa.FlowFork"),
        Shape("Elsa.Event", "Done") with { Waits = true },
        Shape("Relief.Survey", "Answered", "Expired") with { Waits = true, Inputs = [new InputShape("Participant", true)] },
        Shape("Relief.Decision", "Approved", "Rejected") with { Approves = true },
        Shape("Relief.Payment") with { MovesMoney = true }
    }.ToDictionary(shape => shape.Type);

    private static ActivityShape Shape(string type, params string[] outcomes) => new(type, [.. outcomes], false, false, false, false, []);

    /// <summary>What stops a publish.</summary>
    private static ImmutableArray<Problem> Check(Definition definition) =>
        [.. DefinitionRules.Check(definition, Shapes.GetValueOrDefault, Evaluator.Inspect).Where(problem => !problem.IsWarning)];

    private static void Finds(string code, string? activity, Definition definition)
    {
        var problem = Assert.Single(Check(definition));
        Assert.Equal((code, activity), (problem.Code, problem.ActivityId));
    }

    [Fact]
    public void A_sound_drawing_has_no_problem() => Assert.Empty(Check(Flowchart(
        $"{Write}, {Survey}, {Approve}, {Pay}",
        $"{Line("survey", "Answered", "approve")}, {Line("survey", "Expired", "write")}, {Line("approve", "Approved", "pay")}")));

    [Fact]
    public void An_activity_that_nothing_leads_to_is_found() =>
        Finds("definition.unreachable", "survey2", Flowchart(
            $$"""{{Write}}, {{Approve}}, { "id": "survey2", "type": "Elsa.WriteLine" }""", Line("write", "Done", "approve")));

    [Fact]
    public void Two_possible_starts_are_no_start() =>
        Finds("definition.noStart", "flow", Flowchart(
            $$"""{{Write}}, {{Approve}}, { "id": "other", "type": "Elsa.WriteLine" }""", $"{Line("write", "Done", "approve")}, {Line("other", "Done", "approve")}"));

    [Fact]
    public void An_empty_root_has_no_start() => Finds("definition.noStart", "flow", Flowchart(""));

    [Fact]
    public void An_outcome_of_a_waiting_activity_must_lead_somewhere() =>
        Finds("definition.unconnectedOutcome", "survey", Flowchart($"{Survey}, {Write}", Line("survey", "Answered", "write")));

    [Fact]
    public void An_outcome_may_be_ignored_on_purpose() => Assert.Empty(Check(Flowchart(
        $$"""{{Survey[..^1]}}, "customProperties": { "ignoredOutcomes": ["Expired"] } }, {{Write}}""", Line("survey", "Answered", "write"))));

    [Fact]
    public void An_event_may_be_the_last_and_a_wait_in_a_sequence_needs_no_line() => Assert.Empty(Check(Flowchart(
        $$"""{ "id": "s", "type": "Elsa.Sequence", "activities": [{{Survey}}] }, { "id": "e", "type": "Elsa.Event" }""", Line("s", "Done", "e"))));

    [Fact]
    public void An_unknown_activity_is_found() => Finds("definition.unknownActivity", "x", Flowchart("""{ "id": "x", "type": "Acme.Teleport" }"""));

    [Fact]
    public void An_unknown_port_is_found() => Finds("definition.unknownPort", "write", Flowchart($"{Write}, {Approve}", Line("write", "Exploded", "approve")));

    [Fact]
    public void Ports_of_a_switch_and_a_fork_come_from_their_own_members()
    {
        const string Fork = """{ "id": "fork", "type": "Elsa.FlowFork", "branches": { "expression": { "type": "Object", "value": "[\"L\",\"R\"]" } } }""";
        const string Switch = """{ "id": "switch", "type": "Elsa.FlowSwitch", "cases": [{ "label": "B", "condition": { "type": "Literal", "value": true } }] }""";

        Assert.Empty(Check(Flowchart($"{Fork}, {Switch}, {Write}", $"{Line("fork", "L", "switch")}, {Line("switch", "B", "write")}, {Line("switch", "Default", "write")}")));
        Finds("definition.unknownPort", "fork", Flowchart($"{Fork}, {Write}", Line("fork", "M", "write")));
    }

    [Fact]
    public void A_line_to_nowhere_is_found() => Finds("definition.unknownEndpoint", "flow", Flowchart(Write, Line("write", "Done", "gone")));

    [Fact]
    public void A_script_that_does_not_parse_is_found_with_its_position()
    {
        var problem = Assert.Single(Check(Flowchart("""{ "id": "w", "type": "Elsa.WriteLine", "text": { "expression": { "type": "JavaScript", "value": "1 +\n  x => x" } } }""")));

        Assert.Equal(("definition.expression", "w", "text"), (problem.Code, problem.ActivityId, problem.Field));
        Assert.Contains("2:5", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bad_condition_of_a_switch_is_found() =>
        Finds("definition.expression", "s", Flowchart("""{ "id": "s", "type": "Elsa.FlowSwitch", "cases": [{ "label": "B", "condition": { "type": "JavaScript", "value": "(" } }] }"""));

    [Theory]
    [InlineData(""" "text": { "expression": { "type": "Variable", "value": { "id": "gone", "name": "gone" } } } """)]
    [InlineData(""" "text": { "expression": { "type": "JavaScript", "value": "getVariable('gone')" } } """)]
    [InlineData(""" "result": { "memoryReference": { "id": "gone" } } """)]
    [InlineData(""" "variable": { "id": "gone", "name": "gone", "typeName": "Object" } """)]
    public void An_undeclared_variable_is_found(string member) =>
        Finds("definition.unknownVariable", "w", Flowchart($$"""{ "id": "w", "type": "Elsa.SetVariable", {{member}} }"""));

    [Fact]
    public void A_declared_variable_is_known_by_id_and_by_name() => Assert.Empty(Check(Flowchart(
        """{ "id": "w", "type": "Elsa.WriteLine", "text": { "expression": { "type": "JavaScript", "value": "variables.Kept" } }, "result": { "memoryReference": { "id": "v1" } } }""",
        rest: """ "variables": [{ "id": "v1", "name": "Kept", "typeName": "String" }], """)));

    [Theory]
    [InlineData("")]
    [InlineData(""", "participant": { "expression": { "type": "Literal", "value": " " } } """)]
    public void A_required_input_without_a_value_is_found(string input) =>
        Finds("definition.missingInput", "s", Flowchart($$"""{ "id": "s", "type": "Relief.Survey", "customProperties": { "ignoredOutcomes": ["Answered", "Expired"] } {{input}} }"""));

    [Fact]
    public void Money_on_a_path_around_the_approval_is_found() =>
        Finds("definition.moneyWithoutApproval", "pay", Flowchart(
            $"{Write}, {Approve}, {Pay}", $"{Line("write", "Done", "approve")}, {Line("approve", "Approved", "pay")}, {Line("write", "Done", "pay")}"));

    [Fact]
    public void Money_in_a_nested_sequence_before_the_approval_is_found() =>
        Finds("definition.moneyWithoutApproval", "pay", Flowchart($$"""{ "id": "s", "type": "Elsa.Sequence", "activities": [{{Write}}, {{Pay}}, {{Approve}}] }"""));

    [Fact]
    public void An_approval_in_one_side_of_a_choice_is_not_enough()
    {
        var choice = $$"""{ "id": "if", "type": "Elsa.If", "then": {{Approve}} }""";
        Finds("definition.moneyWithoutApproval", "pay", Flowchart($"{choice}, {Pay}", Line("if", "Done", "pay")));

        var both = $$"""{ "id": "if", "type": "Elsa.If", "then": {{Approve}}, "else": { "id": "approve2", "type": "Relief.Decision" } }""";
        Assert.Empty(Check(Flowchart($"{both}, {Pay}", Line("if", "Done", "pay"))));
    }
}
