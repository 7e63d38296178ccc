using System.Collections.Immutable;
using System.Text.Json;
using Relief.Flow.Host.Access;
using Relief.Flow.Host.Answers;
using Relief.Flow.Workflows;
using Relief.Flow.Workflows.Definitions;
using Relief.Flow.Workflows.Runtime;
using Relief.Flow.Workflows.Simulation;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Host.Aids;

/// <summary>Simulations that are kept as tests of a definition: a publish runs them and is refused when one does not hold.</summary>
internal sealed class SavedSimulations(Installation installation, ReadSide side, Simulations simulations, TimeProvider time)
{
    /// <summary>Makes what is missing; runs under the store's migration lock.</summary>
    public static async Task Apply(UnitOfWork unit, CancellationToken cancellationToken)
    {
        await using var stream = typeof(SavedSimulations).Assembly.GetManifestResourceStream("Relief.Flow.Host.Aids.0001-simulations.sql")!;
        using var reader = new StreamReader(stream);
        await AccessSql.Run(unit, await reader.ReadToEndAsync(cancellationToken), [], cancellationToken);
    }

    public Task<List<SavedSimulation>> Of(string definitionId, CancellationToken cancellationToken) => AccessSql.Read(
        side, ("select name, body, saved_at, saved_by from saved_simulation where definition_id = @p0 order by name", [definitionId]),
        row => new SavedSimulation(
            row.GetString(0), JsonSerializer.Deserialize<KeptSimulation>(row.GetString(1), ApiJson.Options)!, DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(2)), row.GetString(3)),
        cancellationToken);

    /// <summary>Keeps it under its name; one that was kept there before is replaced.</summary>
    public Task<int> Keep(string definitionId, string name, KeptSimulation kept, string by, CancellationToken cancellationToken)
    {
        object?[] values = [definitionId, name, JsonSerializer.Serialize(kept, ApiJson.Options), time.GetUtcNow().ToUnixTimeMilliseconds(), by];
        return installation.Change((unit, token) => AccessSql.Run(
            unit,
            """
            insert into saved_simulation (definition_id, name, body, saved_at, saved_by) values (@p0, @p1, @p2, @p3, @p4)
            on conflict (definition_id, name) do update set body = excluded.body, saved_at = excluded.saved_at, saved_by = excluded.saved_by
            """,
            values, token), cancellationToken);
    }

    public async Task<bool> Drop(string definitionId, string name, CancellationToken cancellationToken) =>
        await installation.Change((unit, token) => AccessSql.Run(unit, "delete from saved_simulation where definition_id = @p0 and name = @p1", [definitionId, name], token), cancellationToken) > 0;

    /// <summary>What refuses a publish of this definition; nothing when every kept simulation holds.</summary>
    public async Task<ImmutableArray<Problem>> Check(Definition definition, CancellationToken cancellationToken)
    {
        var problems = ImmutableArray.CreateBuilder<Problem>();
        foreach (var saved in await Of(definition.Id, cancellationToken))
        {
            var result = await simulations.Run(definition, saved.Kept.Plan, cancellationToken);
            problems.AddRange(saved.Kept.Expectations.Check(saved.Name, result));
        }

        return problems.ToImmutable();
    }
}

/// <summary>What a kept simulation plays, and what must come of it.</summary>
public sealed record KeptSimulation(SimulationPlan Plan, SimulationExpectations Expectations);

public sealed record SavedSimulation(string Name, KeptSimulation Kept, DateTimeOffset SavedAt, string SavedBy);
