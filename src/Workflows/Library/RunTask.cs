using System.Text.Json;

namespace Relief.Flow.Workflows.Library;

/// <summary><c>Elsa.RunTask</c>: asks somebody outside to do a task and waits for its completion.</summary>
[Activity("Primitives", "Waits until a task is completed.", Type = "Elsa.RunTask", Chinese = "执行任务", Waits = true)]
public sealed class RunTask : Activity
{
    [Input("The task's name.", Chinese = "任务名", Hint = UiHints.SingleLine)]
    public required string TaskName { get; init; }

    [Input("What its doer needs to know.", Chinese = "内容", Hint = UiHints.Dictionary)]
    public JsonElement Payload { get; init; }

    [Input("The role that may do it; everyone when it names none.", Chinese = "角色", Hint = UiHints.SingleLine)]
    public string? Role { get; init; }

    [Input("Code of the area or organisation whose people may do it.", Chinese = "单位", Hint = UiHints.SingleLine)]
    public string? Unit { get; init; }

    [Input("Who may not do it.", Chinese = "回避人员", Hint = UiHints.MultiText)]
    public string[] Excluded { get; init; } = [];

    [Output("What was reported.", Chinese = "结果")]
    public JsonElement Result { get; private set; }

    protected internal override Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken) =>
        WaitAt([Bookmark.For("task", new HumanTask
        {
            Title = TaskName,
            Kind = TaskName,
            Role = Role,
            Unit = Unit,
            Excluded = [.. Excluded],
            Outcomes = [Done],
            Data = Payload
        })]);

    protected internal override Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        Result = wakeup.As<TaskDecision>()!.Data;
        return Complete();
    }
}
