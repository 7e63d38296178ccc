using Microsoft.Extensions.Logging;
using Relief.Flow.Workflows.Definitions;
using Relief.Flow.Workflows.Kernel;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Workflows.Runtime;

/// <summary>Writes starts. On a node with room the first burst runs before its start is written, and both are one transaction.</summary>
/// <remarks>
/// What a burst decides reaches nobody before it is committed (I4), so a start that is not written leaves nothing behind. A first burst that
/// cannot be run or stored is left out: the worker then meets the same trouble under a claim and makes it an incident.
/// </remarks>
public sealed class InstanceStarts
{
    private readonly IFlowStore _store;
    private readonly InstanceWorker _worker;
    private readonly Burst _burst;
    private readonly RuntimeOptions _options;
    private readonly ILogger<InstanceStarts> _log;
    private readonly Coalescer<NewInstance, StartReceipt> _starts;

    public InstanceStarts(IFlowStore store, InstanceWorker worker, Burst burst, RuntimeOptions options, ILogger<InstanceStarts> log)
    {
        _store = store;
        _worker = worker;
        _burst = burst;
        _options = options;
        _log = log;
        // Equal idempotency keys and equal ids never share a group (rule 11), nor do starts that exclude each other: one statement does not see its own rows.
        _starts = new Coalescer<NewInstance, StartReceipt>(
            store.Start, start => start.ActivationKey is { } activation ? activation : start.Key is { } key ? (key.Scope, key.Key) : start.Id);
    }

    /// <summary>Starts an instance at most once per key and id; it is durable when this returns.</summary>
    /// <param name="isNew">False when the id was decided by the caller, who may have used it before.</param>
    public async Task<StartReceipt> Write(NewInstance start, Definition definition, bool isNew, CancellationToken cancellationToken)
    {
        if (!_options.Works || !_worker.HasRoom)
        {
            return await _starts.Add(start);
        }

        var claimed = start with { ClaimFor = _options.NodeId };
        var first = isNew ? await FirstBurst(await FirstClaim(claimed, cancellationToken), definition, null, cancellationToken) : null;
        var receipt = await _starts.Add(claimed with { First = first });
        if (receipt.First is { } written)
        {
            _worker.Note(first!, written);
        }

        return receipt;
    }

    /// <summary>Starts an instance in the transaction of records; null when the records say that there is nothing to start.</summary>
    /// <param name="first">The definition whose first burst runs in that transaction too; null leaves it to the claim.</param>
    public async Task<StartReceipt?> WriteWithRecords(
        NewInstance start, Func<UnitOfWork, CancellationToken, Task<bool>> records, Definition? first, CancellationToken cancellationToken)
    {
        var isHere = _options.Works && _worker.HasRoom;
        var claimed = isHere ? start with { ClaimFor = _options.NodeId } : start;
        if (!isHere || first is null)
        {
            return await _store.StartWithRecords(claimed, records, null, cancellationToken);
        }

        // The time is asked for before, because a transaction that asks for a second session may wait for one for ever.
        var claim = await FirstClaim(claimed, cancellationToken);
        BurstCommit? decided = null;
        var receipt = await _store.StartWithRecords(claimed, records, async (unit, token) => decided = await FirstBurst(claim, first, unit, token), cancellationToken);
        if (receipt?.First is { } written)
        {
            _worker.Note(decided!, written);
        }

        return receipt;
    }

    private async Task<Claim> FirstClaim(NewInstance start, CancellationToken cancellationToken) => start.FirstClaim(token: 0, mail: 0, await _burst.Now(cancellationToken));

    /// <param name="unit">The transaction of the records that it begins with; null when it has none, and then runs until it waits.</param>
    private async Task<BurstCommit?> FirstBurst(Claim claim, Definition definition, UnitOfWork? unit, CancellationToken cancellationToken)
    {
        try
        {
            var open = new OpenBurst(claim, definition, Stimuli.NewInstance(claim, definition));
            if (unit is null)
            {
                await _burst.Run(open, _options.FirstBurstTime, cancellationToken);
            }
            else if (!await _burst.RunWithRecords(open, unit, cancellationToken))
            {
                return null;
            }

            return open.ToCommit();
        }
        catch (Exception exception) when (exception is not OperationCanceledException && (unit is null || !ActivityRunner.IsTransient(exception)))
        {
            Log.FirstBurstFailed(_log, exception, claim.InstanceId);
            return null;
        }
    }
}
