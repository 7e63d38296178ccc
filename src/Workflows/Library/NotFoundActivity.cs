namespace Relief.Flow.Workflows.Library;

/// <summary><c>Elsa.NotFoundActivity</c>: stands where an activity of an unknown type was drawn, and is an incident when it is reached.</summary>
[Activity("System", "Stands for an activity whose type is not known.", Type = "Elsa.NotFoundActivity", Chinese = "未知活动", IsHidden = true)]
public sealed class NotFoundActivity : Activity
{
    [Input("The type that was not found.", Chinese = "缺失的类型", IsPlain = true, Hint = UiHints.SingleLine)]
    public string? MissingTypeName { get; init; }

    [Input("Its version.", Chinese = "缺失的版本", IsPlain = true, Hint = UiHints.SingleLine)]
    public int MissingTypeVersion { get; init; }

    [Input("How it was drawn.", Chinese = "原始内容", IsPlain = true, Hint = UiHints.CodeEditor)]
    public string? OriginalActivityJson { get; init; }

    protected internal override Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken) =>
        Task.FromResult<ActivityResult>(new Faulted("activity.notFound", $"There is no activity of the type {MissingTypeName}; draw another in its place.") { MayRetry = false });
}
