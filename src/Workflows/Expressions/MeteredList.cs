using System.Collections;

namespace Relief.Flow.Workflows.Expressions;

/// <summary>A list for templates: each step of a loop over it is metered, because loops within loops that write nothing would run unseen.</summary>
internal sealed class MeteredList(List<object?> items, ScriptMeter meter) : IReadOnlyList<object?>
{
    public int Count => items.Count;

    public object? this[int index]
    {
        get
        {
            meter.Check();
            return items[index];
        }
    }

    public IEnumerator<object?> GetEnumerator()
    {
        foreach (var item in items)
        {
            meter.Check();
            yield return item;
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
