using System.Text;
using System.Text.Json;
using Relief.Flow.Workflows.Definitions;

namespace Relief.Flow.Tests.Definitions;

public sealed class DefinitionReaderTests
{
    private readonly Definition export = Drawn.Definition(Drawn.Export);

    [Fact]
    public void The_envelope_is_read()
    {
        Assert.Equal(("forms", "a1b2c3d4e5f60718", 3, "各种形式"), (export.Id, export.VersionId, export.Version, export.Name));
        Assert.Equal(IncidentStrategy.Continue, export.IncidentStrategy);
        Assert.Equal(["flag", "inner", "item"], export.VariablesById.Keys.Order());
        Assert.True(export.Inputs[0].IsRequired);
        Assert.Equal(3, export.Inputs[1].Default.GetInt32());
        Assert.Equal(JsonValueKind.Undefined, export.Inputs[0].Default.ValueKind);
        Assert.Equal("Passed", Assert.Single(export.Outcomes));
        Assert.Equal("ActivityExecuted", export.Options.GetProperty("commitStrategyName").GetString());
    }

    [Fact]
    public void Members_are_sorted_into_inputs_outputs_children_and_the_rest()
    {
        var loop = export.Nodes["loop"];
        Assert.Equal("items", Assert.Single(loop.Inputs.Keys));
        Assert.Equal("item", loop.Outputs["currentValue"]);
        Assert.Equal("each", loop.Embedded["body"].Id);
        Assert.Equal("madeUp", Assert.Single(loop.Members.Keys));
        Assert.Equal(["customProperties", "metadata", "variable"], export.Nodes["set"].Members.Keys.Order());
        Assert.Equal("cases", Assert.Single(export.Nodes["switch"].Members.Keys));
        Assert.Equal("mode", Assert.Single(export.Nodes["switch"].Inputs.Keys));
    }

    [Fact]
    public void Nodes_know_their_place()
    {
        Assert.Equal("Workflow1:Flowchart1:loop:each:write", export.Nodes["write"].NodeId);
        Assert.Equal("each", export.Nodes["write"].Parent);
        Assert.Null(export.Root.Parent);
        Assert.Equal("set", export.Root.Start);
        Assert.Equal("Converge", export.Nodes["set"].MergeMode);
        Assert.True(export.Nodes["set"].CanStartWorkflow);
        Assert.Equal("记下", export.Nodes["set"].DisplayText);
        Assert.Equal("switch", export.Nodes["switch"].DisplayText);
        Assert.Equal(new Connection("switch", "Done", "loop"), export.Root.Connections[1]);
    }

    [Fact]
    public void A_path_left_over_from_a_copy_is_made_anew()
    {
        var copied = Drawn.Flowchart("""{ "id": "new", "nodeId": "Workflow1:flow:old", "type": "Elsa.WriteLine" }""");

        Assert.Equal("Workflow1:flow:new", copied.Nodes["new"].NodeId);
    }

    [Fact]
    public void The_bytes_are_kept_as_they_came() =>
        Assert.Equal(Drawn.Export, Encoding.UTF8.GetString(export.Source.Span));

    [Fact]
    public void A_wrapped_model_is_read_and_its_own_bytes_are_kept()
    {
        var wrapped = Drawn.Definition($$"""{ "model": {{Drawn.Export}}, "publish": true }""");

        Assert.Equal("forms", wrapped.Id);
        Assert.Equal(Drawn.Export, Encoding.UTF8.GetString(wrapped.Source.Span));
    }

    [Fact]
    public void What_the_designer_sends_on_create_is_read()
    {
        var created = Drawn.Definition("""
            { "definitionId": null, "id": null, "name": "Workflow 1", "description": null, "isLatest": true, "createdAt": "0001-01-01T00:00:00+00:00",
              "variables": null, "inputs": null, "outputs": null, "outcomes": null, "customProperties": null, "options": null,
              "root": { "id": "f", "type": "Elsa.Flowchart", "version": 1, "name": "Flowchart1", "activities": null, "connections": null } }
            """);

        Assert.Equal(("", "", 1), (created.Id, created.VersionId, created.Version));
        Assert.Equal(IncidentStrategy.Fault, created.IncidentStrategy);
    }

