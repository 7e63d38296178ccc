namespace Relief.Flow.Workflows.Library;

/// <summary><c>Elsa.Correlate</c>: ties the instance to a business object; events with this correlation reach it.</summary>
[Activity("Primitives", "Ties the instance to a business object.", Type = "Elsa.Correlate", Chinese = "设置关联号")]
public sealed class Correlate : Activity
{
    [Input("The correlation, such as case:… .", Chinese = "关联号", Hint = UiHints.SingleLine)]
    public required string CorrelationId { get; init; }

    protected internal override Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken) =>
        Task.FromResult<ActivityResult>(new Completed(Done) { Deeds = [new SetCorrelation(CorrelationId)] });
}
