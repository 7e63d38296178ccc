using System.Text.Json;

namespace Relief.Flow.Workflows.Library;

/// <summary>What the activities that run one other definition have in common: which one, with what, and what comes back.</summary>
/// <remarks>A child that has an incident shows it on the parent, which goes on waiting; one that was cancelled is an incident here.</remarks>
public abstract class ChildWorkflow : Activity
{
    [Input("The definition's id.", Chinese = "流程定义", Hint = UiHints.WorkflowDefinitionPicker)]
    public required string WorkflowDefinitionId { get; init; }

    [Input("The child's correlation; empty for the parent's.", Chinese = "关联号", Hint = UiHints.SingleLine)]
    public string? CorrelationId { get; init; }

    [Input("The child's input: an object.", Chinese = "输入", Hint = UiHints.JsonEditor)]
    public JsonElement Input { get; init; }

    [Input("Accepted and not needed: a child's trace always begins with it.", Chinese = "新的跟踪", Hint = UiHints.Checkbox, Default = false)]
    public bool StartNewTrace { get; init; }

    [Input("Accepted and not needed: there is one way for all.", Chinese = "通道", Hint = UiHints.SingleLine)]
    public string? ChannelName { get; init; }

    [Output("The child's outputs.", Chinese = "结果")]
    public JsonElement Result { get; private set; }

    /// <summary>The child's id: the same for every repeat of this run.</summary>
    protected Guid Child { get; private set; }

    /// <summary>Whether the end of the child is waited for.</summary>
    protected abstract bool IsAwaited { get; }

    protected internal sealed override Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        Child = context.KeyFor("child");
        var start = Message.Of(Children.Start(context, Child, WorkflowDefinitionId, CorrelationId, Input));
        return IsAwaited ? WaitAt([Bookmark.Child("child", start)]) : Complete(Done, start);
    }

    protected internal sealed override Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        var ended = wakeup.As<ChildEnded>()!;
        Child = ended.InstanceId;
        Result = ended.Output;
        return Children.End(ended);
    }
}
