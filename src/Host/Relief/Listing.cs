namespace Relief.Flow.Host.Relief;

/// <summary>All there is, in the order that the route's summary names.</summary>
public sealed record Listing<T>(IReadOnlyList<T> Items);
