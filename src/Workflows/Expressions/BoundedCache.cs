namespace Relief.Flow.Workflows.Expressions;

/// <summary>Keeps the values used last, at most <paramref name="capacity"/> of them. Safe for many threads.</summary>
/// <remarks>Two threads that miss at once both make the value; the one kept first is given to both.</remarks>
internal sealed class BoundedCache<TValue>(int capacity)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, LinkedListNode<(string Key, TValue Value)>> entries = new(StringComparer.Ordinal);
    private readonly LinkedList<(string Key, TValue Value)> byUse = new();

    public TValue Get(string key, Func<string, TValue> make)
    {
        lock (gate)
        {
            if (Touch(key) is { } found)
                return found.Value.Value;
        }

        var made = make(key);
        lock (gate)
        {
            if (Touch(key) is { } other)
                return other.Value.Value;

            entries[key] = byUse.AddFirst((key, made));
            if (entries.Count > capacity && byUse.Last is { } oldest)
            {
                byUse.Remove(oldest);
                entries.Remove(oldest.Value.Key);
            }

            return made;
        }
    }

    private LinkedListNode<(string Key, TValue Value)>? Touch(string key)
    {
        if (!entries.TryGetValue(key, out var node))
            return null;

        if (node != byUse.First)
        {
            byUse.Remove(node);
            byUse.AddFirst(node);
        }

        return node;
    }
}
