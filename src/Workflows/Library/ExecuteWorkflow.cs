using System.Text.Json;

namespace Relief.Flow.Workflows.Library;

/// <summary><c>Elsa.ExecuteWorkflow</c>: runs another definition as a child of this one and waits for its end.</summary>
[Activity("Composition", "Runs another workflow and waits for it.", Type = "Elsa.ExecuteWorkflow", Chinese = "执行子流程", Waits = true)]
public sealed class ExecuteWorkflow : Activity
{
    [Input("The definition's id.", Chinese = "流程定义")]
    public required string WorkflowDefinitionId { get; init; }

    [Input("The child's correlation; empty for the parent's.", Chinese = "关联号")]
    public string? CorrelationId { get; init; }

    [Input("The child's input: an object.", Chinese = "输入")]
    public JsonElement Input { get; init; }

    [Input("Whether to wait for its end.", Chinese = "等待完成")]
    public bool WaitForCompletion { get; init; } = true;

    [Output("The child's outputs.", Chinese = "结果")]
    public JsonElement Result { get; private set; }

    protected internal override Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        var start = Message.Of(Children.Start(context, context.KeyFor("child"), WorkflowDefinitionId, CorrelationId, Input));
        return WaitForCompletion ? WaitAt([Bookmark.Child("child", start)]) : Complete(Done, start);
    }

    protected internal override Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        var ended = wakeup.As<ChildEnded>()!;
        Result = ended.Output;
        return Children.End(ended);
    }
}
