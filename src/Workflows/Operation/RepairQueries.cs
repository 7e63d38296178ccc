using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Workflows.Operation;

/// <summary>Reads what operators did and want to do.</summary>
public sealed class RepairQueries(ReadSide side)
{
    private const string Columns = "select id, instance_id, action, target, arguments, reason, asked_by, asked_at, state, decided_by, decided_at, note from repair";

    /// <summary>Those of one instance, the newest first; at most <see cref="Cursor.MaxTake"/>.</summary>
    public Task<List<RepairLine>> Of(Guid instanceId, CancellationToken cancellationToken) =>
        new Query(side, Columns).Where("instance_id = {0}", instanceId).Then("order by asked_at desc, id limit {0}", Cursor.MaxTake).Read(Line, cancellationToken);

    /// <summary>Those that wait for a second person, the oldest first; at most <see cref="Cursor.MaxTake"/>.</summary>
    public Task<List<RepairLine>> Asked(CancellationToken cancellationToken) =>
        new Query(side, Columns).Where("state = 1").Then("order by asked_at, id limit {0}", Cursor.MaxTake).Read(Line, cancellationToken);

    public async Task<RepairLine?> Find(Guid id, CancellationToken cancellationToken) =>
        (await new Query(side, Columns).Where("id = {0}", id).Read(Line, cancellationToken)).FirstOrDefault();

    /// <summary>Those that were begun and not carried out: the process died in between.</summary>
    internal Task<List<RepairLine>> Begun(DateTimeOffset before, CancellationToken cancellationToken) =>
        new Query(side, Columns).Where("state = 0").Where("asked_at < {0}", before).Then("order by asked_at, id limit {0}", Cursor.MaxTake).Read(Line, cancellationToken);

    /// <summary>Items of running batches whose turn it is, the oldest batch first.</summary>
    internal Task<List<RepairLine>> Queued(int limit, CancellationToken cancellationToken) =>
        new Query(side, Columns).Where("state = 5").Where("batch_id in (select b.id from repair_batch b where b.state = 2)").Then("order by batch_id, id limit {0}", limit).Read(Line, cancellationToken);

    /// <summary>The newest batches with how far they have come; at most <see cref="Cursor.MaxTake"/>.</summary>
    public Task<List<RepairBatch>> Batches(Guid? id, CancellationToken cancellationToken) =>
        new Query(side,
            """
            select b.id, b.action, b.filter, b.reason, b.asked_by, b.asked_at, b.total, b.state, b.decided_by,
                   (select count(*) from repair r where r.batch_id = b.id and r.state = 2) as done,
                   (select count(*) from repair r where r.batch_id = b.id and r.state = 4) as missed,
                   (select count(*) from repair r where r.batch_id = b.id and r.state in (0, 5)) as waiting
            from repair_batch b
            """)
            .Where("b.id = {0}", id).Then("order by b.asked_at desc, b.id limit {0}", Cursor.MaxTake)
            .Read(row => new RepairBatch
            {
                Id = row.Id("id"),
                Action = Enum.Parse<RepairAction>(row.Text("action")),
                Filter = row.Text("filter"),
                Reason = row.Text("reason"),
                AskedBy = row.Text("asked_by"),
                AskedAt = row.Instant("asked_at"),
                Total = row.Int("total"),
                State = (BatchState)row.Int("state"),
                DecidedBy = row.TextOrNull("decided_by"),
                Done = row.Int("done"),
                Missed = row.Int("missed"),
                Waiting = row.Int("waiting")
            }, cancellationToken);

    /// <summary>The items of a batch in the order of their ids; at most <see cref="Cursor.MaxTake"/>.</summary>
    /// <param name="after">The last id of the page before; null for the first.</param>
    public Task<List<RepairLine>> Items(Guid batchId, Guid? after, CancellationToken cancellationToken) =>
        new Query(side, Columns).Where("batch_id = {0}", batchId).Where("id > {0}", after).Then("order by id limit {0}", Cursor.MaxTake).Read(Line, cancellationToken);

    private static RepairLine Line(Row row)
    {
        var arguments = RepairArguments.Read(row.TextOrNull("arguments"));
        return new RepairLine
        {
            Id = row.Id("id"),
            InstanceId = row.IdOrNull("instance_id"),
            Action = Enum.Parse<RepairAction>(row.Text("action")),
            Target = row.TextOrNull("target"),
            To = arguments.To,
            Values = arguments.Values,
            Reason = row.Text("reason"),
            AskedBy = row.Text("asked_by"),
            AskedAt = row.Instant("asked_at"),
            State = (RepairState)row.Int("state"),
            DecidedBy = row.TextOrNull("decided_by"),
            DecidedAt = row.InstantOrNull("decided_at"),
            Note = row.TextOrNull("note")
        };
    }
}
