using System.Collections.Immutable;

namespace Relief.Flow.Workflows.Storage;

/// <summary>Gathers what many callers write at the same time into one transaction, without adding a delay.</summary>
/// <remarks>
/// One group is in flight at a time; the next leaves when it has landed, with whatever has gathered by then. Items with equal keys never share a group.
/// When a group fails, each of its callers gets the exception.
/// </remarks>
internal sealed class Coalescer<TItem, TResult>(
    Func<IReadOnlyList<TItem>, CancellationToken, Task<ImmutableArray<TResult>>> send, Func<TItem, object?> keyOf)
{
    private const int Most = 128;

    private readonly Lock _gate = new();
    private readonly LinkedList<Entry> _waiting = [];
    private bool _isFlying;

    public Task<TResult> Add(TItem item)
    {
        var entry = new Entry(item, new TaskCompletionSource<TResult>(TaskCreationOptions.RunContinuationsAsynchronously));
        lock (_gate)
        {
            _waiting.AddLast(entry);
            if (_isFlying)
            {
                return entry.Done.Task;
            }

            _isFlying = true;
        }

        _ = Task.Run(() => Fly(CancellationToken.None));
        return entry.Done.Task;
    }

    // What was accepted is written, whoever still waits for it: a flight is not cancelled.
    private async Task Fly(CancellationToken cancellationToken)
    {
        while (NextGroup() is { Count: > 0 } group)
        {
            try
            {
                var results = await send([.. group.Select(entry => entry.Item)], cancellationToken);
                for (var i = 0; i < group.Count; i++)
                {
                    group[i].Done.SetResult(results[i]);
                }
            }
            catch (Exception exception)
            {
                foreach (var entry in group)
                {
                    entry.Done.TrySetException(exception);
                }
            }
        }
    }

    private List<Entry> NextGroup()
    {
        lock (_gate)
        {
            List<Entry> group = [];
            HashSet<object> keys = [];
            for (var node = _waiting.First; node is not null && group.Count < Most;)
            {
                var next = node.Next;
                if (keyOf(node.Value.Item) is not { } key || keys.Add(key))
                {
                    group.Add(node.Value);
                    _waiting.Remove(node);
                }

                node = next;
            }

            if (group.Count == 0)
            {
                _isFlying = false;
            }

            return group;
        }
    }

    private sealed record Entry(TItem Item, TaskCompletionSource<TResult> Done);
}
