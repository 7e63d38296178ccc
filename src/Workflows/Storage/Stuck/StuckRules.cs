using System.Collections.Immutable;

namespace Relief.Flow.Workflows.Storage.Stuck;

/// <summary>Every way to be stuck that is looked for: the engine's, and those of the business that runs on it.</summary>
public sealed class StuckRules(IEnumerable<StuckRule> ofBusiness)
{
    public ImmutableArray<StuckRule> All { get; } = [.. EngineRules.All, .. ofBusiness];
}
