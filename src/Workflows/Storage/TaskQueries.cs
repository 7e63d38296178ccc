using System.Text.Json;

namespace Relief.Flow.Workflows.Storage;

/// <summary>Reads people's tasks.</summary>
/// <param name="visibility">What is not visible is not there; null where everything is.</param>
public sealed class TaskQueries(ReadSide side, InstanceVisibility? visibility = null)
{
    private const string Columns =
        """
        select id, instance_id, activity_id, kind, title, role, unit, assignee, subject, business_key, due_at, priority, state, outcome,
               completed_by, created_at, claimed_at, completed_at
        """;

    // What somebody was let read, or is or was asked to sign.
    private const string Readable =
        "select n.task_id from task_note n where n.to_whom = {0} and n.verb = 'Copy' union select s.task_id from task_signer s where s.staff = {0}";

    /// <summary>Newest first; at most <see cref="Cursor.MaxTake"/> rows.</summary>
    public async Task<Page<TaskSummary>> List(TaskFilter filter, string? after, int? take, CancellationToken cancellationToken)
    {
        var count = Cursor.Take(take);
        var query = new Query(side, $"{Columns} from task").Seen(visibility?.Tasks())
            .Where("role = {0}", filter.Role)
            .Where("unit = {0}", filter.Unit)
            .Where("assignee = {0}", filter.Assignee)
            .Where("subject = {0}", filter.Subject)
            .Where("kind = {0}", filter.Kind)
            .Where("business_key = {0}", filter.BusinessKey)
            .Where("instance_id = {0}", filter.InstanceId);
        if (filter.States.Count == 0)
            query.Where("state < 5");
        else
            query.In("state", [.. filter.States.Select(name => Enum.TryParse<TaskState>(name, ignoreCase: true, out var state) ? (int)state : -1)]);

        var rows = await query.Before("created_at, id", Cursor.Parse(after))
            .Then("order by created_at desc, id desc limit {0}", count + 1)
            .Read(Summary, cancellationToken);
        return Cursor.Cut(rows, count, row => new Cursor(row.CreatedAt, row.Id));
    }

    /// <summary>What somebody has to do: late first, then by due moment and priority.</summary>
    public Task<List<TaskSummary>> Desk(TaskDeskFilter filter, int skip, int take, CancellationToken cancellationToken) =>
        OfDesk(new Query(side, $"{Columns} from task"), filter)
            .Then("order by (due_at is null), due_at, priority desc, created_at, id limit {0} offset {1}", take, Math.Min(skip, InstanceSearch.Cap)).Read(Summary, cancellationToken);

    /// <summary>How many these are, at most <see cref="InstanceSearch.Cap"/>.</summary>
    public async Task<int> DeskCount(TaskDeskFilter filter, CancellationToken cancellationToken) =>
        (await OfDesk(new Query(side, "select count(*) as n from (select 1 as one from task"), filter).Then("limit {0}) as counted", InstanceSearch.Cap).Read(row => row.Int("n"), cancellationToken))[0];

    private Query OfDesk(Query query, TaskDeskFilter filter)
    {
        query.Seen(visibility?.Tasks()).Where("state = {0}", (int)(filter.Claimed ? TaskState.Claimed : TaskState.Open)).Where("assignee = {0}", filter.Assignee);
        if (filter.Posts is { } posts)
        {
            List<object> values = [];
            string Place(object value)
            {
                values.Add(value);
                return "{" + (values.Count - 1).ToString(System.Globalization.CultureInfo.InvariantCulture) + "}";
            }

            var any = posts.Select(post => $"(role = {Place(post.Role)}{(post.Units is { } units ? $" and (unit is null or unit in ({string.Join(", ", units.Select(Place))}))" : "")})");
            query.WhereAll($"({string.Join(" or ", any.Append("role is null"))})", [.. values]);
        }

        return query.Where("role = {0}", filter.Role).Where("unit = {0}", filter.Unit);
    }

    /// <summary>How units keep their deadlines: of the tasks due in a time, how many were done late and how many are late and open; who has most of these first.</summary>
    public Task<List<UnitLateness>> Lateness(DateTimeOffset from, DateTimeOffset to, DateTimeOffset now, CancellationToken cancellationToken) =>
        new Query(side, "select unit, count(*) as due, sum(case when state = 5 and completed_at > due_at then 1 else 0 end) as done_late,").Then("sum(case when state < 5 and due_at < {0} then 1 else 0 end) as open_late from task", now)
            .Seen(visibility?.Tasks()).Where("unit is not null").Where("state <> 6").Where("due_at >= {0}", from).Where("due_at < {0}", to)
            .Then("group by unit order by open_late desc, done_late desc, unit").Read(row => new UnitLateness(row.Text("unit"), row.Int("due"), row.Int("done_late"), row.Int("open_late")), cancellationToken);

