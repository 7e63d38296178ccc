using System.Collections.Immutable;
using System.Runtime.ExceptionServices;
using Npgsql;

namespace Relief.Flow.Workflows.Storage.Postgres;

/// <summary>Publishes events, those that come at the same time in one transaction: otherwise each costs a sync of its own.</summary>
internal sealed class PostgresPublish
{
    private readonly Database database;
    private readonly Coalescer<EventToPublish, Answer> group;

    public PostgresPublish(Database database)
    {
        this.database = database;
        group = new Coalescer<EventToPublish, Answer>(Send, _ => null);
    }

    public async Task<PublishReceipt> Publish(EventToPublish published, CancellationToken cancellationToken)
    {
        var answer = await group.Add(published).WaitAsync(cancellationToken);
        answer.Refused?.Throw();
        return answer.Receipt!;
    }

    private async Task<ImmutableArray<Answer>> Send(IReadOnlyList<EventToPublish> events, CancellationToken cancellationToken)
    {
        try
        {
            return await Together(events, cancellationToken);
        }
        catch (PostgresException) when (events.Count > 1)
        {
            // Rolled back as a whole. One bad event must not hold up the others (rule 7).
            var answers = ImmutableArray.CreateBuilder<Answer>(events.Count);
            foreach (var published in events)
            {
                answers.Add(await Alone(published, cancellationToken));
            }

            return answers.MoveToImmutable();
        }
    }

    private async Task<Answer> Alone(EventToPublish published, CancellationToken cancellationToken)
    {
        try
        {
            return (await Together([published], cancellationToken))[0];
        }
        catch (PostgresException refused)
        {
            return new Answer(null, ExceptionDispatchInfo.Capture(refused));
        }
    }

    private Task<ImmutableArray<Answer>> Together(IReadOnlyList<EventToPublish> events, CancellationToken cancellationToken) => database.Ask(
        "publish-group",
        Parameters(events),
        async reader =>
        {
            var answers = new Answer[events.Count];
            while (await reader.ReadAsync(cancellationToken))
            {
                answers[reader.GetInt32(0) - 1] = new Answer(new PublishReceipt(reader.GetInt32(1), reader.GetBoolean(2), reader.GetInt32(3)), null);
            }

            return ImmutableArray.Create(answers);
        },
        cancellationToken);

    private static Dictionary<string, Value> Parameters(IReadOnlyList<EventToPublish> events)
    {
        var of = new Columns<EventToPublish>(events);
        return new()
        {
            ["names"] = of.Text(published => published.Name),
            ["correlations"] = of.Text(published => published.CorrelationId),
            ["payloads"] = of.Json(published => Value.Raw(published.Payload)),
            ["keeps"] = of.Span(published => published.KeepFor),
            ["dedups"] = of.Text(published => published.DedupKey)
        };
    }

    private sealed record Answer(PublishReceipt? Receipt, ExceptionDispatchInfo? Refused);
}
