using System.Collections.Immutable;
using System.Globalization;

namespace Relief.Flow.Workflows.Storage.Steps;

/// <summary>How long something took, as counts in buckets that grow by a fifth: a quantile is never too low and at most 19 % too high.</summary>
/// <remarks>
/// From a second to a century fits into 126 buckets, so it stays small for ever, and two can be added up; kept samples could do neither.
/// Beyond <see cref="Most"/> all counts are halved: how things went lately outweighs how they went long ago.
/// </remarks>
public sealed record StepHistogram
{
    /// <summary>How many are counted before all are halved.</summary>
    public const int Most = 4096;

    private const double PerDoubling = 4;
    private const int Last = 126;

    private readonly ImmutableSortedDictionary<int, int> counts;

    private StepHistogram(ImmutableSortedDictionary<int, int> counts)
    {
        this.counts = counts;
        Count = counts.Values.Sum();
    }

    public static StepHistogram Empty { get; } = new(ImmutableSortedDictionary<int, int>.Empty);

    /// <summary>How many are counted; those before a halving by half.</summary>
    public int Count { get; }

    public StepHistogram Add(TimeSpan span)
    {
        var bucket = BucketOf(span);
        var more = counts.SetItem(bucket, counts.GetValueOrDefault(bucket) + 1);
        return new StepHistogram(Count < Most ? more : more.ToImmutableSortedDictionary(one => one.Key, one => (one.Value + 1) / 2));
    }

    /// <summary>The span within which this share of them was done; null when nothing is counted.</summary>
    /// <param name="share">0.5 for the median.</param>
    public TimeSpan? Quantile(double share)
    {
        var left = share * Count;
        foreach (var (bucket, count) in counts)
        {
            left -= count;
            if (left <= 0)
                return TimeSpan.FromSeconds(Math.Ceiling(Math.Pow(2, bucket / PerDoubling)));
        }

        return null;
    }

    /// <summary>As it is stored: bucket and count in pairs.</summary>
    public override string ToString() => string.Join(' ', counts.Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Key}:{one.Value}")));

    /// <summary>What <see cref="ToString"/> wrote.</summary>
    public static StepHistogram Parse(string text) => new(text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split(':'))
        .ToImmutableSortedDictionary(pair => int.Parse(pair[0], CultureInfo.InvariantCulture), pair => int.Parse(pair[1], CultureInfo.InvariantCulture)));

    private static int BucketOf(TimeSpan span) =>
        span.TotalSeconds <= 1 ? 0 : Math.Min(Last, (int)Math.Ceiling(PerDoubling * Math.Log2(span.TotalSeconds)));
}
