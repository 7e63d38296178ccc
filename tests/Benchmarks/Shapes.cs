namespace Relief.Flow.Tests.Benchmarks;

/// <summary>The definitions that are measured.</summary>
internal static class Shapes
{
    public const string StraightId = "bench.straight";
    public const string WaitingId = "bench.waiting";
    public const string DelayedId = "bench.delayed";
    public const string AskingId = "bench.asking";

    public const string FailingId = "bench.failing";

    /// <summary>Stops with an incident, again at each retry.</summary>
    public const string Failing =
        """
        {
          "definitionId": "bench.failing", "name": "基准出错",
          "root": { "id": "fail", "type": "Elsa.Fault", "version": 1, "message": { "typeName": "String", "expression": { "type": "Literal", "value": "no" } } }
        }
        """;

    /// <summary>Five activities, two of them with a script, none of them waits.</summary>
    public const string Straight =
        """
        {
          "definitionId": "bench.straight", "name": "基准直达",
          "inputs": [{ "name": "amount", "type": "Int32", "isRequired": true }],
          "variables": [{ "id": "total", "name": "Total", "typeName": "Object" }, { "id": "level", "name": "Level", "typeName": "Object" }],
          "root": {
            "id": "flow", "type": "Elsa.Flowchart", "version": 1, "start": "sum",
            "activities": [
              { "id": "sum", "type": "Elsa.SetVariable", "version": 1, "variable": { "id": "total", "name": "Total", "typeName": "Object" },
                "value": { "typeName": "Object", "expression": { "type": "JavaScript", "value": "getInput('amount') * 12 + 5" } } },
              { "id": "large", "type": "Elsa.FlowDecision", "version": 1,
                "condition": { "typeName": "Boolean", "expression": { "type": "JavaScript", "value": "getVariable('Total') > 1000" } } },
              { "id": "high", "type": "Elsa.SetVariable", "version": 1, "variable": { "id": "level", "name": "Level", "typeName": "Object" },
                "value": { "typeName": "Object", "expression": { "type": "Literal", "value": "high" } } },
              { "id": "name", "type": "Elsa.SetName", "version": 1, "value": { "typeName": "String", "expression": { "type": "Literal", "value": "large amount" } } },
              { "id": "write", "type": "Elsa.WriteLine", "version": 1, "text": { "typeName": "String", "expression": { "type": "Literal", "value": "done" } } }
            ],
            "connections": [
              { "source": { "activity": "sum", "port": "Done" }, "target": { "activity": "large", "port": "In" } },
              { "source": { "activity": "large", "port": "True" }, "target": { "activity": "high", "port": "In" } },
              { "source": { "activity": "high", "port": "Done" }, "target": { "activity": "name", "port": "In" } },
              { "source": { "activity": "name", "port": "Done" }, "target": { "activity": "write", "port": "In" } }
            ]
          }
        }
        """;

    /// <summary>Waits for an event with its correlation, then ends.</summary>
    public const string Waiting =
        """
        {
          "definitionId": "bench.waiting", "name": "基准等待",
          "variables": [{ "id": "answer", "name": "Answer", "typeName": "Object" }],
          "root": { "id": "wait", "type": "Elsa.Event", "version": 1,
            "eventName": { "typeName": "String", "expression": { "type": "Literal", "value": "bench.go" } },
            "result": { "typeName": "Object", "memoryReference": { "id": "answer" } } }
        }
        """;

    /// <summary>Waits for a year.</summary>
    public const string Delayed =
        """
        {
          "definitionId": "bench.delayed", "name": "基准延时",
          "root": { "id": "wait", "type": "Elsa.Delay", "version": 1, "timeSpan": { "typeName": "TimeSpan", "expression": { "type": "Literal", "value": "365.00:00:00" } } }
        }
        """;

    /// <summary>Waits for a person.</summary>
    public const string Asking =
        """
        {
          "definitionId": "bench.asking", "name": "基准人工",
          "root": { "id": "flow", "type": "Elsa.Flowchart", "version": 1,
            "activities": [{ "id": "look", "type": "Elsa.RunTask", "version": 1, "taskName": { "typeName": "String", "expression": { "type": "Literal", "value": "look" } } }], "connections": [] }
        }
        """;
}
