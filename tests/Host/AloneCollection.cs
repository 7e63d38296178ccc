namespace Relief.Flow.Tests.Host;

/// <summary>Tests that need the process for themselves: hosts in one process tell into the same series, and one that ends takes a series away from all.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneCollection
{
    public const string Name = "alone";
}
