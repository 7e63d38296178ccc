namespace Relief.Flow.Workflows.Library;

/// <summary><c>Elsa.End</c>: ends the flowchart that holds it; its other branches are cancelled.</summary>
[Activity("Primitives", "Ends the flowchart.", Type = "Elsa.End", Chinese = "结束")]
public sealed class End : Activity
{
    protected internal override Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken) => Complete();
}
