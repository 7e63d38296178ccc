using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Workflows.Runtime;

/// <summary>Starts an instance and waits until it and the children it waits for are quiet (rule 11).</summary>
public sealed class DirectRun(Flows flows, InstanceQueries instances, TimeProvider time)
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(10);

    /// <summary>As <see cref="Flows.Start"/>; returns when nothing of it can go on by itself, or after the given time, when it goes on anyhow.</summary>
    public async Task<StartResult> Execute(StartInstance request, TimeSpan atMost, CancellationToken cancellationToken)
    {
        var result = await flows.Start(request, cancellationToken);
        var id = result switch
        {
            Started started => started.InstanceId,
            Repeated repeated => repeated.InstanceId,
            _ => Guid.Empty
        };
        var begun = time.GetTimestamp();
        while (id != Guid.Empty && time.GetElapsedTime(begun) < atMost && await IsBusy(id, cancellationToken))
        {
            await Task.Delay(Glance, time, cancellationToken);
        }

        return result;
    }

    private async Task<bool> IsBusy(Guid id, CancellationToken cancellationToken) =>
        await instances.Find(id, cancellationToken) is { } found &&
        (found.Status == nameof(Kernel.InstanceStatus.Running) || (found.Waits?.Kind == nameof(BookmarkKind.Child) && await HasBusyChild(id, cancellationToken)));

    // A child that was decided but is not there yet counts: it is about to run.
    private async Task<bool> HasBusyChild(Guid id, CancellationToken cancellationToken)
    {
        var children = await instances.List(new InstanceFilter { ParentId = id }, null, null, cancellationToken);
        foreach (var child in children.Items)
        {
            if (await IsBusy(child.Id, cancellationToken))
            {
                return true;
            }
        }

        return children.Items.Count == 0;
    }
}
