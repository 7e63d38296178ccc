using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Relief.Flow.Workflows.Definitions;
using Relief.Flow.Workflows.Kernel;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Workflows.Runtime;

/// <summary>Claims instances that have work, runs their bursts side by side, and commits them in groups.</summary>
/// <remarks>A crash loses nothing: the claim ends by itself, and whoever claims next reads the same state and the same mail (I2, I4).</remarks>
public sealed class InstanceWorker
{
    private readonly IFlowStore _store;
    private readonly DefinitionLibrary _library;
    private readonly Burst _burst;
    private readonly RuntimeOptions _options;
    private readonly ILogger<InstanceWorker> _log;
    private readonly Coalescer<BurstCommit, CommitReceipt> _commits;
    private readonly ConcurrentDictionary<Guid, Task> _running = new();
    private readonly ConcurrentDictionary<long, byte> _tokens = new();

    public InstanceWorker(IFlowStore store, DefinitionLibrary library, Burst burst, RuntimeOptions options, ILogger<InstanceWorker> log)
    {
        _store = store;
        _library = library;
        _burst = burst;
        _options = options;
        _log = log;
        _commits = new Coalescer<BurstCommit, CommitReceipt>(store.Commit, commit => commit.Claim.InstanceId);
    }

    /// <summary>Called after each commit: what it may have made ready elsewhere on this node.</summary>
    internal Action<BurstCommit, CommitReceipt> Committed { get; set; } = (_, _) => { };

    /// <summary>True while this node has room for one more burst.</summary>
    public bool HasRoom => _running.Count < _options.Parallel;

    /// <summary>Claims what is ready and begins to run it. Returns how many were claimed.</summary>
    public async Task<int> RunOnce(CancellationToken cancellationToken)
    {
        var room = Math.Min(_options.ClaimBatch, _options.Parallel - _running.Count);
        if (room <= 0)
        {
            await Task.WhenAny(_running.Values.DefaultIfEmpty(Task.CompletedTask));
            return 1;
        }

        var claims = await _store.Claim(new ClaimRequest(_options.NodeId, room, _options.Lease), cancellationToken);
        foreach (var claim in claims)
        {
            _ = Begin(claim, cancellationToken);
        }

        return claims.Length;
    }

    /// <summary>Runs a claim in the background; the task ends when the instance waits, has ended, or was lost to another node.</summary>
    public Task Begin(Claim claim, CancellationToken cancellationToken)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _running[claim.InstanceId] = done.Task;
        _ = Task.Run(() => Finish(claim, done, cancellationToken), CancellationToken.None);
        return done.Task;
    }

    /// <summary>Prolongs the leases of bursts that take long.</summary>
    public async Task<int> Renew(CancellationToken cancellationToken)
    {
        if (!_tokens.IsEmpty)
        {
            await _store.Renew([.. _tokens.Keys], _options.Lease, cancellationToken);
        }

        return 0;
    }

    /// <summary>Waits until no burst of this node is running.</summary>
    public Task WhenIdle() => Task.WhenAll(_running.Values);

    private async Task Finish(Claim claim, TaskCompletionSource done, CancellationToken cancellationToken)
    {
        _tokens[claim.Token] = 0;
        try
        {
            await Run(claim, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The node stops: the claim ends by itself.
        }
        catch (Exception exception)
        {
            Log.BurstFailed(_log, exception, claim.InstanceId);
        }
        finally
        {
            _tokens.TryRemove(claim.Token, out _);
            _running.TryRemove(new KeyValuePair<Guid, Task>(claim.InstanceId, done.Task));
            done.SetResult();
        }
    }

    private async Task Run(Claim claim, CancellationToken cancellationToken)
    {
        if (await _library.Version(claim.DefinitionVersionId, cancellationToken) is not { } definition)
        {
            Log.DefinitionMissing(_log, claim.DefinitionVersionId, claim.InstanceId);
            return;
        }

        var versions = await VersionsIn(claim, cancellationToken);
        var instance = claim.State is { } state ? InstanceState.Read(state) : Stimuli.NewInstance(claim, definition);
        for (var held = claim; ;)
        {
            var open = new OpenBurst(held, definition, instance) { Versions = versions };
            await _burst.Run(open, cancellationToken);
            var (receipt, commit) = await Commit(open, cancellationToken);
            if (receipt.Outcome != CommitOutcome.Committed)
            {
                await Drop(new OpenBurst(held, definition, instance) { Versions = versions }, receipt, cancellationToken);
                return;
            }

            Note(commit, receipt);
            if (!commit.KeepClaim)
            {
                return;
            }

            (definition, instance) = (open.Definition, InstanceState.Read(commit.State));
            held = held.After(commit, Later(held.Now, await _burst.Now(cancellationToken)));
        }
    }

    private async Task<IReadOnlyDictionary<string, Definition>> VersionsIn(Claim claim, CancellationToken cancellationToken)
    {
        Dictionary<string, Definition> versions = [];
        foreach (var id in Stimuli.VersionsIn(claim.Mail))
        {
            if (await _library.Version(id, cancellationToken) is { } version)
            {
                versions[id] = version;
            }
        }

        return versions;
    }

    // Two readings of one clock: an instance's time never goes back.
    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    private async Task<(CommitReceipt Receipt, BurstCommit Commit)> Commit(OpenBurst open, CancellationToken cancellationToken)
    {
        if (open.Instance.NextReady() is not { } next || !_burst.ChangesRecords(open, next))
        {
            var commit = open.ToCommit();
            return (await _commits.Add(commit), commit);
        }

        BurstCommit? written = null;
        var receipt = await _store.CommitWithRecords(open.Claim, async (scope, token) =>
        {
            var copy = open.Copy();
            if (!await _burst.StepWithRecords(copy, scope.Unit, token))
            {
                await scope.RollBack(token);
            }

            return written = copy.ToCommit();
        }, cancellationToken);
        return (receipt, written ?? open.ToCommit());
    }

    // Fenced: another node goes on from the last commit. Refused: the database would refuse the same burst for ever, so it becomes an incident.
    private async Task Drop(OpenBurst open, CommitReceipt receipt, CancellationToken cancellationToken)
    {
        if (receipt.Outcome == CommitOutcome.Fenced)
        {
            Telemetry.Fenced.Add(1);
            Log.BurstFenced(_log, open.Claim.InstanceId);
            return;
        }

        Log.BurstRefused(_log, open.Claim.InstanceId, receipt.Reason);
        open.ReadMail();
        if (open.Instance.NextReady() is { } next)
        {
            open.Apply(new Returned(next.Ordinal, new Faulted("commit.refused", receipt.Reason ?? "The database refused what this step decided."), [], open.Claim.Now));
            var commit = open.ToCommit() with { KeepClaim = false };
            Note(commit, await _commits.Add(commit).WaitAsync(cancellationToken));
        }
    }

    /// <summary>Counts a burst that was committed and tells this node what it may have made ready.</summary>
    internal void Note(BurstCommit commit, CommitReceipt receipt)
    {
        Telemetry.Bursts.Add(1);
        if (commit.Fault is { } fault)
        {
            Telemetry.Incidents.Add(1);
            Log.IncidentRaised(_log, commit.Claim.InstanceId, fault.ActivityId, fault.Code);
        }

        Committed(commit, receipt);
    }
}
