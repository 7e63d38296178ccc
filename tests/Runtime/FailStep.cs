using System.Collections.Concurrent;
using Relief.Flow.Workflows;

namespace Relief.Flow.Tests.Runtime;

[Activity("Test", "Fails until told otherwise.", Type = "Test.Fail")]
public sealed class FailStep : Activity
{
    public static readonly ConcurrentDictionary<Guid, bool> Mended = new();

    protected internal override Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken) =>
        Mended.ContainsKey(context.InstanceId) ? Complete() : throw new InvalidOperationException("planted");
}
