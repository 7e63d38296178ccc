namespace Relief.Flow.Tests.Host;

/// <summary>Small definitions for tests of the API.</summary>
internal static class Sketches
{
    /// <summary>Waits for the event "go", then for somebody to look.</summary>
    public const string WaitAndLook =
        """
        {
          "definitionId": "wait-and-look", "name": "等待与查看",
          "inputs": [{ "name": "caseId", "type": "String", "isRequired": true }, { "name": "days", "type": "Int32" }],
          "variables": [{ "id": "answer", "name": "Answer", "typeName": "Object" }],
          "root": {
            "id": "flow", "type": "Elsa.Flowchart", "version": 1,
            "activities": [
              { "id": "event", "name": "Go", "type": "Elsa.Event", "version": 1,
                "eventName": { "typeName": "String", "expression": { "type": "Literal", "value": "go" } },
                "result": { "typeName": "Object", "memoryReference": { "id": "answer" } } },
              { "id": "look", "type": "Elsa.RunTask", "version": 1,
                "taskName": { "typeName": "String", "expression": { "type": "Literal", "value": "look" } } }
            ],
            "connections": [{ "source": { "activity": "event", "port": "Done" }, "target": { "activity": "look", "port": "In" } }]
          }
        }
        """;

    /// <summary>Ends at once.</summary>
    public const string Straight =
        """
        {
          "definitionId": "straight", "name": "直达",
          "root": { "id": "write", "type": "Elsa.WriteLine", "version": 1, "text": { "typeName": "String", "expression": { "type": "Literal", "value": "done" } } }
        }
        """;

    /// <summary>Waits three days.</summary>
    public const string ThreeDays =
        """
        {
          "definitionId": "three-days", "name": "三天",
          "root": { "id": "wait", "type": "Elsa.Delay", "version": 1, "timeSpan": { "typeName": "TimeSpan", "expression": { "type": "Literal", "value": "3.00:00:00" } } }
        }
        """;

    /// <summary>Stops with an incident, again at each retry.</summary>
    public const string Broken =
        """
        {
          "definitionId": "broken", "name": "出错",
          "inputs": [{ "name": "idNumber", "type": "String" }, { "name": "note", "type": "String" }],
          "root": {
            "id": "flow", "type": "Elsa.Flowchart", "version": 1,
            "activities": [
              { "id": "fail", "type": "Elsa.Fault", "version": 1, "metadata": { "displayText": "核对银行回执" },
                "message": { "typeName": "String", "expression": { "type": "Literal", "value": "银行回执不符" } } }
            ],
            "connections": []
          }
        }
        """;

    /// <summary>A task for the role and unit that its start names.</summary>
    public const string Asking =
        """
        {
          "definitionId": "asking", "name": "询问",
          "inputs": [{ "name": "role", "type": "String" }, { "name": "unit", "type": "String" }, { "name": "excluded", "type": "Object" }],
          "root": {
            "id": "ask", "type": "Elsa.RunTask", "version": 1,
            "taskName": { "typeName": "String", "expression": { "type": "Literal", "value": "ask" } },
            "role": { "typeName": "String", "expression": { "type": "Input", "value": "role" } },
            "unit": { "typeName": "String", "expression": { "type": "Input", "value": "unit" } },
            "excluded": { "typeName": "Object", "expression": { "type": "Input", "value": "excluded" } }
          }
        }
        """;

    /// <summary>Its script never ends.</summary>
    public const string Endless =
        """
        {
          "definitionId": "endless", "name": "死循环",
          "variables": [{ "id": "v", "name": "v", "typeName": "Object" }],
          "root": { "id": "set", "type": "Elsa.SetVariable", "version": 1, "variable": { "id": "v", "name": "v", "typeName": "Object" },
                    "value": { "typeName": "Object", "expression": { "type": "JavaScript", "value": "while (true) { }" } } }
        }
        """;
}
