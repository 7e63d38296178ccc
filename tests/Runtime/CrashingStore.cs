using System.Reflection;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Tests.Runtime;

/// <summary>A store whose process dies according to a plan. Passes everything else on to the real one.</summary>
public class CrashingStore : DispatchProxy
{
    private static readonly MethodInfo Wrapped = typeof(CrashingStore).GetMethod(nameof(Watch), BindingFlags.NonPublic | BindingFlags.Instance)!;

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

        if (!_plan.Calls.Contains(targetMethod!.Name))
        {
            return targetMethod.Invoke(_inner, args);
        }

        if (!_plan.AfterIt)
        {
            _plan.Meet(WriteNames.Of(targetMethod.Name, args![0], null));
            return targetMethod.Invoke(_inner, args);
        }

        var call = targetMethod.Invoke(_inner, args)!;
        return targetMethod.ReturnType.GenericTypeArguments is [var type]
            ? Wrapped.MakeGenericMethod(type).Invoke(this, [call, targetMethod.Name, args![0]])
            : WatchPlain((Task)call, targetMethod.Name, args![0]);
    }

    private async Task<T> Watch<T>(Task<T> call, string name, object? subject)
    {
        var answer = await call;
        _plan.Meet(WriteNames.Of(name, subject, answer));
        return answer;
    }

    private async Task WatchPlain(Task call, string name, object? subject)
    {
        await call;
        _plan.Meet(WriteNames.Of(name, subject, null));
    }
}
