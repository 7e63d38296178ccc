using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Relief.Flow.Workflows.Kernel;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Workflows.Runtime;

/// <summary>One working node: runs its duties from start to stop. Nothing is loaded at start; whatever is on disk is found by asking for it.</summary>
public sealed class FlowNode : BackgroundService
{
    private readonly IFlowStore _store;
    private readonly InstanceWorker _worker;
    private readonly RuntimeOptions _options;
    private readonly ILogger<FlowNode> _log;
    private readonly CancellationTokenSource _stopping = new();
    private readonly PollingLoop _work;
    private readonly PollingLoop _timers;
    private readonly PollingLoop _relay;
    private readonly PollingLoop _outbox;
    private readonly PollingLoop[] _upkeep;

    public FlowNode(IFlowStore store, InstanceWorker worker, OutboxWorker outbox, RuntimeOptions options, ILogger<FlowNode> log)
    {
        _store = store;
        _worker = worker;
        _options = options;
        _log = log;
        var time = TimeProvider.System;
        _work = new PollingLoop("claiming work", worker.RunOnce, options.LongestPause, log, time);
        _timers = new PollingLoop("firing timers", FireTimers, options.TimerPause, log, time);
        _relay = new PollingLoop("relaying inside", Relay, options.LongestPause * 2, log, time);
        _outbox = new PollingLoop("sending", outbox.RunOnce, options.LongestPause * 2, log, time);
        _upkeep =
        [
            new PollingLoop("renewing leases", worker.Renew, options.Lease / 3, log, time),
            new PollingLoop("beating", cancellation => Beat(isFirst: false, cancellation), TimeSpan.FromSeconds(5), log, time),
            new PollingLoop("sweeping", store.Sweep, TimeSpan.FromMinutes(5), log, time)
        ];
        worker.Committed = Follow;
    }

    /// <summary>Cancelled when the node stops: bursts in progress are dropped and run again elsewhere.</summary>
    public CancellationToken Stopping => _stopping.Token;

    /// <summary>Anything may be due, because time or a halt moved: look everywhere now.</summary>
    public void Nudge()
    {
        _work.Nudge();
        _relay.Nudge();
        _outbox.Nudge();
        _timers.Nudge();
    }

    /// <summary>There is something to carry inside the house.</summary>
    public void NudgeRelay() => _relay.Nudge();

    /// <summary>Says that this node is here, before anybody can start something on it; then goes to work.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        if (_options.Works)
        {
            await Beat(isFirst: true, cancellationToken);
        }

        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!_options.Works)
        {
            return;
        }

        Log.NodeStarted(_log, _options.NodeId, _store.Kind);
        PollingLoop[] loops = [_work, _timers, _relay, _outbox, .. _upkeep];
        await Task.WhenAll([.. loops.Select(loop => loop.Run(stoppingToken)), Listen(stoppingToken)]);
        await _worker.WhenIdle();
        await _stopping.CancelAsync();
    }

    private async Task<int> FireTimers(CancellationToken cancellationToken)
    {
        var fired = await _store.FireTimers(500, cancellationToken);
        if (fired > 0)
        {
            Telemetry.TimersFired.Add(fired);
            _work.Nudge();
            _relay.Nudge();
        }
        else if (await _store.NextTimer(_options.TimerPause, cancellationToken) is { } wait)
        {
            _ = NudgeTimers(wait, cancellationToken);
        }

        return fired;
    }

    // A timer fires at its moment, not at the next look. A millisecond more, so that the look is never just before it.
    private async Task NudgeTimers(TimeSpan after, CancellationToken cancellationToken)
    {
        await Task.Delay(after + TimeSpan.FromMilliseconds(1), cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _timers.Nudge();
    }

    private async Task<int> Relay(CancellationToken cancellationToken)
    {
        var relayed = await _store.Relay(64, cancellationToken);
        if (relayed > 0)
        {
            _work.Nudge();
        }

        return relayed;
    }

    private async Task<int> Beat(bool isFirst, CancellationToken cancellationToken)
    {
        await _store.Beat(new NodeBeat(_options.NodeId, typeof(FlowNode).Assembly.GetName().Version?.ToString() ?? "0", isFirst), cancellationToken);
        return 0;
    }

    // Work that another node made.
    private async Task Listen(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await _store.WaitForWork(TimeSpan.FromMinutes(1), cancellationToken);
                _work.Nudge();
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception exception)
            {
                Log.DutyFailed(_log, exception, "listening", _options.LongestPause);
                await Task.Delay(_options.LongestPause, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    // What a commit of this node made ready is looked for at once; anything else is found by the loops' own looks.
    private void Follow(BurstCommit commit, CommitReceipt receipt)
    {
        if (commit.Outbox.Any(row => row.Message.LeavesTheHouse))
        {
            _outbox.Nudge();
        }

        if (commit.Outbox.Any(row => !row.Message.LeavesTheHouse))
        {
            _relay.Nudge();
        }

        if (commit.Bookmarks.Any(bookmark => bookmark.Bookmark.Due <= commit.At + _options.TimerPause))
        {
            _timers.Nudge();
        }

        if (receipt.MoreMail || (commit.Status == InstanceStatus.Running && !commit.KeepClaim))
        {
            _work.Nudge();
        }
    }
}
