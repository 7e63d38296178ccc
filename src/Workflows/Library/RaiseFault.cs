namespace Relief.Flow.Workflows.Library;

/// <summary><c>Elsa.Fault</c>: raises an incident on purpose.</summary>
[Activity("Primitives", "Raises an incident.", Type = "Elsa.Fault", Chinese = "报告故障")]
public sealed class RaiseFault : Activity
{
    [Input("A stable code.", Chinese = "代码", Hint = UiHints.SingleLine)]
    public string? Code { get; init; }

    [Input("The category.", Chinese = "类别", Hint = UiHints.SingleLine)]
    public string? Category { get; init; }

    [Input("Business or System.", Chinese = "类型", Hint = UiHints.RadioList, Options = ["Business", "System"])]
    public string? FaultType { get; init; }

    [Input("What an operator reads.", Chinese = "说明", Hint = UiHints.MultiLine)]
    public string? Message { get; init; }

    protected internal override Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken) =>
        Fault(string.IsNullOrWhiteSpace(Code) ? "fault" : Code, Message ?? "The definition raised a fault.");
}
