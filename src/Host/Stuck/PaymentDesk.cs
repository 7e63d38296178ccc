using System.Text.Json;
using Relief.Flow.Activities.Adapters;
using Relief.Flow.Activities.Settlement;
using Relief.Flow.Host.Relief;
using Relief.Flow.Workflows;
using Relief.Flow.Workflows.Runtime;

namespace Relief.Flow.Host.Stuck;

/// <summary>Asks the finance system how a payment order stands: a GET with the order's key, which changes nothing there.</summary>
/// <remarks>
/// Answers <c>Paid</c> with the voucher, <c>InProgress</c>, <c>UnknownOrder</c>, <c>Refused</c> with the status, or <c>Unavailable</c> with the status; no answer at all is an answer too.
/// </remarks>
internal sealed class PaymentDesk(OutboundHttp http, ReliefRecords records, AdapterAddresses addresses)
{
    private const int Patience = 10;
    private const int LongestVoucher = 64;

    /// <summary>The way to ask; null when no address is set.</summary>
    public Func<string, Guid, CancellationToken, Task<string?>>? Asks => addresses.Of(Adapter.Payment)?.StatusOf is null ? null : Ask;

    /// <param name="reference">The finding: <c>payment:</c> and the batch.</param>
    /// <param name="key">The question's own key; the order's is in the address.</param>
    /// <returns>Null when the batch does not wait for its payment.</returns>
    private async Task<string?> Ask(string reference, Guid key, CancellationToken cancellationToken)
    {
        var batch = reference[(reference.IndexOf(':', StringComparison.Ordinal) + 1)..];
        await using var db = records.ReadingAll();
        if (await new SettlementQueries(db).Find(batch, cancellationToken) is not { Batch.Status: BatchStatus.Approved })
            return null;

        var address = addresses.Of(Adapter.Payment)!;
        var headers = string.IsNullOrEmpty(address.Token) ? null : new Dictionary<string, string> { ["Authorization"] = "Bearer " + address.Token };
        var call = new HttpCall("GET", $"{address.StatusOf}{(address.StatusOf!.Query.Length > 0 ? '&' : '?')}key={Uri.EscapeDataString("pay:" + batch)}", headers, Timeout: Patience);
        try
        {
            return Read(await http.SendTrusted(call, key, cancellationToken));
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or UriFormatException or InvalidOperationException
            || exception is OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return "Unavailable 0";
        }
    }

    private static string Read(HttpReply reply) => reply switch
    {
        { Status: 404 or 410 } => "UnknownOrder",
        { Status: 408 or 429 or >= 500 } => $"Unavailable {reply.Status}",
        { Status: < 200 or >= 300 } => $"Refused {reply.Status}",
        { Body.ValueKind: JsonValueKind.Object } when reply.Body.TryGetProperty("status", out var status) && status.ValueKind == JsonValueKind.String => Word(status.GetString()!, reply),
        _ => $"Unavailable {reply.Status}"
    };

    private static string Word(string status, HttpReply reply) => status.ToUpperInvariant() switch
    {
        "PAID" => $"Paid {Voucher(reply.Body)}",
        "INPROGRESS" or "PENDING" => "InProgress",
        "UNKNOWN" or "UNKNOWNORDER" => "UnknownOrder",
        _ => $"Unavailable {reply.Status}"
    };

    // It is shown to people and kept: nothing but letters and digits of a stranger's answer.
    private static string Voucher(JsonElement body) => body.TryGetProperty("voucher", out var voucher) && voucher.ValueKind == JsonValueKind.String
        ? new string([.. voucher.GetString()!.Where(letter => char.IsLetterOrDigit(letter) || letter is '-' or '_').Take(LongestVoucher)])
        : "";
}