    [Fact]
    public void Any_activity_may_be_the_root() =>
        Assert.Equal("Elsa.WriteLine", Drawn.Definition("""{ "root": { "id": "w", "type": "Elsa.WriteLine" } }""").Root.Type);

    [Theory]
    [InlineData("", "definition.malformed", "$")]
    [InlineData("{", "definition.malformed", "$")]
    [InlineData("[]", "definition.wrongType", "$")]
    [InlineData("null", "definition.wrongType", "$")]
    [InlineData("""{ "name": "\ud800", "root": { "id": "a", "type": "T" } }""", "definition.malformed", "$")]
    [InlineData("""{ "name": "\u0000", "root": { "id": "a", "type": "T" } }""", "definition.malformed", "$")]
    [InlineData("""{ "root": null }""", "definition.missingRoot", "$.root")]
    [InlineData("""{ "root": { "type": "T" } }""", "definition.missingId", "$.root")]
    [InlineData("""{ "root": { "id": 7, "type": "T" } }""", "definition.missingId", "$.root")]
    [InlineData("""{ "root": { "id": "a" } }""", "definition.missingType", "$.root")]
    [InlineData("""{ "root": { "id": "a", "type": "T", "activities": {} } }""", "definition.wrongType", "$.root.activities")]
    [InlineData("""{ "root": { "id": "a", "type": "T", "activities": [3] } }""", "definition.wrongType", "$.root.activities[0]")]
    [InlineData("""{ "root": { "id": "a", "type": "T", "connections": [{}] } }""", "definition.wrongType", "$.root.connections[0]")]
    [InlineData("""{ "root": { "id": "a", "type": "T", "text": { "expression": 3 } } }""", "definition.wrongType", "$.root.text.expression")]
    [InlineData("""{ "root": { "id": "a", "type": "T", "activities": [null, { "id": "a", "type": "T" }] } }""", "definition.duplicateId", "$.root.activities[1]")]
    [InlineData("""{ "root": { "id": "a", "type": "T", "body": { "type": "Elsa.WriteLine" } } }""", "definition.missingId", "$.root.body")]
    [InlineData("""{ "variables": [{ "id": "v", "name": "v" }], "root": { "id": "a", "type": "T", "variables": [{ "id": "v", "name": "w" }] } }""", "definition.duplicateId", "$.root.variables[0]")]
    [InlineData("""{ "variables": "x", "root": { "id": "a", "type": "T" } }""", "definition.wrongType", "$.variables")]
    [InlineData("""{ "outcomes": [1], "root": { "id": "a", "type": "T" } }""", "definition.wrongType", "$.outcomes[0]")]
    public void What_is_wrong_is_told_with_code_and_path(string json, string code, string path)
    {
        var reading = Drawn.Read(json);

        Assert.Null(reading.Definition);
        var problem = Assert.Single(reading.Problems);
        Assert.Equal((code, path), (problem.Code, problem.Field));
    }

    [Fact]
    public void Bytes_that_are_not_text_are_refused() =>
        Assert.Equal("definition.malformed", Assert.Single(DefinitionReader.Read(new byte[] { (byte)'"', 0xff, (byte)'"' }).Problems).Code);

    [Fact]
    public void A_definition_that_is_too_deep_is_refused()
    {
        var deep = string.Concat(Enumerable.Repeat("""{ "id": "a", "type": "T", "body": """, 100)) + "1" + new string('}', 100);

        Assert.Equal("definition.malformed", Assert.Single(Drawn.Read($$"""{ "root": {{deep}} }""").Problems).Code);
    }

    [Fact]
    public void A_definition_that_is_too_large_is_refused() =>
        Assert.Equal("definition.tooLarge", Assert.Single(DefinitionReader.Read(new byte[DefinitionReader.MaxBytes + 1]).Problems).Code);
}
