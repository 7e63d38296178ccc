namespace Relief.Flow.Workflows.Library;

/// <summary><c>Elsa.SetName</c>: names the instance for lists; no personal data, a case or order number.</summary>
[Activity("Primitives", "Names the instance.", Type = "Elsa.SetName", Chinese = "设置实例名")]
public sealed class SetName : Activity
{
    [Input("The name.", Chinese = "名称", Hint = UiHints.SingleLine)]
    public required string Value { get; init; }

    protected internal override Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken) =>
        Task.FromResult<ActivityResult>(new Completed(Done) { Deeds = [new Rename(Value)] });
}
