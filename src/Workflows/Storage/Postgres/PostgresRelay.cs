using System.Text.Json;
using Npgsql;

namespace Relief.Flow.Workflows.Storage.Postgres;

/// <summary>Carries out rows that stay inside the house: events, starts of other instances, mail. Row and result are one transaction.</summary>
internal sealed class PostgresRelay(Database database, PostgresDefinitions definitions)
{
    private const int MostAttempts = 5;

    private enum Carried
    {
        None,
        Done,
        Left
    }

    private sealed record Row(Guid Id, Guid InstanceId, MessageKind Kind, string Payload, bool PassesHalt, int Attempts)
    {
        public T Read<T>() where T : class =>
            JsonSerializer.Deserialize<T>(Payload, JsonSerializerOptions.Web) ?? throw new JsonException($"The payload of outbox row {Id} is null.");
    }

    /// <returns>How many were carried out; one that cannot be is left for later or for the operator and does not stop the others.</returns>
    public async Task<int> Relay(int limit, CancellationToken cancellationToken)
    {
        var done = 0;
        for (var turn = 0; turn < limit; turn++)
        {
            var carried = await One(cancellationToken);
            if (carried == Carried.None)
            {
                break;
            }

            done += carried == Carried.Done ? 1 : 0;
        }

        return done;
    }

    private async Task<Carried> One(CancellationToken cancellationToken)
    {
        Row? row = null;
        try
        {
            return await database.InTransaction(
                async connection =>
                {
                    await using var next = new Round(connection).Add("relay-next", []);
                    row = await next.One(0, Read, cancellationToken);
                    return row is null ? Carried.None : await Carry(connection, row, cancellationToken);
                },
                cancellationToken);
        }
        catch (Exception failure) when (row is not null && (IsUnreadable(failure) || PostgresCommit.IsData(failure)))
        {
            var (state, later) = row.Attempts + 1 >= MostAttempts ? (3, TimeSpan.Zero) : (0, TimeSpan.FromSeconds(1 << row.Attempts));
            await database.Run("relay-leave", Left(row, state, failure.Message, later), cancellationToken);
            return Carried.Left;
        }
    }

    private async Task<Carried> Carry(NpgsqlConnection connection, Row row, CancellationToken cancellationToken)
    {
        var left = row.Kind switch
        {
            MessageKind.Event => await Publish(connection, row, cancellationToken),
            MessageKind.Start => await Start(connection, row, cancellationToken),
            _ => await Mail(connection, row, cancellationToken)
        };
        await using var round = left is null
            ? new Round(connection).Add("relay-done", new() { ["id"] = Value.Of(row.Id) })
            : new Round(connection).Add("relay-leave", left);
        await round.Run(cancellationToken);
        return left is null ? Carried.Done : Carried.Left;
    }

    private static async Task<Dictionary<string, Value>?> Publish(NpgsqlConnection connection, Row row, CancellationToken cancellationToken)
    {
        var published = row.Read<EventPublished>();
        await PostgresStimuli.Publish(
            connection, new EventToPublish(published.Name, published.CorrelationId, published.Payload, EventToPublish.Week), cancellationToken);
        return null;
    }

    private static async Task<Dictionary<string, Value>?> Mail(NpgsqlConnection connection, Row row, CancellationToken cancellationToken)
    {
        var mail = row.Read<NewMail>();
        if (mail.Kind == MailKind.Halt)
        {
            await PostgresStimuli.Halt(connection, NewHalt.From(mail), cancellationToken);
            return null;
        }

        await PostgresStimuli.Send(connection, mail with { DedupKey = row.Id.ToString() }, cancellationToken);
        return null;
    }

    private async Task<Dictionary<string, Value>?> Start(NpgsqlConnection connection, Row row, CancellationToken cancellationToken)
    {
        var child = row.Read<ChildStart>();
        if (await definitions.Find(child.DefinitionId, TriggeredStarts.VersionOf(child), cancellationToken) is not { } definition)
        {
            return await NoChild(connection, row, child, $"The definition {child.DefinitionId} has no published version.", cancellationToken);
        }

        var instance = TriggeredStarts.Of(child, definition, row.InstanceId);
        var receipts = await PostgresStart.Start(connection, [new PostgresStart.Candidate(instance, row.PassesHalt)], cancellationToken);
        return receipts[0] switch
        {
            // The child's person is halted, the parent's is not: it waits until the halt is lifted.
            { Outcome: StartOutcome.Halted } => Left(row, 4, "halted", TimeSpan.Zero),
            { Outcome: StartOutcome.NotActivated } excluded when child.Trigger is not null => Left(row, 2, TriggeredStarts.Excluded(child, excluded.InstanceId), TimeSpan.Zero),
            { Outcome: StartOutcome.NotActivated } excluded => await NoChild(connection, row, child, TriggeredStarts.Excluded(child, excluded.InstanceId), cancellationToken),
            _ => null
        };
    }

    /// <summary>Nothing can be started: whoever waits for the child hears that it failed, and the row stays as a dead letter.</summary>
    private static async Task<Dictionary<string, Value>> NoChild(
        NpgsqlConnection connection, Row row, ChildStart child, string why, CancellationToken cancellationToken)
    {
        if (TriggeredStarts.NoChild(child, why) is { } mail)
        {
            await PostgresStimuli.Send(connection, mail with { DedupKey = row.Id.ToString() }, cancellationToken);
        }

        return Left(row, 3, why, TimeSpan.Zero);
    }

    private static Dictionary<string, Value> Left(Row row, int state, string error, TimeSpan later) => new()
    {
        ["id"] = Value.Of(row.Id), ["state"] = Value.Of(state), ["error"] = Value.Of(error), ["later"] = Value.Of(later)
    };

    // What a payload of another shape ends in. A connection that broke is no fault of the row.
    private static bool IsUnreadable(Exception failure) =>
        failure is JsonException or NotSupportedException or ArgumentException or FormatException || failure is InvalidOperationException and not ObjectDisposedException;

    private static Row Read(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.GetGuid(1), (MessageKind)row.GetInt16(2), row.GetString(3), row.GetBoolean(4), row.GetInt32(5));
}
