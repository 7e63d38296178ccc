using System.Reflection;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Tests.Runtime;

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
