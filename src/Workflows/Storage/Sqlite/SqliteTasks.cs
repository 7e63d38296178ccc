using System.Collections.Immutable;
using System.Text.Json;

namespace Relief.Flow.Workflows.Storage.Sqlite;

/// <summary>People's work: opened by a burst, claimed, given on and completed by people.</summary>
internal static class SqliteTasks
{
    private const int IsOpen = 1;
    private const int IsClaimed = 2;
    private const int IsCompleted = 5;

    public static void Open(SqliteSession session, BurstCommit burst, NewBookmark row, HumanTask task) => session.Do(
        """
        insert into task (id, instance_id, activity_id, subject_id, kind, title, role, unit, assignee, excluded, subject, business_key,
          outcomes, form, data, due_at, priority, state, created_at, claimed_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)
        """,
        row.Id, burst.Claim.InstanceId, row.ActivityId, burst.Claim.SubjectId, task.Kind, task.Title, task.Role, task.Unit, task.Assignee,
        Json(task.Excluded), task.Subject, burst.Claim.BusinessKey, Json(task.Outcomes), Json(task.Form), task.Data, task.Due, task.Priority,
        task.Assignee is null ? IsOpen : IsClaimed, burst.At, task.Assignee is null ? null : burst.At);

    /// <summary>Open tasks whose bookmark is dropped, or whose instance has ended, are nobody's work any more.</summary>
    /// <param name="column"><c>id</c> or <c>instance_id</c>.</param>
    public static void Cancel(SqliteSession session, string column, Guid id, DateTimeOffset at)
    {
        var cancelled = session.All(
            column == "id"
                ? "update task set state = 6, completed_at = $2, seq = seq + 1 where id = $1 and state < 5 returning id"
                : "update task set state = 6, completed_at = $2, seq = seq + 1 where instance_id = $1 and state < 5 returning id",
            row => row.Id(0), id, at);
        foreach (var task in cancelled)
        {
            Note(session, new TaskDeed(task, default, ""), "Cancel", at);
        }
    }

    public static TaskReceipt Act(SqliteSession session, TaskDeed deed)
    {
        var task = session.One(
            "select state, assignee, instance_id, outcome, completed_by, excluded, outcomes from task where id = $1",
            row => new TaskRow(row.GetInt32(0), row.Text(1), row.Id(2), row.Text(3), row.Text(4), row.Texts(5), row.Texts(6)), deed.TaskId);
        if (task is null)
        {
            return new TaskReceipt(TaskOutcome.NotFound);
        }

        if (Refusal(session, task, deed) is { } refusal)
        {
            return task.Receipt(refusal);
        }

        var now = session.Now();
        if (!Do(session, task, deed, now))
        {
            return task.Receipt(TaskOutcome.WrongState);
        }

        Note(session, deed, deed.Verb.ToString(), now);
        return session.One(
            "select state, assignee, instance_id, outcome, completed_by, excluded, outcomes from task where id = $1",
            row => new TaskRow(row.GetInt32(0), row.Text(1), row.Id(2), row.Text(3), row.Text(4), [], []), deed.TaskId)!.Receipt(TaskOutcome.Done);
    }

    private static TaskOutcome? Refusal(SqliteSession session, TaskRow task, TaskDeed deed)
    {
        if (IsRepeated(session, task, deed))
        {
            return TaskOutcome.Repeated;
        }

        if (task.State >= IsCompleted)
        {
            return TaskOutcome.WrongState;
        }

        if ((deed.Verb != TaskVerb.Release && task.Excluded.Contains(deed.By)) || (deed is { Verb: TaskVerb.Delegate, To: { } to } && task.Excluded.Contains(to)))
        {
            return TaskOutcome.Excluded;
        }

        if ((task.State == IsClaimed && task.Assignee != deed.By) || (task.State == IsOpen && deed.Verb == TaskVerb.Release)
            || (deed.Verb == TaskVerb.Delegate && deed.To is null))
        {
            return TaskOutcome.WrongState;
        }

        return deed.Verb == TaskVerb.Complete && (deed.Outcome is null || !task.Outcomes.Contains(deed.Outcome)) ? TaskOutcome.NoSuchOutcome : null;
    }

