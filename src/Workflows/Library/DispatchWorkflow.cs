namespace Relief.Flow.Workflows.Library;

/// <summary><c>Elsa.DispatchWorkflow</c>: starts another definition with the commit, and waits for its end when asked to.</summary>
[Activity("Composition", "Starts another workflow.", Type = "Elsa.DispatchWorkflow", Chinese = "启动子流程", Waits = true, Effect = EffectClass.Outbox)]
public sealed class DispatchWorkflow : ChildWorkflow
{
    [Input("Whether to wait for its end.", Chinese = "等待完成", Hint = UiHints.Checkbox, Default = false)]
    public bool WaitForCompletion { get; init; }

    [Output("The child's id.", Chinese = "子实例")]
    public Guid ChildId => Child;

    protected override bool IsAwaited => WaitForCompletion;
}
