using System.Globalization;

namespace Relief.Flow.Workflows.Storage;

/// <summary>Reads what left or is to leave the house, without the payloads, which may name people.</summary>
public sealed class OutboxQueries(ReadSide side)
{
    private const string Columns =
        """
        select number, id, instance_id, activity_id, kind, class, target, state, attempts, next_at, last_error, created_at, settled_at
        from outbox
        """;

    /// <summary>What has not left for so long is slow (K13).</summary>
    public static readonly TimeSpan Slow = TimeSpan.FromMinutes(15);

    /// <summary>Newest first; at most <see cref="Cursor.MaxTake"/> rows.</summary>
    public async Task<Page<OutboxLine>> List(OutboxFilter filter, string? after, int? take, CancellationToken cancellationToken)
    {
        var count = Cursor.Take(take);
        long? from = long.TryParse(after, CultureInfo.InvariantCulture, out var number) ? number : null;
        var query = new Query(side, Columns)
            .Where("instance_id = {0}", filter.InstanceId)
            .Where("target = {0}", filter.Target)
            .Where("number < {0}", from)
            .In("state", [.. filter.States.Select(name => Enum.TryParse<OutboxState>(name, ignoreCase: true, out var state) ? (int)state : -1)]);
        var rows = await query.Then("order by number desc limit {0}", count + 1).Read(Line, cancellationToken);
        if (rows.Count <= count)
            return new Page<OutboxLine>(rows, null);

        rows.RemoveRange(count, rows.Count - count);
        return new Page<OutboxLine>(rows, rows[^1].Number.ToString(CultureInfo.InvariantCulture));
    }

    private static OutboxLine Line(Row row) => new()
    {
        Number = row.Long("number"),
        Id = row.Id("id"),
        InstanceId = row.Id("instance_id"),
        ActivityId = row.Text("activity_id"),
        Kind = (MessageKind)row.Int("kind"),
        Class = (EffectClass)row.Int("class"),
        Target = row.Text("target"),
        State = (OutboxState)row.Int("state"),
        Attempts = row.Int("attempts"),
        NextAt = row.Instant("next_at"),
        LastError = row.TextOrNull("last_error"),
        CreatedAt = row.Instant("created_at"),
        SettledAt = row.InstantOrNull("settled_at")
    };
}

/// <summary>Which outbox rows a list shows.</summary>
public sealed record OutboxFilter
{
    public Guid? InstanceId { get; init; }

    public string? Target { get; init; }

    public IReadOnlyList<string> States { get; init; } = [];
}

/// <summary>What became of a row of the outbox; the numbers are stored.</summary>
public enum OutboxState
{
    Pending = 0,

    /// <summary>An at-most-once row that is being sent, or whose outcome is unknown.</summary>
    Started = 1,

    Delivered = 2,

    /// <summary>Given up after its attempts.</summary>
    Dead = 3,

    /// <summary>Stopped by an interrupt of the person.</summary>
    Halted = 4
}

/// <summary>One row of the outbox.</summary>
public sealed record OutboxLine
{
    /// <summary>The order in which rows were decided.</summary>
    public required long Number { get; init; }

    /// <summary>The receiver's idempotency key.</summary>
    public required Guid Id { get; init; }

    public required Guid InstanceId { get; init; }

    public required string ActivityId { get; init; }

    public required MessageKind Kind { get; init; }

    public required EffectClass Class { get; init; }

    public required string Target { get; init; }

    public required OutboxState State { get; init; }

    public required int Attempts { get; init; }

    public required DateTimeOffset NextAt { get; init; }

    public string? LastError { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? SettledAt { get; init; }
}
