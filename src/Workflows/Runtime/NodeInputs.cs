using System.Collections.Frozen;
using System.Text.Json;
using Relief.Flow.Workflows.Definitions;
using Relief.Flow.Workflows.Expressions;
using Relief.Flow.Workflows.Kernel;

namespace Relief.Flow.Workflows.Runtime;

/// <summary>Evaluates the inputs of an activity against its instance, just before it is entered or resumed.</summary>
public sealed class NodeInputs(ExpressionEvaluator evaluator)
{
    // Evaluated once for each of the items, not once for all.
    private const string PerItem = "correlationIdFunction";

    public EvaluatedInputs Evaluate(OpenBurst open, Frame frame, Node node)
    {
        var hasCases = node.Members.TryGetValue("cases", out var cases) && cases.ValueKind == JsonValueKind.Array;
        if (node.Inputs.Count == 0 && !hasCases)
        {
            return EvaluatedInputs.None;
        }

        var scope = Scope(open, frame);
        var values = new Dictionary<string, JsonElement>(node.Inputs.Count + 1);
        foreach (var (name, expression) in node.Inputs.OrderBy(input => input.Key == PerItem))
        {
            var isPerItem = name == PerItem && expression.Type is (Expression.JavaScript or Expression.Handlebars);
            var (value, wrong) = isPerItem ? ForEachItem(expression, values, scope) : One(name, expression, scope);
            if (wrong is not null)
            {
                return new EvaluatedInputs(FrozenDictionary<string, JsonElement>.Empty, wrong);
            }

            values[name] = value;
        }

        if (hasCases)
        {
            var (evaluated, fault) = Cases(cases, scope);
            if (fault is not null)
            {
                return new EvaluatedInputs(FrozenDictionary<string, JsonElement>.Empty, fault);
            }

            values["cases"] = evaluated;
        }

        return new EvaluatedInputs(values.ToFrozenDictionary(), null);
    }

    private (JsonElement Value, Faulted? Fault) One(string name, Expression expression, ExpressionScope scope)
    {
        var result = evaluator.Evaluate(expression, scope);
        return result.Error is { } error ? (default, new Faulted("expression.failed", $"The input '{name}': {error}")) : (result.Value, null);
    }

    // The item is seen under its input's name and as the loops name it.
    private (JsonElement Values, Faulted? Fault) ForEachItem(Expression expression, Dictionary<string, JsonElement> inputs, ExpressionScope scope)
    {
        var evaluated = inputs.ToFrozenDictionary();
        var key = evaluated.Text("defaultItemInputKey") is { Length: > 0 } given ? given : "Item";
        List<JsonElement> found = [];
        foreach (var item in evaluated.List("items"))
        {
            var result = evaluator.Evaluate(expression, scope with
            {
                VariableByName = name => name == key || name == Loops.CurrentValue ? item : scope.VariableByName(name),
                VariableNames = [key, Loops.CurrentValue, .. scope.VariableNames]
            });
            if (result.Error is { } error)
            {
                return (default, new Faulted("expression.failed", $"The input '{PerItem}' for item {found.Count}: {error}"));
            }

            found.Add(result.Value);
        }

        return (FlowJson.Of(found), null);
    }

    private (JsonElement Cases, Faulted? Fault) Cases(JsonElement cases, ExpressionScope scope)
    {
        List<object> evaluated = [];
        foreach (var one in cases.EnumerateArray())
        {
            var label = one.GetProperty("label").GetString()!;
            var result = evaluator.Evaluate(ExpressionOf(one), scope);
            if (result.Error is { } error)
            {
                return (default, new Faulted("expression.failed", $"The case '{label}': {error}"));
            }

            evaluated.Add(new { label, condition = result.Value });
        }

        return (FlowJson.Of(evaluated), null);
    }

    private static Expression ExpressionOf(JsonElement one) =>
        one.TryGetProperty("condition", out var condition) && condition.ValueKind == JsonValueKind.Object && condition.TryGetProperty("type", out var type)
            ? new Expression(type.GetString()!, condition.TryGetProperty("value", out var value) ? value : default)
            : new Expression(Expression.Literal, condition);

    private static ExpressionScope Scope(OpenBurst open, Frame frame)
    {
        var variables = new InstanceValues(open.Definition, open.Instance, frame);
        return new ExpressionScope
        {
            VariableById = variables.ById,
            VariableByName = variables.ByName,
            InputByName = variables.Input,
            OutputOf = variables.OutputOf,
            VariableNames = variables.VariableNames,
            InputNames = variables.InputNames,
            Now = open.Claim.Now,
            CorrelationId = open.Instance.CorrelationId,
            InstanceId = open.Instance.Id.ToString(),
            InstanceName = open.Instance.Name,
            DefinitionId = open.Definition.Id,
            DefinitionVersionId = open.Definition.VersionId,
            DefinitionVersion = open.Definition.Version
        };
    }
}

/// <summary>The values of an activity's inputs by name, or why one of them has none.</summary>
public sealed record EvaluatedInputs(FrozenDictionary<string, JsonElement> Values, Faulted? Fault)
{
    public static readonly EvaluatedInputs None = new(FrozenDictionary<string, JsonElement>.Empty, null);
}
