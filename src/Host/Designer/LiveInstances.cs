using System.Collections.Concurrent;
using Microsoft.AspNetCore.SignalR;
using Relief.Flow.Host.Startup;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Host.Designer;

/// <summary>Watches the instances that somebody looks at: one statement a second for all of them together, whichever node moves them, none when nobody looks.</summary>
internal sealed class LiveInstances(InstanceQueries queries, InstanceStories stories, IHubContext<LiveHub> hub, ILogger<LiveInstances> logger) : EvenDuty(TimeSpan.FromSeconds(1))
{
    private readonly ConcurrentDictionary<string, ConcurrentDictionary<Guid, byte>> _watched = new();
    private readonly SemaphoreSlim _wanted = new(0);

    public void Watch(string connection, Guid instance)
    {
        _watched.GetOrAdd(connection, _ => new()).TryAdd(instance, 0);
        _wanted.Release();
    }

    public void Leave(string connection) => _watched.TryRemove(connection, out _);

    protected override async Task Wanted(CancellationToken cancellationToken)
    {
        if (_watched.IsEmpty)
        {
            stories.KeepOnly([]);
            await _wanted.WaitAsync(cancellationToken);
        }
    }

    protected override void Failed(Exception exception) => Log.LookFailed(logger, exception);

    protected override async Task Once(CancellationToken cancellationToken)
    {
        Guid[] ids = [.. _watched.Values.SelectMany(instances => instances.Keys).Distinct()];
        var seen = ids.Length == 0 ? [] : await queries.Seqs(ids, cancellationToken);
        stories.KeepOnly(ids);
        foreach (var (id, seq) in seen)
        {
            if (stories.Moved(id, seq))
                await Tell(id, cancellationToken);
        }
    }

    private async Task Tell(Guid id, CancellationToken cancellationToken)
    {
        var viewers = hub.Clients.Group(LiveHub.GroupOf(id));
        if (await stories.Tell(id, cancellationToken) is { } story)
            await viewers.SendAsync("ActivityExecutionLogUpdatedAsync", new { stats = ObservedActivities.Stats(story, null).Where(stat => stat.ActivityId != story.Definition?.Root.Id) }, cancellationToken);
        await viewers.SendAsync("WorkflowExecutionLogUpdatedAsync", new { }, cancellationToken);
        await viewers.SendAsync("WorkflowInstanceUpdatedAsync", new { workflowInstanceId = id }, cancellationToken);
    }
}
