using System.Reflection;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Tests.Runtime;

/// <summary>The process dies here: nothing after this moment happens.</summary>
public sealed class Crash() : Exception("The process died (planted).");

/// <summary>When the process shall die: before or after the n-th writing call of the store.</summary>
public sealed class CrashPlan
{
    public static readonly string[] Writes =
        ["Start", "Commit", "CommitWithRecords", "Publish", "Send", "FireTimers", "Act", "Relay", "SettleOutbox", "ClaimOutbox", "Halt"];

    /// <summary>The number of the call, from 1; 0 for never.</summary>
    public int At { get; init; }

    /// <summary>True to die when the call has been carried out but not yet answered.</summary>
    public bool AfterIt { get; init; }

    /// <summary>The calls that count.</summary>
    public IReadOnlyCollection<string> Calls { get; init; } = Writes;

    /// <summary>Writing calls so far that had something to write.</summary>
    public int Count { get; set; }

    /// <summary>True once it has died; the next process lives on.</summary>
    public bool IsDead { get; set; }

    public bool HasHappened { get; set; }
}

/// <summary>A store whose process dies according to a plan. Passes everything else on to the real one.</summary>
public class CrashingStore : DispatchProxy
{
    private static readonly MethodInfo Wrapped = typeof(CrashingStore).GetMethod(nameof(Watch), BindingFlags.NonPublic | BindingFlags.Instance)!;

    private readonly Lock _gate = new();
    private IFlowStore _inner = null!;
    private CrashPlan _plan = null!;

    public static IFlowStore Around(IFlowStore inner, CrashPlan plan)
    {
        var proxy = Create<IFlowStore, CrashingStore>();
        ((CrashingStore)(object)proxy)._inner = inner;
        ((CrashingStore)(object)proxy)._plan = plan;
        return proxy;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        if (_plan.IsDead && targetMethod!.ReturnType != typeof(ValueTask) && targetMethod.Name != "get_Kind")
        {
            throw new Crash();
        }

        var dies = _plan.Calls.Contains(targetMethod!.Name) && IsDue();
        if (dies && !_plan.AfterIt)
        {
            Die();
        }

        var result = targetMethod.Invoke(_inner, args);
        return dies && result!.GetType().GenericTypeArguments is [var type, ..] && typeof(Task).IsAssignableFrom(result.GetType())
            ? Wrapped.MakeGenericMethod(type).Invoke(this, [result])
            : result;
    }

    private async Task<T> Watch<T>(Task<T> call)
    {
        await call;
        Die();
        throw new Crash();
    }

    private bool IsDue()
    {
        lock (_gate)
        {
            return ++_plan.Count == _plan.At;
        }
    }

    private void Die()
    {
        _plan.IsDead = true;
        _plan.HasHappened = true;
        throw new Crash();
    }
}
