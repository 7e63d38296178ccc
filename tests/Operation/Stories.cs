namespace Relief.Flow.Tests.Operation;

/// <summary>Definitions that can be stuck.</summary>
internal static class Stories
{
    /// <summary>Fails until a variable says yes; then somebody has to look.</summary>
    public const string Fragile =
        """
        {
          "definitionId": "fragile", "name": "易错",
          "variables": [{ "id": "ok", "name": "Ok", "typeName": "String" }, { "id": "seen", "name": "Seen", "typeName": "Object" }],
          "root": {
            "id": "flow", "type": "Elsa.Flowchart", "version": 1,
            "activities": [
              { "id": "check", "name": "Check", "type": "Elsa.SetVariable", "version": 1, "variable": { "id": "seen", "name": "Seen", "typeName": "Object" },
                "value": { "typeName": "Object", "expression": { "type": "JavaScript", "value": "if (getOk() !== 'yes') { throw new Error('no budget line'); } 1" } } },
              { "id": "look", "type": "Elsa.RunTask", "version": 1,
                "taskName": { "typeName": "String", "expression": { "type": "Literal", "value": "look" } } }
            ],
            "connections": [{ "source": { "activity": "check", "port": "Done" }, "target": { "activity": "look", "port": "In" } }]
          }
        }
        """;

    /// <summary>Waits for a child that waits.</summary>
    public const string Parent =
        """
        {
          "definitionId": "parent", "name": "父流程",
          "root": { "id": "call", "type": "Elsa.DispatchWorkflow", "version": 1,
                    "workflowDefinitionId": { "typeName": "String", "expression": { "type": "Literal", "value": "wait-and-look" } },
                    "input": { "typeName": "Object", "expression": { "type": "JavaScript", "value": "({ caseId: 'c' })" } },
                    "waitForCompletion": { "typeName": "Boolean", "expression": { "type": "Literal", "value": true } } }
        }
        """;

    /// <summary>Tasks one after another, to be done within ten days of the start.</summary>
    public static string Reviewed(params string[] steps) =>
        $$"""
        {
          "definitionId": "reviewed", "name": "逐级审核", "customProperties": { "deadline": { "days": 10 } },
          "root": {
            "id": "flow", "type": "Elsa.Flowchart", "version": 1,
            "activities": [{{string.Join(", ", steps.Select(step => $$$"""{ "id": "{{{step}}}", "type": "Elsa.RunTask", "version": 1, "taskName": { "typeName": "String", "expression": { "type": "Literal", "value": "{{{step}}}" } } }"""))}}],
            "connections": [{{string.Join(", ", steps.Zip(steps.Skip(1), (from, to) => $$$"""{ "source": { "activity": "{{{from}}}", "port": "Done" }, "target": { "activity": "{{{to}}}", "port": "In" } }"""))}}]
          }
        }
        """;
}
