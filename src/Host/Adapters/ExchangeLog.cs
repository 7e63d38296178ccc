using System.Text.Json;
using Relief.Flow.Activities;
using Relief.Flow.Activities.Adapters;
using Relief.Flow.Host.Relief;
using Relief.Flow.Workflows;
using Relief.Flow.Workflows.Runtime;

namespace Relief.Flow.Host.Adapters;

/// <summary>The log of exchanges as the host uses it: what was withheld since it was decided stays here (E20), and what was decided by a request is carried to its end.</summary>
internal static class ExchangeLog
{
    /// <summary>Begins the procedure that carries an exchange to its end; once, however often it is asked.</summary>
    public static Task<StartResult> Begin(this ReliefRecords records, string exchangeId, string by, CancellationToken cancellationToken) =>
        records.Flows.Start(StartInstance.Of(ExchangeBook.StartOf(exchangeId), by), cancellationToken);

    /// <summary>Whether the exchange that a body names may still leave: neither withheld since, nor its agreement ended or its consent gone; what names none may.</summary>
    public static Func<JsonElement, DateTimeOffset, CancellationToken, Task<bool>> MayLeave(ReliefDatabase database) => async (body, now, cancellationToken) =>
    {
        if (body.ValueKind != JsonValueKind.Object || !body.TryGetProperty("requestId", out var id) || id.GetString() is not { } exchange)
            return true;
        await using var db = database.Reading();
        return await new ExchangeBook(db).Find(exchange, cancellationToken) is not { } found
            || (found.Status != ExchangeStatus.Withheld && await new SharingBook(db).Forbids(found, now, cancellationToken) is null);
    };
}