    /// <summary>The tasks that others let somebody read or ask them to sign, those to sign first, then the latest.</summary>
    public Task<List<TaskSummary>> Copies(string reader, int skip, int take, CancellationToken cancellationToken) =>
        new Query(side, $"{Columns}, (select count(*) from task_signer s where s.task_id = task.id and s.staff = ").Then("{0} and s.agrees is null) as to_sign from task", reader)
            .Where($"id in ({Readable})", reader)
            .Then("order by to_sign desc, created_at desc, id limit {0} offset {1}", take, Math.Min(skip, InstanceSearch.Cap)).Read(Summary, cancellationToken);

    /// <summary>Whether others let somebody read a task.</summary>
    public Task<bool> IsReader(Guid id, string reader, CancellationToken cancellationToken) =>
        new Query(side, "select 1 as one from task").Where("id = {0}", id).Where($"id in ({Readable})", reader).Any(cancellationToken);

    public async Task<int> CopyCount(string reader, CancellationToken cancellationToken) =>
        (await new Query(side, "select count(*) as n from (").Then(Readable, reader).Then(") as counted").Read(row => row.Int("n"), cancellationToken))[0];

    public Task<TaskDetail?> Find(Guid id, CancellationToken cancellationToken) => One(id, visibility?.Tasks(), cancellationToken);

    /// <summary>The task whether or not whoever asks may see it: for rules that judge whether they may do it.</summary>
    public Task<TaskDetail?> FindAny(Guid id, CancellationToken cancellationToken) => One(id, null, cancellationToken);

    private async Task<TaskDetail?> One(Guid id, VisibleWhere? seen, CancellationToken cancellationToken)
    {
        var found = await new Query(side, $"{Columns}, outcomes, form, data, result, excluded from task").Where("id = {0}", id).Seen(seen)
            .Read(row => new TaskDetail
            {
                Summary = Summary(row),
                Outcomes = Read<string>(row.Json("outcomes")),
                Form = Read<FormField>(row.Json("form")),
                Data = row.Json("data"),
                Result = row.Json("result"),
                Excluded = row.Texts("excluded"),
                Events = []
            }, cancellationToken);
        return found is [var task] ? task with { Events = await Events(id, cancellationToken), Signers = await Signers(id, cancellationToken) } : null;
    }

    private Task<List<TaskSigner>> Signers(Guid id, CancellationToken cancellationToken) =>
        new Query(side, "select staff, mode, added_by, agrees, note, signed_at from task_signer").Where("task_id = {0}", id).Then("order by ordinal, staff")
            .Read(row => new TaskSigner(
                row.Text("staff"), Enum.Parse<SigningMode>(row.Text("mode")), row.Text("added_by"), row.IntOrNull("agrees") is { } agrees ? agrees != 0 : null,
                row.TextOrNull("note"), row.InstantOrNull("signed_at")), cancellationToken);

    private Task<List<TaskEventLine>> Events(Guid id, CancellationToken cancellationToken) =>
        new Query(side, "select verb, by_whom, to_whom, at, note from (select * from task_event union all select * from task_note) as what").Where("task_id = {0}", id).Then("order by at, id")
            .Read(row => new TaskEventLine(
                row.Text("verb"), row.Text("by_whom"), row.TextOrNull("to_whom"), row.Instant("at"), row.TextOrNull("note")), cancellationToken);

    private static T[] Read<T>(JsonElement list) =>
        list.ValueKind == JsonValueKind.Array ? list.Deserialize<T[]>(JsonSerializerOptions.Web) ?? [] : [];

    private static TaskSummary Summary(Row row) => new()
    {
        Id = row.Id("id"),
        InstanceId = row.Id("instance_id"),
        ActivityId = row.Text("activity_id"),
        Kind = row.Text("kind"),
        Title = row.Text("title"),
        Role = row.TextOrNull("role"),
        Unit = row.TextOrNull("unit"),
        Assignee = row.TextOrNull("assignee"),
        Subject = row.TextOrNull("subject"),
        BusinessKey = row.TextOrNull("business_key"),
        Due = row.InstantOrNull("due_at"),
        Priority = row.Int("priority"),
        State = (TaskState)row.Int("state"),
        Outcome = row.TextOrNull("outcome"),
        CompletedBy = row.TextOrNull("completed_by"),
        CreatedAt = row.Instant("created_at"),
        ClaimedAt = row.InstantOrNull("claimed_at"),
        CompletedAt = row.InstantOrNull("completed_at")
    };
}
