using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Relief.Flow.Activities;

/// <summary>Two lists are equal when their words are, in order.</summary>
internal sealed class JsonListComparer() : ValueComparer<string[]>(
    (left, right) => left == right || (left != null && right != null && left.SequenceEqual(right)),
    value => value.Aggregate(0, (hash, word) => HashCode.Combine(hash, StringComparer.Ordinal.GetHashCode(word))),
    value => value);
