namespace Relief.Flow.Workflows.Library;

/// <summary><c>Elsa.Finish</c>: ends the instance, whatever its other branches do; their bookmarks and timers go with it.</summary>
[Activity("Primitives", "Ends the workflow.", Type = "Elsa.Finish", Chinese = "结束流程")]
public sealed class Finish : Activity
{
    protected internal override Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken) =>
        Task.FromResult<ActivityResult>(new Completed(Done) { Deeds = [new EndInstance()] });
}
