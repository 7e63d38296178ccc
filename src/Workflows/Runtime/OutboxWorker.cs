using System.Text.Json;
using Microsoft.Extensions.Logging;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Workflows.Runtime;

/// <summary>Sends what was committed for the world outside, under the key of its row, until it is delivered or given up.</summary>
/// <remarks>
/// A crash after a send and before its mark repeats the send with the same key; an at-most-once row is never sent again but becomes "outcome unknown".
/// A call that takes its time keeps its own place and nobody else's: what is to leave after it, a ring above all, does not wait for it.
/// </remarks>
public sealed class OutboxWorker(IFlowStore store, OutboxCalls calls, RuntimeOptions options, ILogger<OutboxWorker> log)
{
    private const int AtOnce = 32;
    private const int MostCalls = 128;
    private const int MostOpen = 1_024;
    private const int LookEvery = 16;
    private static readonly TimeSpan Quick = TimeSpan.FromMilliseconds(50);

    private readonly Coalescer<OutboxResult, bool> _settled = new(
        async (results, cancellationToken) =>
        {
            await store.SettleOutbox(results, cancellationToken);
            return [.. results.Select(_ => true)];
        },
        result => result.Id);

    // Calls without an answer yet, and those whose answer is not written down yet; only the node's one loop touches them.
    private readonly List<Task> _calls = [];
    private readonly List<Task> _open = [];
    private int _fullTurns;

    public async Task<int> RunOnce(CancellationToken cancellationToken)
    {
        // While more waits than one turn takes, senders who fell silent are looked for now and then.
        var expired = _fullTurns % LookEvery == 0 ? await store.ExpireOutbox(cancellationToken) : 0;
        if (_calls.Count >= MostCalls)
        {
            await Task.WhenAny(_calls);
        }

        if (_open.Count >= MostOpen)
        {
            await Task.WhenAny(_open);
        }

        _calls.RemoveAll(call => call.IsCompleted);
        var most = Math.Min(AtOnce, MostCalls - _calls.Count);
        var items = await store.ClaimOutbox(most, options.SendLease, cancellationToken);
        List<Task> sent = new(items.Length);
        foreach (var item in items)
        {
            var call = calls.Make(item, cancellationToken);
            _calls.Add(call);
            sent.Add(Settle(item, call, cancellationToken));
        }

        _open.AddRange(sent);
        _fullTurns = items.Length == most ? _fullTurns + 1 : 0;
        if (_fullTurns == 0)
        {
            await Task.WhenAny(Task.WhenAll(sent), Task.Delay(Quick, cancellationToken));
        }

        Task[] ended = [.. _open.Where(call => call.IsCompleted)];
        _open.RemoveAll(ended.Contains);
        await Task.WhenAll(ended);
        return items.Length + expired;
    }

    private async Task Settle(OutboxItem item, Task<HttpReply> call, CancellationToken cancellationToken)
    {
        var reply = await call;
        var failed = reply.Error is not null || reply.Status is 408 or 429 or >= 500;
        var retryAt = failed && item.Message.Class != EffectClass.AtMostOnce && item.Attempts <= options.OutboxBackOff.Length
            ? item.Now + options.OutboxBackOff[Math.Max(0, item.Attempts - 1)]
            : (DateTimeOffset?)null;
        Telemetry.Messages.Add(1, new KeyValuePair<string, object?>("result", failed ? "failed" : "delivered"));
        if (failed)
        {
            Log.MessageFailed(log, item.Id, item.Message.Target, item.Attempts, reply.Error ?? $"status {reply.Status}");
        }

        var unknown = failed && item.Message.Class == EffectClass.AtMostOnce;
        var answer = item.ReplyTo is null ? default : FlowJson.Of(reply with { OutcomeUnknown = unknown });
        var result = new OutboxResult(item.Id, !failed, answer, retryAt, failed ? reply.Error ?? $"status {reply.Status}" : null);
        // An answer waits for the burst that its instance may be running, and so would all that are settled with it.
        await (item.ReplyTo is null ? _settled.Add(result) : store.SettleOutbox([result], cancellationToken));
    }
}
