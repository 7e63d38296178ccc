using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.RegularExpressions;
using Jint.Runtime;

namespace Relief.Flow.Workflows.Expressions;

/// <summary>Evaluates scripts in a sandbox: no .NET, no clock, no chance, and bounded in time, statements, depth, memory and text.</summary>
/// <remarks>Scripts share nothing: an engine is used again only after scripts whose form shows that they leave no trace in it. Safe for many threads.</remarks>
internal sealed class JavaScript(ExpressionLimits limits)
{
    private const int IdleEngines = 16;

    private readonly BoundedCache<Script> scripts = new(limits.CachedSources);
    private readonly ConcurrentBag<ScriptEngine> idle = [];

    public Script Read(string text) => scripts.Get(text, source => Script.Read(source, limits));

    public ExpressionResult Evaluate(string text, ExpressionScope scope)
    {
        var script = Read(text);
        if (script.Fault is { } fault)
            return ExpressionResult.Wrong($"The script does not parse: {fault}.");

        return script.LookUp is { } lookUp ? ExpressionResult.Of(lookUp(scope)) : Run(script, scope);
    }

    private ExpressionResult Run(Script script, ExpressionScope scope)
    {
        var program = script.Take();
        var engine = script.LeavesNoTrace && idle.TryTake(out var rested) ? rested : new ScriptEngine(limits);
        try
        {
            var value = engine.Run(script, program, scope);
            script.Return(program);
            if (script.LeavesNoTrace && idle.Count < IdleEngines)
                idle.Add(engine);

            return ExpressionResult.Of(value);
        }
#pragma warning disable CA1031 // Whatever a script makes the engine throw, known kind or not, is the script's fault and an incident of its instance.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            return ExpressionResult.Wrong(Told(failure));
        }
    }

    private string Told(Exception failure) => failure switch
    {
        JavaScriptException thrown => $"The script failed at {thrown.LineNumber}:{thrown.Column + 1}: {thrown.Message}",
        ScriptLimitException limit => $"The script was stopped: {limit.Message}",
        StatementsCountOverflowException => $"The script was stopped: it ran more than {limits.MaxStatements} statements.",
        RecursionDepthOverflowException => $"The script was stopped: it calls itself deeper than {limits.MaxRecursion} levels.",
        RegexMatchTimeoutException => $"The script was stopped: a regular expression ran longer than {limits.RegexTimeout.TotalMilliseconds:0} ms.",
        _ => $"The script failed: {failure.Message}"
    };
}
