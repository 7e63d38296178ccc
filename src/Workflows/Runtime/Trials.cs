using System.Collections.Immutable;
using System.Text.Json;
using Relief.Flow.Workflows.Definitions;
using Relief.Flow.Workflows.Kernel;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Workflows.Runtime;

/// <summary>Runs one activity of a definition alone, in memory. What it decides is looked at and thrown away: nothing is stored or sent.</summary>
public sealed class Trials(ActivityCatalog catalog, Burst burst, RuntimeOptions options)
{
    /// <param name="node">An activity of the definition; its variables have their initial values.</param>
    public async Task<Trial> Run(Definition definition, Node node, CancellationToken cancellationToken)
    {
        if (catalog.Find(node.Type) is not { Waits: false, ChangesRecords: false })
        {
            return new Trial(false, [], ImmutableDictionary<string, JsonElement>.Empty, null);
        }

        var alone = definition with { Root = node with { Parent = null } };
        var start = new NewInstance
        {
            Id = Guid.CreateVersion7(),
            DefinitionId = definition.Id,
            DefinitionVersion = definition.Version,
            DefinitionVersionId = definition.VersionId,
            Input = FlowJson.Of(new { }),
            Answer = new StoredAnswer(202, "")
        };
        var claim = start.FirstClaim(token: 0, mail: 0, await burst.Now(cancellationToken));
        var open = new OpenBurst(claim, alone, Stimuli.NewInstance(claim, alone));
        await burst.Run(open, options.FirstBurstTime, cancellationToken);
        return Seen(open, node.Id);
    }

    private static Trial Seen(OpenBurst open, string activity)
    {
        var prefix = activity + ".";
        var ended = open.Effects.OfType<Note>().LastOrDefault(note => note.ActivityId == activity && note.Event == "Completed");
        var outcomes = ended is { Data.ValueKind: JsonValueKind.Object } && ended.Data.TryGetProperty("outcomes", out var named)
            ? named.EnumerateArray().Select(outcome => outcome.GetString()!).ToImmutableArray()
            : [];
        var outputs = open.Instance.Results.Where(result => result.Key.StartsWith(prefix, StringComparison.Ordinal)).ToImmutableDictionary(result => result.Key[prefix.Length..], result => result.Value);
        return new Trial(true, outcomes, outputs, open.Instance.Incidents.FirstOrDefault()?.Message);
    }
}

/// <summary>What became of a trial.</summary>
/// <param name="IsPossible">False for an activity that waits or changes records: alone it would prove nothing.</param>
/// <param name="Fault">Why it failed; null when it ended.</param>
public sealed record Trial(bool IsPossible, ImmutableArray<string> Outcomes, ImmutableDictionary<string, JsonElement> Outputs, string? Fault);
