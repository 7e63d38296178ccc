using System.Collections.Concurrent;

namespace Relief.Flow.Tests.Runtime;

/// <summary>What the test activities did outside, by instance: shows what ran twice.</summary>
internal static class Deeds
{
    public static readonly ConcurrentDictionary<Guid, ConcurrentQueue<string>> Done = new();

    public static string[] Of(Guid instance) => Done.TryGetValue(instance, out var deeds) ? [.. deeds] : [];
}
