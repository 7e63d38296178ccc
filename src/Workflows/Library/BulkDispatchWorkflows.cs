using System.Collections.Immutable;
using System.Text.Json;

namespace Relief.Flow.Workflows.Library;

/// <summary><c>Elsa.BulkDispatchWorkflows</c>: starts another definition once for each item, and waits for all of them when asked to.</summary>
/// <remarks>
/// The children's ids are stable, so a crash starts none twice. An item that is an object is the child's input, any other becomes the input
/// named by <c>defaultItemInputKey</c>. Without waiting it leaves by <c>Done</c>; with it by <c>Completed</c> and <c>Done</c>, or by <c>Canceled</c> when one was cancelled.
/// </remarks>
[Activity("Composition", "Starts another workflow for each item.", Type = "Elsa.BulkDispatchWorkflows", Chinese = "批量启动子流程", Waits = true, Effect = EffectClass.Outbox,
    Embedded = [ChildCompleted, ChildFaulted])]
[Outcomes(Finished, Canceled, Done, Optional = [Finished, Canceled, Done])]
public sealed class BulkDispatchWorkflows : Activity
{
    private const string Finished = "Completed";
    private const string Canceled = nameof(Canceled);
    private const string ChildCompleted = "childCompleted";
    private const string ChildFaulted = "childFaulted";

    [Input("The definition's id.", Chinese = "流程定义", Hint = UiHints.WorkflowDefinitionPicker)]
    public required string WorkflowDefinitionId { get; init; }

    [Input("A list; one child for each entry.", Chinese = "列表", Hint = UiHints.MultiText)]
    public JsonElement[] Items { get; init; } = [];

    [Input("The name of the input that takes the item.", Chinese = "条目输入名", Hint = UiHints.SingleLine, Default = "Item")]
    public string DefaultItemInputKey { get; init; } = "Item";

    [Input("Computes a child's correlation from its item; empty for the parent's.", Chinese = "关联号函数", Hint = UiHints.CodeEditor)]
    public JsonElement CorrelationIdFunction { get; init; }

    [Input("Further input for every child: an object.", Chinese = "输入", Hint = UiHints.JsonEditor)]
    public JsonElement Input { get; init; }

    [Input("Whether to wait for the end of all.", Chinese = "等待完成", Hint = UiHints.Checkbox, Default = true)]
    public bool WaitForCompletion { get; init; } = true;

    [Input("Accepted and not needed: a child's trace always begins with it.", Chinese = "新的跟踪", Hint = UiHints.Checkbox, Default = false)]
    public bool StartNewTrace { get; init; }

    [Input("Accepted and not needed: there is one way for all.", Chinese = "通道", Hint = UiHints.SingleLine)]
    public string? ChannelName { get; init; }

    protected internal override Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        Message[] starts = [.. Items.Select((item, index) => Message.Of(Children.Start(context, context.KeyFor($"child:{index}"), WorkflowDefinitionId, CorrelationOf(index), InputOf(item))))];
        return WaitForCompletion && starts.Length > 0
            ? WaitAt([.. starts.Select((start, index) => Bookmark.Child($"child:{index}", start))])
            : Complete(Done, starts);
    }

    protected internal override Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        var ended = wakeup.As<ChildEnded>()!;
        var lost = (context.Memo is { ValueKind: JsonValueKind.Number } memo ? memo.GetInt32() : 0) + (ended.Status == "Finished" ? 0 : 1);
        var inside = ended.Status switch { "Finished" => ChildCompleted, "Faulted" => ChildFaulted, _ => null };
        ImmutableArray<Deed> deeds = inside is null ? [] : [new RunInside(inside, Children.Seen(ended.InstanceId))];
        ActivityResult result = context.StillWaits > 0 ? new Waiting([]) { Memo = Json(lost) }
            : lost == 0 ? new Completed(Finished) { Also = [Done] }
            : context.HasPort(Canceled) ? new Completed(Canceled)
            : new Faulted("child.lost", $"{lost} of {Items.Length} children did not finish.") { MayRetry = false };
        return Task.FromResult(result with { Deeds = deeds });
    }

    private string? CorrelationOf(int index) => CorrelationIdFunction.ValueKind switch
    {
        JsonValueKind.Array when index < CorrelationIdFunction.GetArrayLength() => CorrelationIdFunction[index] is { ValueKind: JsonValueKind.String or JsonValueKind.Number } id ? id.ToString() : null,
        JsonValueKind.String => CorrelationIdFunction.GetString(),
        _ => null
    };

    private JsonElement InputOf(JsonElement item)
    {
        Dictionary<string, JsonElement> input = [];
        foreach (var part in new[] { Input, item }.Where(part => part.ValueKind == JsonValueKind.Object))
        {
            foreach (var member in part.EnumerateObject())
            {
                input[member.Name] = member.Value;
            }
        }

        if (item.ValueKind != JsonValueKind.Object)
        {
            input[DefaultItemInputKey] = item;
        }

        return Json(input);
    }
}
