namespace Relief.Flow.Workflows.Library;

/// <summary><c>Elsa.ExecuteWorkflow</c>: runs another definition as a child of this one and waits for its end.</summary>
[Activity("Composition", "Runs another workflow and waits for it.", Type = "Elsa.ExecuteWorkflow", Chinese = "执行子流程", Waits = true, Effect = EffectClass.Outbox)]
public sealed class ExecuteWorkflow : ChildWorkflow
{
    [Input("Whether to wait for its end.", Chinese = "等待完成", Hint = UiHints.Checkbox, Default = true)]
    public bool WaitForCompletion { get; init; } = true;

    protected override bool IsAwaited => WaitForCompletion;
}
