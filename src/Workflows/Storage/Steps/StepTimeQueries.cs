using System.Collections.Immutable;
using System.Text.Json;

namespace Relief.Flow.Workflows.Storage.Steps;

/// <summary>Reads how past runs of steps went.</summary>
public sealed class StepTimeQueries(ReadSide side)
{
    /// <summary>Every step of these definitions that ever ended.</summary>
    public async Task<IReadOnlyList<StepTime>> Of(IReadOnlyCollection<string> definitionIds, CancellationToken cancellationToken) => definitionIds.Count == 0 ? [] :
        await new Query(side, "select definition_id, activity_id, buckets, outcomes from step_time").In("definition_id", definitionIds).Read(row => new StepTime
        {
            DefinitionId = row.Text("definition_id"),
            ActivityId = row.Text("activity_id"),
            Waits = StepHistogram.Parse(row.Text("buckets")),
            Outcomes = JsonSerializer.Deserialize<ImmutableDictionary<string, int>>(row.Text("outcomes"))!
        }, cancellationToken);

    /// <summary>The steps of one definition by their ids.</summary>
    public async Task<IReadOnlyDictionary<string, StepTime>> Of(string definitionId, CancellationToken cancellationToken) =>
        (await Of([definitionId], cancellationToken)).ToDictionary(time => time.ActivityId, StringComparer.Ordinal);
}
