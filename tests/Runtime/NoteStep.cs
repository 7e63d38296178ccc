using Relief.Flow.Workflows;

namespace Relief.Flow.Tests.Runtime;

[Activity("Test", "Notes that it ran.", Type = "Test.Note")]
public sealed class NoteStep : Activity
{
    [Input("What to note.")]
    public string? Text { get; init; }

    protected internal override Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        Deeds.Done.GetOrAdd(context.InstanceId, _ => new()).Enqueue(Text ?? context.ActivityId);
        return Complete();
    }
}
