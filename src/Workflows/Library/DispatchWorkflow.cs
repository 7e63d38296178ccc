using System.Text.Json;
using Relief.Flow.Workflows.Kernel;

namespace Relief.Flow.Workflows.Library;

/// <summary><c>Elsa.DispatchWorkflow</c>: starts another definition with the commit, and waits for its end when asked to.</summary>
/// <remarks>A child that has an incident shows it on the parent, which goes on waiting; one that was cancelled is an incident here.</remarks>
[Activity("Composition", "Starts another workflow.", Type = "Elsa.DispatchWorkflow", Chinese = "启动子流程", Waits = true, Effect = EffectClass.Outbox)]
public sealed class DispatchWorkflow : Activity
{
    [Input("The definition's id.", Chinese = "流程定义", Hint = UiHints.WorkflowDefinitionPicker)]
    public required string WorkflowDefinitionId { get; init; }

    [Input("The child's correlation; empty for the parent's.", Chinese = "关联号", Hint = UiHints.SingleLine)]
    public string? CorrelationId { get; init; }

    [Input("The child's input: an object.", Chinese = "输入", Hint = UiHints.JsonEditor)]
    public JsonElement Input { get; init; }

    [Input("Whether to wait for its end.", Chinese = "等待完成", Hint = UiHints.Checkbox, Default = false)]
    public bool WaitForCompletion { get; init; }

    [Input("Accepted and not needed: a child's trace always begins with it.", Chinese = "新的跟踪", Hint = UiHints.Checkbox, Default = false)]
    public bool StartNewTrace { get; init; }

    [Input("Accepted and not needed: there is one way for all.", Chinese = "通道", Hint = UiHints.SingleLine)]
    public string? ChannelName { get; init; }

    [Output("The child's outputs.", Chinese = "结果")]
    public JsonElement Result { get; private set; }

    [Output("The child's id.", Chinese = "子实例")]
    public Guid ChildId { get; private set; }

    protected internal override Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        ChildId = context.KeyFor("child");
        var start = Message.Of(Children.Start(context, ChildId, WorkflowDefinitionId, CorrelationId, Input));
        return WaitForCompletion ? WaitAt([Bookmark.Child("child", start)]) : Complete(Done, start);
    }

    protected internal override Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        var ended = wakeup.As<ChildEnded>()!;
        ChildId = ended.InstanceId;
        Result = ended.Output;
        return Children.End(ended);
    }
}
