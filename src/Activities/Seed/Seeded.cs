using Relief.Flow.Activities.Parameters;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Seed;

/// <summary>Asks whether what a start writes is there already. It does so without the records' model, whose first use would hold up every start.</summary>
public static class Seeded
{
    /// <param name="withExample">Whether the invented county must be there as well.</param>
    public static async Task<bool> Holds(UnitOfWork unit, StorageKind kind, bool withExample, CancellationToken cancellationToken)
    {
        var schema = kind == StorageKind.Sqlite ? "relief_" : "relief.";
        var presets = await Read(unit, $"select key from {schema}policy_parameter where area_code = '{ParameterQueries.Everywhere}'", cancellationToken);
        return PolicyPresets.All.All(preset => presets.Contains(preset.Key))
            && (!withExample || (await Read(unit, $"select code from {schema}area_unit where code = '{ExampleCounty.Code}'", cancellationToken)).Count > 0);
    }

    private static async Task<HashSet<string>> Read(UnitOfWork unit, string sql, CancellationToken cancellationToken)
    {
        await using var command = unit.Connection.CreateCommand();
        command.Transaction = unit.Transaction;
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var values = new HashSet<string>(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellationToken))
            values.Add(reader.GetString(0));
        return values;
    }
}
