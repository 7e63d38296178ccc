using System.Text.Json;
using Npgsql;

namespace Relief.Flow.Workflows.Storage.Postgres;

/// <summary>Fires schedules: the start is left to the relay and the schedule moves on, both in one transaction.</summary>
internal static class PostgresTriggers
{
    /// <summary>A schedule that was due, and the business time at which it was read.</summary>
    private sealed record DueTrigger(StandingTrigger Trigger, DateTimeOffset Due, DateTimeOffset Now);

    public static Task<int> Fire(Database database, int limit, CancellationToken cancellationToken) => database.InTransaction(
        async connection =>
        {
            await using var look = new Round(connection).Add("due-triggers", new() { ["limit"] = Value.Of(limit) });
            var due = await look.Read(reader => Read(reader, cancellationToken), cancellationToken);
            if (due.Count > 0)
            {
                await using var fire = new Round(connection).Add("fire-triggers", Values(due));
                await fire.Run(cancellationToken);
            }

            return due.Count;
        },
        cancellationToken);

    private static async Task<List<DueTrigger>> Read(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        List<DueTrigger> due = [];
        while (await reader.ReadAsync(cancellationToken))
        {
            due.Add(new DueTrigger(
                new StandingTrigger(reader.GetString(0), reader.GetInt32(1), reader.GetString(2), reader.GetString(3), default), reader.Time(4), reader.Time(5)));
        }

        return due;
    }

    private static Dictionary<string, Value> Values(List<DueTrigger> due)
    {
        var of = new Columns<DueTrigger>(due);
        return new()
        {
            ["definitions"] = of.Text(row => row.Trigger.DefinitionId),
            ["activities"] = of.Text(row => row.Trigger.ActivityId),
            ["keys"] = of.Text(row => row.Trigger.Key),
            ["nexts"] = of.Time(row => row.Trigger.After(row.Due, row.Now)),
            ["ids"] = of.Uuid(row => row.Trigger.At(row.Due).InstanceId),
            ["payloads"] = of.Json(row => JsonSerializer.Serialize(row.Trigger.At(row.Due), FlowJson.Options)),
            ["ats"] = of.Time(row => row.Now)
        };
    }
}
