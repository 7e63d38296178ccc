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
    public static Task<StartResult> Begin(this ReliefRecords records, Exchange exchange, string by, CancellationToken cancellationToken)
    {
        var chain = ExchangeBook.Chain(exchange.Id);
        return records.Flows.Start(new StartInstance(ExchangeBook.Procedure, FlowJson.Of(new { exchangeId = exchange.Id }), by) { InstanceId = InstanceIds.Of(chain), CorrelationId = chain, BusinessKey = chain }, cancellationToken);
    }

    /// <summary>Whether the exchange that a body names may still leave; what names none may.</summary>
    public static Func<JsonElement, CancellationToken, Task<bool>> MayLeave(ReliefDatabase database) => async (body, cancellationToken) =>
    {
        if (body.ValueKind != JsonValueKind.Object || !body.TryGetProperty("requestId", out var id) || id.GetString() is not { } exchange)
            return true;
        await using var db = database.Reading();
        return await new ExchangeBook(db).Find(exchange, cancellationToken) is not { Status: ExchangeStatus.Withheld };
    };
}
