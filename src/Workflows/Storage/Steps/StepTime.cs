using System.Collections.Immutable;

namespace Relief.Flow.Workflows.Storage.Steps;

/// <summary>How past runs of a drawn step went, over all versions of its definition.</summary>
public sealed record StepTime
{
    /// <summary>Fewer than so many say nothing about a step.</summary>
    public const int Enough = 20;

    public required string DefinitionId { get; init; }

    public required string ActivityId { get; init; }

    /// <summary>How long those took that waited, from the first wait to the end.</summary>
    public StepHistogram Waits { get; init; } = StepHistogram.Empty;

    /// <summary>How often it was left by which outcomes; several at once joined by <c>|</c>.</summary>
    public ImmutableDictionary<string, int> Outcomes { get; init; } = ImmutableDictionary<string, int>.Empty;

    /// <summary>Half of them were done within this; null below <see cref="Enough"/>.</summary>
    public TimeSpan? P50 => Known(0.5);

    /// <summary>All but one in twenty were done within this; null below <see cref="Enough"/>.</summary>
    public TimeSpan? P95 => Known(0.95);

    /// <summary>By what it is mostly left; empty when it was never left.</summary>
    public IReadOnlyList<string> UsualOutcomes => Outcomes.IsEmpty ? [] : Outcomes.OrderByDescending(one => one.Value).ThenBy(one => one.Key, StringComparer.Ordinal).First().Key.Split('|');

    /// <summary>With one more run that ended.</summary>
    public StepTime With(StepEnd end)
    {
        var key = string.Join('|', end.Outcomes);
        var outcomes = Outcomes.SetItem(key, Outcomes.GetValueOrDefault(key) + 1);
        return this with
        {
            Waits = end.Waited is { } span ? Waits.Add(span) : Waits,
            Outcomes = outcomes.Values.Sum() <= StepHistogram.Most ? outcomes : outcomes.ToImmutableDictionary(one => one.Key, one => (one.Value + 1) / 2)
        };
    }

    private TimeSpan? Known(double share) => Waits.Count < Enough ? null : Waits.Quantile(share);
}
