using System.Collections.Frozen;
using System.Text.Json;
using Jint.Parser.Ast;

namespace Relief.Flow.Workflows.Expressions;

/// <summary>What the form of a piece of script tells about it.</summary>
internal static class ScriptHabits
{
    // Methods that change nothing but what they return.
    private static readonly FrozenSet<string> Harmless = new[]
    {
        "indexOf", "lastIndexOf", "toFixed", "trim", "toUpperCase", "toLowerCase", "substring", "substr", "slice", "charAt", "charCodeAt", "split", "join",
        "concat", "round", "floor", "ceil", "min", "max", "abs", "pow", "sqrt", "stringify", "parse", "toString", "isArray", "hasOwnProperty", "keys", "now"
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>True when this part, whatever its parts do, changes nothing that outlives it.</summary>
    public static bool LeavesNoTrace(Expression expression) => expression switch
    {
        AssignmentExpression or UpdateExpression or FunctionExpression or NewExpression => false,
        UnaryExpression { Operator: UnaryOperator.Delete } => false,
        Literal { Type: SyntaxNodes.RegularExpressionLiteral } => false,
        CallExpression { Callee: Identifier } => true,
        CallExpression { Callee: MemberExpression { Computed: false, Property: Identifier { Name: var name } } } => Harmless.Contains(name),
        CallExpression => false,
        _ => true
    };

    /// <summary>The name in <c>variables.x</c>; null for anything else.</summary>
    public static string? ReadsVariable(MemberExpression member) =>
        member is { Computed: false, Object: Identifier { Name: "variables" }, Property: Identifier { Name: var name } } ? name : null;

    /// <summary>The name in <c>getVariable("x")</c>; null for anything else.</summary>
    public static string? ReadsVariable(CallExpression call) => OnlyText(call, "getVariable");

    /// <summary>The look-up that the whole script is, when it is one: <c>getVariable("x")</c>, <c>variables.x</c>, <c>getInput("x")</c> or <c>getLastResult()</c>.</summary>
    public static Func<ExpressionScope, JsonElement>? LookUp(Program program)
    {
        if (program.Body.Count != 1 || program.Body.First() is not ExpressionStatement { Expression: var whole })
            return null;

        if (whole is MemberExpression member && ReadsVariable(member) is { } property)
            return scope => scope.VariableByName(property);

        if (whole is not CallExpression call)
            return null;

        if (ReadsVariable(call) is { } variable)
            return scope => scope.VariableByName(variable);

        if (OnlyText(call, "getInput") is { } input)
            return scope => scope.InputByName(input);

        return call is { Callee: Identifier { Name: "getLastResult" }, Arguments.Count: 0 } ? scope => scope.LastResult : null;
    }

    private static string? OnlyText(CallExpression call, string function) =>
        call.Callee is Identifier { Name: var name } && name == function && call.Arguments is [Literal { Value: string text }] ? text : null;
}
