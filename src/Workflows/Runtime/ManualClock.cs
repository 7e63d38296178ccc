using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Workflows.Runtime;

/// <summary>Moves the business time of a test or training system by hand, from due instant to due instant (rule 10).</summary>
public sealed class ManualClock(IFlowStore store, FlowNode node, RuntimeOptions options)
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(4);

    /// <summary>Goes to a moment; returns when everything that became due on the way has run, or says what still runs when its patience ends.</summary>
    public async Task<AdvanceResult> Advance(DateTimeOffset to, CancellationToken cancellationToken)
    {
        var clock = await store.ReadClock(cancellationToken);
        if (!clock.IsManual)
        {
            return new NotManual();
        }

        if (to < clock.Now)
        {
            return new WouldGoBack(clock.Now);
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(options.ClockPatience);
        try
        {
            for (var agenda = await Quiet(patience.Token); ; agenda = await Quiet(patience.Token))
            {
                var next = agenda.NextDue is { } due && due < to ? Later(due, clock.Now) : to;
                await store.SetClock(next, patience.Token);
                if (next == to)
                {
                    await Quiet(patience.Token);
                    return new Advanced(to);
                }
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new StillRunning(await store.ReadAgenda(cancellationToken), (await store.ReadClock(cancellationToken)).Now);
        }
    }

    private async Task<Agenda> Quiet(CancellationToken cancellationToken)
    {
        while (true)
        {
            var agenda = await store.ReadAgenda(cancellationToken);
            if (agenda.IsQuiet)
            {
                return agenda;
            }

            node.Nudge();
            await Task.Delay(Glance, cancellationToken);
        }
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}

/// <summary>What became of a wish to move the clock.</summary>
public abstract record AdvanceResult;

public sealed record Advanced(DateTimeOffset Now) : AdvanceResult;

/// <summary>Business time is real here.</summary>
public sealed record NotManual : AdvanceResult;

public sealed record WouldGoBack(DateTimeOffset Now) : AdvanceResult;

public sealed record StillRunning(Agenda Agenda, DateTimeOffset Now) : AdvanceResult;
