using System.Text.Json;
using Npgsql;

namespace Relief.Flow.Workflows.Storage.Postgres;

/// <summary>Puts mail into mailboxes: events, direct mail, due timers, interrupts. Whoever mails a bookmark consumes it (rule 4).</summary>
internal sealed class PostgresStimuli(Database database)
{
    /// <summary>Publishes one event on a connection of the caller's, in its transaction if it has one.</summary>
    public static async Task<PublishReceipt> Publish(NpgsqlConnection connection, EventToPublish published, CancellationToken cancellationToken)
    {
        await using var round = new Round(connection).Add("publish", new()
        {
            ["name"] = Value.Of(published.Name),
            ["correlation"] = Value.Of(published.CorrelationId),
            ["payload"] = Value.Json(published.Payload),
            ["keep"] = Value.Of(published.KeepFor),
            ["dedup"] = Value.Of(published.DedupKey)
        });
        return (await round.One(2, row => new PublishReceipt(row.GetInt32(0), row.GetBoolean(1), row.GetInt32(2)), cancellationToken))!;
    }

    public Task<MailReceipt> Send(NewMail mail, CancellationToken cancellationToken) =>
        database.Repeat(connection => Send(connection, mail, cancellationToken), cancellationToken);

    /// <summary>Sends on a connection of the caller's, in its transaction if it has one.</summary>
    public static async Task<MailReceipt> Send(NpgsqlConnection connection, NewMail mail, CancellationToken cancellationToken)
    {
        await using var round = new Round(connection).Add("send", new()
        {
            ["instance"] = Value.Of(mail.InstanceId),
            ["kind"] = Value.Of((int)mail.Kind),
            ["bookmark"] = Value.Of(mail.BookmarkId),
            ["dedup"] = Value.Of(mail.DedupKey),
            ["payload"] = Value.Json(mail.Payload)
        });
        return await round.One(1, Receipt, cancellationToken);
    }

    private static MailReceipt Receipt(NpgsqlDataReader row) =>
        !row.GetBoolean(0) ? MailReceipt.NoInstance
        : row.GetBoolean(1) ? MailReceipt.Delivered
        : row.GetBoolean(2) ? MailReceipt.Repeated
        : MailReceipt.Late;

    /// <summary>Timers in one statement; schedules, when it says that any are due, in a transaction of their own.</summary>
    public async Task<int> FireTimers(int limit, CancellationToken cancellationToken)
    {
        var (fired, isTriggerDue) = await database.Repeat(
            async connection =>
            {
                await using var round = new Round(connection).Add("fire-timers", new() { ["limit"] = Value.Of(limit) });
                return await round.One(0, row => (row.GetInt32(0), row.GetBoolean(1)), cancellationToken);
            },
            cancellationToken);
        return fired + (isTriggerDue ? await PostgresTriggers.Fire(database, limit, cancellationToken) : 0);
    }

    public Task<TimeSpan?> NextTimer(TimeSpan within, CancellationToken cancellationToken) => database.Repeat(
        async connection =>
        {
            await using var round = new Round(connection).Add("next-timer", new() { ["within"] = Value.Of(within) });
            return await round.One<TimeSpan?>(0, row => row.GetTimeSpan(0), cancellationToken);
        },
        cancellationToken);

    public Task<int> Halt(NewHalt halt, CancellationToken cancellationToken) =>
        database.Repeat(connection => Halt(connection, halt, cancellationToken), cancellationToken);

    /// <summary>Halts on a connection of the caller's, in its transaction if it has one.</summary>
    public static async Task<int> Halt(NpgsqlConnection connection, NewHalt halt, CancellationToken cancellationToken)
    {
        await using var round = new Round(connection).Add("halt", new()
        {
            ["subject"] = Value.Of(halt.SubjectId),
            ["kind"] = Value.Of(halt.Kind),
            ["handler"] = Value.Of(halt.Handler),
            ["payload"] = Value.Json(halt.Payload)
        });
        return await round.One(2, row => row.GetInt32(0), cancellationToken);
    }

    public Task LiftHalt(string subjectId, CancellationToken cancellationToken) =>
        database.Run("lift-halt", new() { ["subject"] = Value.Of(subjectId) }, cancellationToken);

    /// <summary>In pages by id, each its own transaction: a burst that drops a timer meanwhile is not held up for long.</summary>
    public async Task<int> RecomputeDeadlines(Func<DueRule, DateTimeOffset> compute, CancellationToken cancellationToken)
    {
        var moved = 0;
        var last = Guid.Empty;
        while (true)
        {
            var page = await Page(last, cancellationToken);
            if (page.Count == 0)
            {
                return moved;
            }

            last = page[^1].Id;
            var late = page.Select(row => (row.Id, row.Due, New: Rounded(compute(row.Rule)))).Where(row => row.New != row.Due).ToList();
            if (late.Count > 0)
            {
                var of = new Columns<(Guid Id, DateTimeOffset Due, DateTimeOffset New)>(late);
                moved += await database.Ask(
                    "deadlines-move",
                    new() { ["ids"] = of.Uuid(row => row.Id), ["olds"] = of.Time(row => row.Due), ["dues"] = of.Time(row => row.New) },
                    async reader => await reader.ReadAsync(cancellationToken) ? reader.GetInt32(0) : 0,
                    cancellationToken);
            }
        }
    }

    /// <summary>As the database keeps it: a due instant below a microsecond must not count as moved every time.</summary>
    private static DateTimeOffset Rounded(DateTimeOffset due) => new(due.UtcTicks / 10 * 10, TimeSpan.Zero);

    private Task<List<(Guid Id, DateTimeOffset Due, DueRule Rule)>> Page(Guid after, CancellationToken cancellationToken) => database.Ask(
        "deadlines-read",
        new() { ["after"] = Value.Of(after) },
        async reader =>
        {
            var page = new List<(Guid, DateTimeOffset, DueRule)>();
            while (await reader.ReadAsync(cancellationToken))
            {
                page.Add((reader.GetGuid(0), reader.Time(1), reader.Json(2).Deserialize<DueRule>(JsonSerializerOptions.Web)!));
            }

            return page;
        },
        cancellationToken);
}
