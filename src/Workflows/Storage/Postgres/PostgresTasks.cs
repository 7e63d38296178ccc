using System.Collections.Immutable;
using System.Text.Json;
using Npgsql;

namespace Relief.Flow.Workflows.Storage.Postgres;

/// <summary>Carries out people's deeds on tasks: the rows are locked, then decided on, then written.</summary>
internal sealed class PostgresTasks(Database database)
{
    private const int Open = 1, Claimed = 2, Completed = 5;

    private sealed record Standing(
        int State, string? Assignee, ImmutableArray<string> Excluded, ImmutableArray<string> Outcomes, string? Outcome, Guid InstanceId, DateTimeOffset Now,
        string? LastDeed, string? CompletedBy);

    public Task<TaskReceipt> Act(TaskDeed deed, CancellationToken cancellationToken) => database.InTransaction(
        async connection =>
        {
            await using var round = new Round(connection).Add("task-read", new() { ["task"] = Value.Of(deed.TaskId) });
            var task = await round.One(1, Read, cancellationToken);
            if (task is null)
            {
                return new TaskReceipt(TaskOutcome.NotFound);
            }

            var judged = Judge(task, deed);
            if (judged != TaskOutcome.Done)
            {
                return Receipt(judged, task);
            }

            return deed.Verb == TaskVerb.Complete
                ? await Complete(connection, task, deed, cancellationToken)
                : await Write(connection, task, deed, cancellationToken);
        },
        cancellationToken);

    private static TaskOutcome Judge(Standing task, TaskDeed deed)
    {
        if (task.State > Claimed)
        {
            return deed.Verb == TaskVerb.Complete && task.State == Completed && task.Outcome == deed.Outcome && task.CompletedBy == deed.By
                ? TaskOutcome.Repeated
                : TaskOutcome.WrongState;
        }

        if (task.LastDeed == Trace(deed) && deed.Verb != TaskVerb.Complete)
        {
            return TaskOutcome.Repeated;
        }

        var receiver = deed.Verb == TaskVerb.Delegate ? deed.To : null;
        if (deed.Verb != TaskVerb.Release && task.Excluded.Contains(deed.By) || receiver is not null && task.Excluded.Contains(receiver))
        {
            return TaskOutcome.Excluded;
        }

        var mine = task.Assignee == deed.By;
        return deed.Verb switch
        {
            TaskVerb.Claim => task.State == Open ? TaskOutcome.Done : mine ? TaskOutcome.Repeated : TaskOutcome.WrongState,
            TaskVerb.Release => task.State == Claimed && mine ? TaskOutcome.Done : TaskOutcome.WrongState,
            TaskVerb.Delegate => deed.To is not null && (task.State == Open || mine) ? TaskOutcome.Done : TaskOutcome.WrongState,
            _ when task.State == Claimed && !mine => TaskOutcome.WrongState,
            _ => deed.Outcome is not null && task.Outcomes.Contains(deed.Outcome) ? TaskOutcome.Done : TaskOutcome.NoSuchOutcome
        };
    }

    private static async Task<TaskReceipt> Write(NpgsqlConnection connection, Standing task, TaskDeed deed, CancellationToken cancellationToken)
    {
        var after = deed.Verb switch
        {
            TaskVerb.Claim => task with { State = Claimed, Assignee = deed.By },
            TaskVerb.Delegate => task with { State = Claimed, Assignee = deed.To },
            _ => task with { State = Open, Assignee = null }
        };
        await using var round = new Round(connection).Add("task-write", new()
        {
            ["task"] = Value.Of(deed.TaskId),
            ["state"] = Value.Of(after.State),
            ["assignee"] = Value.Of(after.Assignee),
            ["verb"] = Value.Of(deed.Verb.ToString()),
            ["by"] = Value.Of(deed.By),
            ["to"] = Value.Of(deed.To),
            ["note"] = Value.Of(deed.Data.ValueKind == JsonValueKind.String ? deed.Data.GetString() : Value.Raw(deed.Data))
        });
        await round.Run(cancellationToken);
        return Receipt(TaskOutcome.Done, after);
    }

    private static async Task<TaskReceipt> Complete(NpgsqlConnection connection, Standing task, TaskDeed deed, CancellationToken cancellationToken)
    {
        var data = deed.Data.ValueKind == JsonValueKind.Undefined ? JsonSerializer.SerializeToElement<object?>(null) : deed.Data;
        var decision = new TaskDecision(deed.Outcome!, data, deed.By, task.Now);
        await using var round = new Round(connection).Add("task-complete", new()
        {
            ["task"] = Value.Of(deed.TaskId),
            ["outcome"] = Value.Of(deed.Outcome),
            ["result"] = Value.Json(data),
            ["by"] = Value.Of(deed.By),
            ["at"] = Value.Of(task.Now),
            ["decision"] = Value.Json(JsonSerializer.Serialize(decision, JsonSerializerOptions.Web))
        });
        return await round.One(0, row => row.GetBoolean(0), cancellationToken)
            ? Receipt(TaskOutcome.Done, task with { State = Completed, Outcome = deed.Outcome, Assignee = deed.By })
            : Receipt(TaskOutcome.WrongState, task);
    }

    private static TaskReceipt Receipt(TaskOutcome outcome, Standing task) =>
        new(outcome, Name(task.State), task.Assignee, task.InstanceId, task.Outcome);

    private static string Name(int state) => state switch { Open => "Open", Claimed => "Claimed", Completed => "Completed", _ => "Cancelled" };

    private static string Trace(TaskDeed deed) => $"{deed.Verb}\u001f{deed.By}\u001f{deed.To}";

    private static Standing Read(NpgsqlDataReader row) => new(
        row.GetInt16(0), row.Text(1), [.. row.GetFieldValue<string[]>(2)],
        row.Json(3).Deserialize<ImmutableArray<string>>(JsonSerializerOptions.Web), row.Text(4), row.GetGuid(5), row.Time(6), row.Text(7), row.Text(8));
}
