using System.Collections.Immutable;
using System.Text.Json;
using Npgsql;

namespace Relief.Flow.Workflows.Storage.Postgres;

/// <summary>Hands out rows that leave the house, and records what became of them (rule 13).</summary>
internal sealed class PostgresOutbox(Database database)
{
    /// <summary>The answer when nobody knows whether an at-most-once call happened.</summary>
    private static readonly Value Unknown = Value.Json(JsonSerializer.Serialize(
        new HttpReply(0, JsonSerializer.SerializeToElement<object?>(null), Error: "The call was begun and never answered for.", OutcomeUnknown: true),
        JsonSerializerOptions.Web));

    public Task<ImmutableArray<OutboxItem>> Claim(int limit, TimeSpan lease, CancellationToken cancellationToken) => database.Ask(
        "claim-outbox",
        new() { ["limit"] = Value.Of(limit), ["lease"] = Value.Of(lease) },
        async reader =>
        {
            var items = ImmutableArray.CreateBuilder<OutboxItem>();
            while (await reader.ReadAsync(cancellationToken))
            {
                items.Add(Item(reader));
            }

            return items.ToImmutable();
        },
        cancellationToken);

    public Task Settle(IReadOnlyList<OutboxResult> results, CancellationToken cancellationToken)
    {
        var of = new Columns<OutboxResult>(results);
        return database.Run(
            "settle-outbox",
            new()
            {
                ["ids"] = of.Uuid(result => result.Id),
                ["delivered"] = of.Bool(result => result.Delivered),
                ["retry_ats"] = of.Time(result => result.RetryAt),
                ["errors"] = of.Text(result => result.Error),
                ["replies"] = of.Json(result => Value.Raw(result.Reply)),
                ["unknown"] = Unknown
            },
            cancellationToken);
    }

    public Task<int> Expire(CancellationToken cancellationToken) => database.Repeat(
        async connection =>
        {
            await using var round = new Round(connection).Add("expire-outbox", new() { ["unknown"] = Unknown });
            return await round.One(1, row => row.GetInt32(0), cancellationToken);
        },
        cancellationToken);

    private static OutboxItem Item(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.GetGuid(2), row.GetString(3),
        new Message((MessageKind)row.GetInt16(4), row.GetString(6), row.Json(7)) { Class = (EffectClass)row.GetInt16(5), PassesHalt = row.GetBoolean(9) },
        row.Uuid(8), row.GetInt32(10), row.Time(11), row.Time(13));
}
