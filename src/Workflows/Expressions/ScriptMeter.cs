using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Relief.Flow.Workflows.Expressions;

/// <summary>Watches the time, memory and stack that the running evaluation uses on its thread.</summary>
internal sealed class ScriptMeter(ExpressionLimits limits)
{
    private long bytesAtStart;
    private long startedAt;
    private TimeSpan usedAtStart;

    public ExpressionLimits Limits => limits;

    /// <summary>Begins to count anew, for the calling thread.</summary>
    public void Restart()
    {
        bytesAtStart = GC.GetAllocatedBytesForCurrentThread();
        startedAt = Stopwatch.GetTimestamp();
        usedAtStart = ThreadTime.Now();
    }

    /// <summary>Throws <see cref="ScriptLimitException"/> when the evaluation has used too much.</summary>
    public void Check()
    {
        if (GC.GetAllocatedBytesForCurrentThread() - bytesAtStart > limits.MaxBytes)
            throw new ScriptLimitException($"it used more than {limits.MaxBytes / (1024 * 1024)} MB of memory.");

        // Elapsed time is the cheaper question. But a machine that is busy or was asleep must not fault a script that did nothing wrong.
        if (Stopwatch.GetElapsedTime(startedAt) > limits.Timeout && ThreadTime.Now() - usedAtStart > limits.Timeout)
            throw new ScriptLimitException($"it ran longer than {limits.Timeout.TotalMilliseconds:0} ms.");

        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
            throw new ScriptLimitException("it calls itself too deeply.");
    }

    public void CheckText(long length)
    {
        if (length > limits.MaxText)
            throw new ScriptLimitException($"it made a text of more than {limits.MaxText} characters.");
    }

    public void CheckElements(double count)
    {
        if (!(count <= limits.MaxElements))
            throw new ScriptLimitException($"it made a list of more than {limits.MaxElements} elements.");
    }
}
