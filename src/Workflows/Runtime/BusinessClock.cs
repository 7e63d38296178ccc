using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Workflows.Runtime;

/// <summary>Business time, without asking the store each time while it is real.</summary>
/// <remarks>A real clock read within the last second is carried on by the process's own; one that is set by hand is read each time.</remarks>
internal sealed class BusinessClock(IFlowStore store, TimeProvider time)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    private Reading? _last;

    public async ValueTask<DateTimeOffset> Now(CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _last) is { } last && time.GetElapsedTime(last.At) is var age && age < Fresh)
        {
            return last.Now + age;
        }

        var at = time.GetTimestamp();
        var clock = await store.ReadClock(cancellationToken);
        Volatile.Write(ref _last, clock.IsManual ? null : new Reading(clock.Now, at));
        return clock.Now;
    }

    private sealed record Reading(DateTimeOffset Now, long At);
}
