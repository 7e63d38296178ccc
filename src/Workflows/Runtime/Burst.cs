using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;
using Relief.Flow.Workflows.Definitions;
using Relief.Flow.Workflows.Kernel;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Workflows.Runtime;

/// <summary>Runs one instance in memory until every branch waits. What it decided is committed once, at the end (I3).</summary>
/// <remarks>It also ends, with ready runs left, when it has become too long (rule 6) and before an activity that changes records (rule 8).</remarks>
public sealed class Burst
{
    private readonly ActivityRunner runner;
    private readonly NodeInputs inputs;
    private readonly RuntimeOptions options;
    private readonly TimeProvider time;
    private readonly BusinessClock clock;

    public Burst(ActivityRunner runner, NodeInputs inputs, RuntimeOptions options, IFlowStore store, TimeProvider time)
    {
        this.runner = runner;
        this.inputs = inputs;
        this.options = options;
        this.time = time;
        clock = new BusinessClock(store, time);
    }

    /// <summary>Business time for a burst that begins now.</summary>
    public ValueTask<DateTimeOffset> Now(CancellationToken cancellationToken) => clock.Now(cancellationToken);

    public Task Run(OpenBurst open, CancellationToken cancellationToken) => Run(open, options.BurstTime, cancellationToken);

    /// <param name="atMost">After this time it ends with ready runs left.</param>
    public async Task Run(OpenBurst open, TimeSpan atMost, CancellationToken cancellationToken)
    {
        open.ReadMail();
        if (open.Instance.Yields >= options.MostYields && open.Instance.NextReady() is { } looping)
        {
            Stop(open, looping);
        }

        var started = time.GetTimestamp();
        while (open.Instance.NextReady() is { } frame && !ChangesRecords(open, frame))
        {
            await Step(open, frame, null, cancellationToken);
            if (open.Activities >= options.BurstActivities || time.GetElapsedTime(started) > atMost)
            {
                open.CountYield();
                return;
            }
        }

        if (open.Instance.Status != InstanceStatus.Running)
        {
            open.CountYield();
        }
    }

    /// <summary>True when the next run changes records: it must happen inside the transaction that commits the burst.</summary>
    public bool ChangesRecords(OpenBurst open, Frame frame) => runner.ChangesRecords(open.Definition.Nodes[frame.ActivityId].Type);

    /// <summary>Runs the one activity that changes records; false when it failed and its changes must be rolled back.</summary>
    public async Task<bool> StepWithRecords(OpenBurst open, UnitOfWork unit, CancellationToken cancellationToken)
    {
        var frame = open.Instance.NextReady()!;
        await Step(open, frame, unit, cancellationToken);
        return open.Instance.Find(frame.Ordinal) is not { State: FrameState.Faulted } && !HasFailed(open, frame);
    }

    /// <summary>Runs a first burst in the transaction of the records that its instance begins with, as long as its activities know records; false when one failed.</summary>
    /// <remarks>Whatever else comes waits until that transaction is committed, so no script decides anything while it is open. The lock order of rule 8 is kept by itself: nobody else has these records yet.</remarks>
    public async Task<bool> RunWithRecords(OpenBurst open, UnitOfWork unit, CancellationToken cancellationToken)
    {
        open.ReadMail();
        while (open.Instance.NextReady() is { } frame && open.Activities < options.BurstActivities && RunsWithRecords(open.Definition.Nodes[frame.ActivityId]))
        {
            await Step(open, frame, unit, cancellationToken);
            if (!open.Instance.Incidents.IsEmpty)
            {
                return false;
            }
        }

        return true;
    }

    private bool RunsWithRecords(Node node) => runner.KnowsRecords(node.Type) || (ControlFlow.Of(node.Type) is not null && node.Inputs.Count == 0);

    private static bool HasFailed(OpenBurst open, Frame frame) =>
        open.Instance.Incidents.Any(incident => incident.Ordinal == frame.Ordinal);

    private async Task Step(OpenBurst open, Frame frame, UnitOfWork? unit, CancellationToken cancellationToken)
    {
        var node = open.Definition.Nodes[frame.ActivityId];
        var at = open.Claim.Now;
        var evaluated = inputs.Evaluate(open, frame, node);
        if (evaluated.Fault is { } fault)
        {
            open.Apply(new Returned(frame.Ordinal, fault, [], at));
        }
        else if (ControlFlow.Of(node.Type) is not null)
        {
            open.Apply(new Entered(frame.Ordinal, evaluated.Values, at));
        }
        else
        {
            var (result, outputs) = await runner.Run(open, frame, new ActivityCall(node, evaluated.Values, unit), cancellationToken);
            open.Apply(new Returned(frame.Ordinal, result, outputs, at));
        }
    }

    private static void Stop(OpenBurst open, Frame looping) => open.Apply(new Returned(
        looping.Ordinal,
        new Faulted("instance.endlessLoop", "The instance has run many bursts in a row without ever waiting. Look at the loop, then retry.") { MayRetry = false },
        ImmutableArray<KeyValuePair<string, JsonElement>>.Empty,
        open.Claim.Now));
}

/// <summary>One call of an activity.</summary>
public sealed record ActivityCall(Node Node, FrozenDictionary<string, JsonElement> Inputs, UnitOfWork? Unit);
