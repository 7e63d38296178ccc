using System.Globalization;
using System.Text.Json;

namespace Relief.Flow.Workflows.Storage;

/// <summary>Reads what an instance did. Rows are bursts; each holds its events in the order in which they happened.</summary>
public sealed class JournalQueries(ReadSide side)
{
    /// <summary>The events of the next bursts after <paramref name="after"/> (a burst number), oldest first.</summary>
    /// <param name="take">How many bursts, at most <see cref="Cursor.MaxTake"/>: a burst is never cut in two.</param>
    public async Task<Page<JournalLine>> List(Guid instanceId, string? after, int? take, CancellationToken cancellationToken)
    {
        var count = Cursor.Take(take);
        var from = long.TryParse(after, CultureInfo.InvariantCulture, out var seq) ? seq : -1;
        var bursts = await Select(instanceId, from).Then("order by seq limit {0}", count + 1).Read(Burst, cancellationToken);
        var more = bursts.Count > count;
        var shown = more ? bursts[..count] : bursts;
        return new Page<JournalLine>([.. shown.SelectMany(Unpack)], more ? shown[^1].Seq.ToString(CultureInfo.InvariantCulture) : null);
    }

    /// <summary>Every event of an instance, oldest first; at most the first 10,000 bursts.</summary>
    public async Task<IReadOnlyList<JournalLine>> All(Guid instanceId, CancellationToken cancellationToken)
    {
        var bursts = await Select(instanceId, -1).Then("order by seq limit {0}", InstanceSearch.Cap).Read(Burst, cancellationToken);
        return [.. bursts.SelectMany(Unpack)];
    }

    private Query Select(Guid instanceId, long after) =>
        new Query(side, "select seq, at, events from journal").Where("instance_id = {0}", instanceId).Where("seq > {0}", after);

    private static (long Seq, DateTimeOffset At, byte[] Events) Burst(Row row) => (row.Long("seq"), row.Instant("at"), row.Bytes("events"));

    private static IEnumerable<JournalLine> Unpack((long Seq, DateTimeOffset At, byte[] Events) burst)
    {
        using var document = JsonDocument.Parse(burst.Events);
        foreach (var line in document.RootElement.EnumerateArray())
        {
            yield return new JournalLine(
                burst.Seq,
                line.TryGetProperty("e", out var name) ? name.GetString() ?? "" : "",
                line.TryGetProperty("o", out var ordinal) && ordinal.ValueKind == JsonValueKind.Number ? ordinal.GetInt64() : null,
                line.TryGetProperty("a", out var activity) ? activity.GetString() : null,
                line.TryGetProperty("t", out var at) && at.TryGetDateTimeOffset(out var instant) ? instant : burst.At,
                line.TryGetProperty("d", out var data) ? data.Clone() : default);
        }
    }
}

/// <summary>Something that happened in an instance.</summary>
/// <param name="Seq">The burst that did it.</param>
/// <param name="Ordinal">The run of an activity that it concerns; null for the whole instance.</param>
public sealed record JournalLine(long Seq, string Event, long? Ordinal, string? ActivityId, DateTimeOffset At, JsonElement Data);
