using System.Globalization;
using System.Text;
using System.Text.Json;
using Jint;
using Jint.Native;
using Jint.Parser.Ast;
using Jint.Runtime;
using Jint.Runtime.Interop;

namespace Relief.Flow.Workflows.Expressions;

/// <summary>One JavaScript engine with the functions that Elsa's scripts use, and nothing of .NET, the clock or chance.</summary>
/// <remarks>It runs one script at a time. After a script that may leave a trace, or fails, it is thrown away.</remarks>
internal sealed class ScriptEngine
{
    private static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");

    private readonly Engine engine;
    private readonly ScriptMeter meter;
    private ExpressionScope scope = null!;

    public ScriptEngine(ExpressionLimits limits)
    {
        meter = new ScriptMeter(limits);
        engine = new Engine(options => options
            .MaxStatements(limits.MaxStatements)
            .LimitRecursion(limits.MaxRecursion)
            .Culture(CultureInfo.InvariantCulture)
            .LocalTimeZone(Zone));
        new SafeBuiltIns(engine, meter).Install();
        AddValues();
        AddFacts();
        engine.Global.FastAddProperty(ScriptRewriter.Guard, new ClrFunctionInstance(engine, Guard), false, false, false);
        engine.SetValue("Date", new PureDate(engine, () => scope.Now));
    }

    /// <summary>Runs the script; what it throws is told by <see cref="JavaScript"/>.</summary>
    public JsonElement Run(Script script, Program program, ExpressionScope within)
    {
        scope = within;
        meter.Restart();
        foreach (var getter in script.Getters)
            AddGetter(getter);

        var value = engine.Execute(program).GetCompletionValue();
        return ScriptValues.ToJson(value, meter);
    }

    private JsValue Guard(JsValue self, JsValue[] arguments)
    {
        meter.Check();
        if (arguments.Length == 0)
            return JsValue.Undefined;

        var value = arguments[0];
        if (value.IsString())
            meter.CheckText(value.AsString().Length);
        else if (value.IsObject())
            CheckChain(value);

        return value;
    }

    // A property is looked up along the prototypes by native recursion.
    private static void CheckChain(JsValue value)
    {
        var steps = 0;
        for (var link = value.AsObject().Prototype; link is not null; link = link.Prototype)
        {
            if (++steps > 32)
                throw new ScriptLimitException("it made a chain of more than 32 prototypes.");
        }
    }

    private void AddValues()
    {
        Add("getVariable", arguments => Script(scope.VariableByName(TextOf(arguments, 0))));
        Add("getInput", arguments => Script(scope.InputByName(TextOf(arguments, 0))));
        Add("getOutputFrom", arguments => Script(scope.OutputOf(TextOf(arguments, 0), arguments.Length > 1 ? TextOf(arguments, 1) : "result")));
        Add("getLastResult", _ => Script(scope.LastResult));
        Add("setVariable", _ => throw new ScriptLimitException("a script cannot set a variable; use the activity SetVariable or bind an output."));
        engine.SetValue("variables", new ScopeObject(engine, name => Script(scope.VariableByName(name))));
        engine.SetValue("inputs", new ScopeObject(engine, name => Script(scope.InputByName(name))));
    }

    private void AddFacts()
    {
        Add("getCorrelationId", _ => scope.CorrelationId is { } id ? new JsValue(id) : JsValue.Null);
        Add("getWorkflowInstanceId", _ => new JsValue(scope.InstanceId));
        Add("getWorkflowInstanceName", _ => scope.InstanceName is { } name ? new JsValue(name) : JsValue.Null);
        Add("getWorkflowDefinitionId", _ => new JsValue(scope.DefinitionId));
        Add("getWorkflowDefinitionVersionId", _ => new JsValue(scope.DefinitionVersionId));
        Add("getWorkflowDefinitionVersion", _ => new JsValue(scope.DefinitionVersion));
        Add("isNullOrWhiteSpace", arguments => Blank(arguments, string.IsNullOrWhiteSpace));
        Add("isNullOrEmpty", arguments => Blank(arguments, string.IsNullOrEmpty));
        Add("toJson", arguments => arguments.Length == 0 || arguments[0].IsUndefined()
            ? JsValue.Undefined
            : new JsValue(Encoding.UTF8.GetString(ScriptValues.ToUtf8(arguments[0], meter, indented: false).WrittenSpan)));
    }

    private static JsValue Blank(JsValue[] arguments, Func<string?, bool> test) =>
        new(arguments.Length == 0 || arguments[0].IsNull() || arguments[0].IsUndefined() || (arguments[0].IsString() && test(arguments[0].AsString())));

    // getHousehold() reads the variable Household or household; a function of the script's own by that name hides it.
    private void AddGetter(string getter)
    {
        if (engine.Global.HasOwnProperty(getter) || getter.Length <= 3)
            return;

        var name = getter[3..];
        Add(getter, _ => scope.VariableByName(name) is { ValueKind: not JsonValueKind.Undefined } found
            ? Script(found)
            : Script(scope.VariableByName(char.ToLowerInvariant(name[0]) + name[1..])));
    }

    private void Add(string name, Func<JsValue[], JsValue> function) =>
        engine.Global.FastAddProperty(name, new ClrFunctionInstance(engine, (_, arguments) => function(arguments)), true, false, true);

    private JsValue Script(JsonElement value) => ScriptValues.ToScript(engine, value);

    private static string TextOf(JsValue[] arguments, int index) =>
        arguments.Length > index && arguments[index].IsPrimitive() ? TypeConverter.ToString(arguments[index]) : "";
}
