using Relief.Flow.Workflows.Definitions;
using static Relief.Flow.Tests.Definitions.Drawn;

namespace Relief.Flow.Tests.Definitions;

public sealed class DefinitionComparisonTests
{
    private const string Write = """{ "id": "write", "type": "Elsa.WriteLine", "text": { "typeName": "String", "expression": { "type": "Literal", "value": "a" } } }""";
    private const string Wait = """{ "id": "wait", "type": "Elsa.Event", "metadata": { "displayText": "等", "designer": { "position": { "x": 1, "y": 2 } } } }""";

    [Fact]
    public void A_version_does_not_differ_from_itself_in_whatever_order_it_is_written() => Assert.True(DefinitionComparison.Of(
        Flowchart($"{Write}, {Wait}", $"{Line("write", "Done", "wait")}, {Line("wait", "Done", "write")}"),
        Flowchart($"{Wait.Replace("\"x\": 1, \"y\": 2", "\"y\": 2, \"x\": 1", StringComparison.Ordinal)}, {Write}", $"{Line("wait", "Done", "write")}, {Line("write", "Done", "wait")}")).IsEmpty);

    [Fact]
    public void New_gone_and_changed_activities_are_told_with_what_changed_in_them()
    {
        var diff = DefinitionComparison.Of(
            Flowchart($"{Write}, {Wait}"),
            Flowchart($$"""{{Write.Replace("\"a\"", "\"b\"", StringComparison.Ordinal)}}, { "id": "new", "type": "Elsa.Event" }"""));

        Assert.Equal([("new", ChangeKind.Added), ("wait", ChangeKind.Removed), ("write", ChangeKind.Changed)], diff.Activities.Select(one => (one.ActivityId, one.Change)).Order());
        var member = Assert.Single(diff.Activities.Single(one => one.ActivityId == "write").Members);
        Assert.Equal(("inputs.text", "a", "b"), (member.Member, member.From.GetProperty("value").GetString(), member.To.GetProperty("value").GetString()));
    }

    [Fact]
    public void What_was_only_pushed_aside_is_moved_and_a_new_text_is_a_change()
    {
        Assert.Equal(ChangeKind.Moved, Assert.Single(DefinitionComparison.Of(Flowchart(Wait), Flowchart(Wait.Replace("\"x\": 1", "\"x\": 9", StringComparison.Ordinal))).Activities).Change);

        var renamed = Assert.Single(DefinitionComparison.Of(Flowchart(Wait), Flowchart(Wait.Replace("等", "等待", StringComparison.Ordinal))).Activities);
        Assert.Equal((ChangeKind.Changed, "displayText"), (renamed.Change, Assert.Single(renamed.Members).Member));
    }

    [Fact]
    public void Lines_variables_inputs_and_options_are_compared_too()
    {
        var diff = DefinitionComparison.Of(
            Flowchart($"{Write}, {Wait}", Line("write", "Done", "wait"), """ "variables": [{ "id": "v", "name": "v", "typeName": "Int32", "value": "1" }], "options": { "a": 1 },"""),
            Flowchart($"{Write}, {Wait}", Line("write", "Else", "wait"), """ "variables": [{ "id": "v", "name": "v", "typeName": "Int32", "value": "2" }], "inputs": [{ "name": "n", "type": "String" }], "options": { "a": 2 },"""));

        Assert.Equal([("Done", ChangeKind.Removed), ("Else", ChangeKind.Added)], diff.Lines.Select(line => (line.Port, line.Change)).Order());
        Assert.Equal(["inputs.n", "options.a", "variables.v"], diff.Members.Select(member => member.Member));
    }

    [Fact]
    public void The_order_in_a_sequence_is_a_change_and_so_is_another_container()
    {
        const string Two = """{ "id": "s", "type": "Elsa.Sequence", "activities": [{ "id": "a", "type": "Elsa.WriteLine" }, { "id": "b", "type": "Elsa.WriteLine" }] }""";
        const string Turned = """{ "id": "s", "type": "Elsa.Sequence", "activities": [{ "id": "b", "type": "Elsa.WriteLine" }, { "id": "a", "type": "Elsa.WriteLine" }] }""";
        Assert.Equal("order", Assert.Single(Assert.Single(DefinitionComparison.Of(Flowchart(Two), Flowchart(Turned)).Activities).Members).Member);

        var outside = DefinitionComparison.Of(Flowchart(Two), Flowchart("""{ "id": "s", "type": "Elsa.Sequence", "activities": [{ "id": "a", "type": "Elsa.WriteLine" }] }, { "id": "b", "type": "Elsa.WriteLine" }"""));
        Assert.Contains(outside.Activities, one => one.ActivityId == "b" && one.Members.Any(member => member.Member == "parent"));
    }
}
