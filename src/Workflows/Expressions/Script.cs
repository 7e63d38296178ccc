using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json;
using Jint.Parser;
using Jint.Parser.Ast;

namespace Relief.Flow.Workflows.Expressions;

/// <summary>A script that was parsed once, with what is known of it.</summary>
/// <remarks>The engine keeps values in the parsed tree, so a tree runs in one evaluation at a time: the script keeps as many as ran at once.</remarks>
internal sealed class Script
{
    private const string Prologue = "(function(){";
    private const string Epilogue = "\n})()";

    // The parser recurses: on a small stack a hostile script could end the process.
    private const int ParserStack = 128 * 1024 * 1024;

    private readonly string text;
    private readonly ConcurrentBag<Program> idle = [];

    private Script(string text) => this.text = text;

    /// <summary>Why it cannot run, with line and column; null when it can.</summary>
    public string? Fault { get; private set; }

    public ImmutableArray<string> VariableNames { get; private set; } = [];

    /// <summary>Names such as <c>getHousehold</c> that it calls.</summary>
    public IReadOnlyCollection<string> Getters { get; private set; } = [];

    /// <summary>True when an engine that ran it is as good as new.</summary>
    public bool LeavesNoTrace { get; private set; }

    /// <summary>The answer without an engine, when the script is a mere look-up.</summary>
    public Func<ExpressionScope, JsonElement>? LookUp { get; private set; }

    public static Script Read(string text, ExpressionLimits limits)
    {
        var script = new Script(text);
        if (text.Length > limits.MaxSource)
            script.Fault = $"the script has {text.Length} characters; {limits.MaxSource} are allowed";
        else if (script.Parse() is { } program)
            script.Return(program);

        return script;
    }

    /// <summary>A tree for one evaluation, to be given back by <see cref="Return"/>.</summary>
    public Program Take() => idle.TryTake(out var program) ? program : Parse()!;

    public void Return(Program program) => idle.Add(program);

    private Program? Parse()
    {
        Program? program = null;
        var worker = new Thread(() => program = ParseHere(), ParserStack);
        worker.Start();
        worker.Join();

        return program;
    }

    private Program? ParseHere()
    {
        try
        {
            var program = ParseWhole(text);
            LookUp ??= ScriptHabits.LookUp(program);
            var rewriter = new ScriptRewriter();
            rewriter.Rewrite(program);
            (Fault, VariableNames, Getters, LeavesNoTrace) = (rewriter.Fault, rewriter.VariableNames, rewriter.Getters, rewriter.LeavesNoTrace);

            return Fault is null ? program : null;
        }
        catch (ParserException refused)
        {
            Fault = ScriptFault.Describe(text, refused.LineNumber, refused.Column, refused.Description);
        }
        catch (Exception unreadable) when (unreadable is ArgumentException or InvalidOperationException or NullReferenceException or IndexOutOfRangeException)
        {
            Fault = $"the script cannot be read: {unreadable.Message}";
        }

        return null;
    }

    // A script may be a function's body that returns: Elsa allows it.
    private static Program ParseWhole(string text)
    {
        try
        {
            return new JavaScriptParser().Parse(text);
        }
        catch (ParserException illegal) when (illegal.Description == "Illegal return statement")
        {
            return ParseBody(text);
        }
    }

    private static Program ParseBody(string text)
    {
        try
        {
            return new JavaScriptParser().Parse(Prologue + text + Epilogue);
        }
        catch (ParserException inside) when (inside.LineNumber == 1)
        {
            inside.Column -= Prologue.Length;
            throw;
        }
    }
}
