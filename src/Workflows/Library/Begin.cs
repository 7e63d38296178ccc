namespace Relief.Flow.Workflows.Library;

/// <summary><c>Elsa.Start</c>: marks where a flowchart begins.</summary>
[Activity("Primitives", "Marks the beginning.", Type = "Elsa.Start", Chinese = "开始")]
public sealed class Begin : Activity
{
    protected internal override Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken) => Complete();
}