    private static bool IsRepeated(SqliteSession session, TaskRow task, TaskDeed deed) => deed.Verb switch
    {
        TaskVerb.Complete => task.State == IsCompleted && task.CompletedBy == deed.By && task.Outcome == deed.Outcome,
        TaskVerb.Claim => task.State == IsClaimed && task.Assignee == deed.By && !task.Excluded.Contains(deed.By),
        TaskVerb.Release => task.State == IsOpen && WasLast(session, deed),
        TaskVerb.Delegate => task.State == IsClaimed && task.Assignee == deed.To && task.Assignee != deed.By && WasLast(session, deed),
        _ => throw new ArgumentOutOfRangeException(nameof(deed), deed.Verb, "Unknown verb.")
    };

    private static bool WasLast(SqliteSession session, TaskDeed deed) =>
        session.One("select verb, by_whom from task_event where task_id = $1 order by id desc limit 1", row => (row.GetString(0), row.GetString(1)), deed.TaskId)
            == (deed.Verb.ToString(), deed.By);

    /// <returns>False when the task's bookmark is gone: nobody waits for the decision.</returns>
    private static bool Do(SqliteSession session, TaskRow task, TaskDeed deed, DateTimeOffset now)
    {
        if (deed.Verb == TaskVerb.Complete)
        {
            return Complete(session, task, deed, now);
        }

        var assignee = deed.Verb switch { TaskVerb.Claim => deed.By, TaskVerb.Delegate => deed.To, _ => null };
        session.Do(
            "update task set state = $2, assignee = $3, claimed_at = $4, seq = seq + 1 where id = $1",
            deed.TaskId, assignee is null ? IsOpen : IsClaimed, assignee, assignee is null ? null : now);
        return true;
    }

    private static bool Complete(SqliteSession session, TaskRow task, TaskDeed deed, DateTimeOffset now)
    {
        if (!SqliteMailbox.Consume(session, task.InstanceId, deed.TaskId))
        {
            return false;
        }

        var data = deed.Data.ValueKind == JsonValueKind.Undefined ? JsonElement.Parse("null") : deed.Data;
        var decision = SqliteMailbox.Json(new TaskDecision(deed.Outcome!, data, deed.By, now));
        session.Do(
            """
            update task set state = 5, outcome = $2, result = $3, completed_by = $4, completed_at = $5, assignee = $4,
              claimed_at = coalesce(claimed_at, $5), seq = seq + 1
            where id = $1
            """,
            deed.TaskId, deed.Outcome, deed.Data, deed.By, now);
        SqliteMailbox.Put(session, new NewMail(task.InstanceId, MailKind.Task, decision, BookmarkId: deed.TaskId), TimeSpan.Zero);
        return true;
    }

    private static void Note(SqliteSession session, TaskDeed deed, string verb, DateTimeOffset at) => session.Do(
        "insert into task_event (task_id, verb, by_whom, to_whom, at, note) values ($1, $2, $3, $4, $5, $6)",
        deed.TaskId, verb, deed.By, deed.To, at, deed.Verb == TaskVerb.Complete ? deed.Outcome : deed.Data);

    private static string Json<T>(ImmutableArray<T> values) =>
        values.IsDefault ? "[]" : JsonSerializer.Serialize(values, JsonSerializerOptions.Web);

    private sealed record TaskRow(
        int State, string? Assignee, Guid InstanceId, string? Outcome, string? CompletedBy, ImmutableArray<string> Excluded, ImmutableArray<string> Outcomes)
    {
        public TaskReceipt Receipt(TaskOutcome outcome) => new(outcome, Name, Assignee, InstanceId, Outcome);

        private string Name => State switch { IsOpen => "Open", IsClaimed => "Claimed", IsCompleted => "Completed", _ => "Cancelled" };
    }
}
