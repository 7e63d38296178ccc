using System.Text;
using Relief.Flow.Workflows.Definitions;

namespace Relief.Flow.Tests.Definitions;

/// <summary>Definitions as the designer and Elsa's export write them.</summary>
internal static class Drawn
{
    public const string Export = """
        {
          "$schema": "https://elsaworkflows.io/schemas/workflow-definition/v3.0.0/schema.json",
          "id": "a1b2c3d4e5f60718",
          "definitionId": "forms",
          "name": "各种形式",
          "createdAt": "2026-11-21T22:56:40.015+00:00",
          "version": 3,
          "variables": [
            { "id": "flag", "name": "flag", "typeName": "Boolean", "isArray": false, "value": "True", "storageDriverTypeName": "WorkflowInstanceStorageDriver" },
            { "id": "item", "name": "item", "typeName": "Object", "isArray": false, "value": null }
          ],
          "inputs": [
            { "type": "String", "isArray": false, "name": "HouseholdId", "displayName": "家庭", "isRequired": true, "category": "Primitives" },
            { "type": "Int32", "name": "Days", "defaultValue": 3 }
          ],
          "outputs": [{ "type": "String", "name": "Ticket", "displayName": "Ticket" }],
          "outcomes": ["Passed"],
          "customProperties": { "ours": { "kept": true } },
          "isReadonly": false,
          "isSystem": false,
          "isLatest": true,
          "isPublished": false,
          "options": { "incidentStrategyType": "Elsa.Workflows.IncidentStrategies.ContinueWithIncidentsStrategy, Elsa.Workflows.Core", "commitStrategyName": "ActivityExecuted" },
          "root": {
            "id": "Flowchart1", "nodeId": "Workflow1:Flowchart1", "name": "Flowchart1", "type": "Elsa.Flowchart", "version": 1,
            "start": "set",
            "customProperties": { "notFoundConnections": [], "canStartWorkflow": false, "runAsynchronously": false },
            "metadata": {},
            "variables": [{ "id": "inner", "name": "inner", "typeName": "Int32", "value": "0" }],
            "activities": [
              {
                "variable": { "id": "flag", "name": "flag", "typeName": "Object" },
                "value": { "typeName": "Object", "expression": { "type": "JavaScript", "value": "getInput('Days') > 2" } },
                "id": "set", "nodeId": "Workflow1:Flowchart1:set", "name": "Set", "type": "Elsa.SetVariable", "version": 1,
                "customProperties": { "canStartWorkflow": true, "runAsynchronously": false, "mergeMode": "Elsa.MergeMode.Converge" },
                "metadata": { "designer": { "position": { "x": -3.5, "y": 120 } }, "displayText": "记下" }
              },
              {
                "cases": [{ "label": "B", "condition": { "type": "Literal", "value": true } }],
                "mode": { "typeName": "UnregisteredClrType:Elsa.Workflows.SwitchMode, Elsa.Workflows.Core", "expression": { "type": "Literal", "value": "MatchFirst" } },
                "id": "switch", "name": null, "type": "Elsa.FlowSwitch", "version": 1, "result": null
              },
              {
                "items": { "typeName": "List<String>", "expression": { "type": "Literal", "value": "[\"L\",\"R\"]" } },
                "body": {
                  "id": "each", "type": "Elsa.Sequence", "version": 1, "variables": [],
                  "activities": [{ "id": "write", "type": "Elsa.WriteLine", "version": 1, "text": { "typeName": null, "expression": { "type": "Variable", "value": { "id": "item", "name": "item" } }, "memoryReference": { "id": "m1" } } }]
                },
                "currentValue": { "typeName": "Object", "memoryReference": { "id": "item" } },
                "cleared": { "typeName": "String", "expression": null, "memoryReference": { "id": "m2" } },
                "madeUp": [1, 2],
                "id": "loop", "type": "Elsa.ForEach", "version": 1
              }
            ],
            "connections": [
              { "source": { "activity": "set", "port": "Done" }, "target": { "activity": "switch", "port": "In" }, "vertices": [] },
              { "source": { "activity": "switch" }, "target": { "activity": "loop" } }
            ]
          },
          "somethingOfTomorrow": [{ "a": 1 }]
        }
        """;

    public static DefinitionReading Read(string json) => DefinitionReader.Read(Encoding.UTF8.GetBytes(json));

    /// <summary>A definition that must be readable.</summary>
    public static Definition Definition(string json)
    {
        var reading = Read(json);
        Assert.Empty(reading.Problems);

        return reading.Definition!;
    }

    /// <summary>A flowchart of these activities and connections, each given as its JSON.</summary>
    public static Definition Flowchart(string activities, string connections = "", string rest = "") => Definition($$"""
        { "id": "v1", "definitionId": "drawn", "name": "drawn", "version": 1, {{rest}}
          "root": { "id": "flow", "type": "Elsa.Flowchart", "version": 1, "activities": [{{activities}}], "connections": [{{connections}}] } }
        """);

    public static string Line(string source, string port, string target) =>
        $$"""{ "source": { "activity": "{{source}}", "port": "{{port}}" }, "target": { "activity": "{{target}}", "port": "In" } }""";
}
