using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;

namespace Relief.Flow.Workflows.Definitions;

/// <summary>Says whether a definition may be published: everything that could stall, fault or pay without approval once it runs.</summary>
/// <remarks>
/// Codes: <c>definition.noStart</c>, <c>.unreachable</c>, <c>.unknownEndpoint</c>, <c>.unknownPort</c>, <c>.unconnectedOutcome</c>, <c>.unknownActivity</c>,
/// <c>.missingInput</c>, <c>.expression</c>, <c>.unknownVariable</c>, <c>.moneyWithoutApproval</c>, <c>.reviewerIsSurveyor</c>,
/// <c>.dangerUnconnected</c>, <c>.dangerWithoutHelp</c>, and the warning <c>.timeoutIgnored</c>.
/// <c>.breakOutsideLoop</c>, <c>.deadline</c>, <c>.undeclaredOutcome</c>, and the warning <c>.commitStrategyIgnored</c>. Duplicate ids are found when reading.
/// </remarks>
public static class DefinitionRules
{
    // Loops and bulk dispatches offer these to the scripts inside them; no definition declares them.
    private static readonly FrozenSet<string> LoopVariables = new[] { "CurrentValue", "CurrentIndex", "ChildInstanceId" }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Loops = new[] { "Elsa.For", "Elsa.ForEach", "Elsa.ParallelForEach", "Elsa.While" }.ToFrozenSet(StringComparer.Ordinal);

    /// <param name="definition">As read without problems.</param>
    /// <param name="shapes">The known activity types; null for one that is not known.</param>
    /// <param name="inspect">What an expression says of itself; it gives the fault with line and column.</param>
    public static ImmutableArray<Problem> Check(Definition definition, Func<string, ActivityShape?> shapes, Func<Expression, ExpressionFacts> inspect)
    {
        var problems = ImmutableArray.CreateBuilder<Problem>();
        var flowcharts = new FlowchartRules(shapes, problems);
        var dangers = new DangerRule(definition, shapes, problems);
        var names = definition.VariablesById.Values.Select(variable => variable.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var node in definition.Nodes.Values.OrderBy(node => node.NodeId, StringComparer.Ordinal))
        {
            if (shapes(node.Type) is { } shape)
                MissingInputs(node, shape, problems);
            else
                problems.Add(new Problem("definition.unknownActivity", $"The activity type '{node.Type}' is not known.", null, node.Id).Told([node.Type]));

            foreach (var (field, expression) in Expressions(node))
                CheckExpression(new Place(definition, names, node.Id, field), expression, inspect(expression), problems);

            Bindings(definition, names, node, problems);
            if (node.Type == FlowchartRules.Type)
            {
                flowcharts.Check(node, isRoot: node.Parent is null);
                dangers.Check(node);
            }

            Leaving(definition, node, problems);
        }

        if (definition.Options.Text("commitStrategyName") is { Length: > 0 } strategy)
            problems.Add(new Problem("definition.commitStrategyIgnored", $"The commit strategy '{strategy}' is kept and not needed: whatever one burst decided is always written in one transaction.", "options.commitStrategyName", IsWarning: true).Told([strategy]));

        new MoneyRule(shapes, problems).Walk(definition.Root);
        new SeparationRule(shapes, problems).Check(definition);
        PathwayLimit.Check(definition, problems);

        return problems.ToImmutable();
    }

    // What ends more than itself must have something around it that it ends, by an outcome that is declared.
    private static void Leaving(Definition definition, Node node, ImmutableArray<Problem>.Builder problems)
    {
        if (node.Type == "Elsa.Break" && !Around(definition, node).Any(around => Loops.Contains(around.Type)))
            problems.Add(new Problem("definition.breakOutsideLoop", $"'{node.DisplayText}' is not inside a loop that it could leave.", null, node.Id).Told([node.DisplayText]));

        if (node.Type != "Elsa.Complete" || definition.Outcomes.IsEmpty || Around(definition, node).Any(around => around.Type == "Elsa.Composite"))
            return;

        foreach (var outcome in NodePorts.Literals(node, "outcomes").Where(outcome => outcome != "Done" && !definition.Outcomes.Contains(outcome)))
            problems.Add(new Problem("definition.undeclaredOutcome", $"'{node.DisplayText}' ends the workflow by '{outcome}', which is not among its outcomes.", "outcomes", node.Id).Told([node.DisplayText, outcome]));
    }

    private static IEnumerable<Node> Around(Definition definition, Node node)
    {
        for (var at = node.Parent; at is not null && definition.Nodes.TryGetValue(at, out var around); at = around.Parent)
            yield return around;
    }

    private static void MissingInputs(Node node, ActivityShape shape, ImmutableArray<Problem>.Builder problems)
    {
        foreach (var name in shape.Inputs.Where(input => input.Required).Select(input => JsonNamingPolicy.CamelCase.ConvertName(input.Name)))
        {
            var given = node.Inputs.TryGetValue(name, out var expression) ? !IsBlank(expression) : node.Members.ContainsKey(name) || node.Embedded.ContainsKey(name);
            if (!given)
                problems.Add(new Problem("definition.missingInput", $"'{node.DisplayText}' needs a value for '{name}'.", name, node.Id).Told([node.DisplayText, name]));
        }
    }

    private static bool IsBlank(Expression expression) =>
        expression.Value.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null
        || (expression.Value.ValueKind == JsonValueKind.String && string.IsNullOrWhiteSpace(expression.Value.GetString()));

    // The conditions of a switch are bare expressions in a list of their own.
    private static IEnumerable<(string Field, Expression Expression)> Expressions(Node node)
    {
        foreach (var (name, expression) in node.Inputs.OrderBy(input => input.Key, StringComparer.Ordinal))
            yield return (name, expression);

        if (!node.Members.TryGetValue("cases", out var cases) || cases.ValueKind != JsonValueKind.Array)
            yield break;

        foreach (var (entry, index) in cases.EnumerateArray().Select((entry, index) => (entry, index)))
        {
            if (entry.Member("condition") is { ValueKind: JsonValueKind.Object } condition)
                yield return ($"cases[{index}].condition", new Expression(condition.Text("type") ?? Expression.Literal, condition.Value("value")));
        }
    }

    private static void CheckExpression(Place place, Expression expression, ExpressionFacts facts, ImmutableArray<Problem>.Builder problems)
    {
        if (facts.Fault is { } fault)
            problems.Add(new Problem("definition.expression", $"The {expression.Type} expression cannot run: {fault}", place.Field, place.ActivityId).Told([expression.Type, fault]));

        var unknown = facts.VariableNames.Where(name => !place.Names.Contains(name) && !LoopVariables.Contains(name)).Distinct(StringComparer.Ordinal);
        if (expression.Type == Expression.Variable && Reference(expression.Value) is { } reference && !Knows(place.Definition, place.Names, expression.Value))
            unknown = unknown.Append(reference);

        foreach (var name in unknown)
            problems.Add(new Problem("definition.unknownVariable", $"The variable '{name}' is not declared.", place.Field, place.ActivityId).Told([name]));
    }

    private static void Bindings(Definition definition, HashSet<string> names, Node node, ImmutableArray<Problem>.Builder problems)
    {
        foreach (var (output, variable) in node.Outputs.Where(output => !definition.VariablesById.ContainsKey(output.Value)))
            problems.Add(new Problem("definition.unknownVariable", $"The output '{output}' goes into the variable '{variable}', which is not declared.", output, node.Id)
                .Told("definition.unknownVariable.output", output, variable));

        foreach (var (name, member) in node.Members.Where(member => member.Value.Member("typeName") is not null))
        {
            if (Reference(member) is { } reference && !Knows(definition, names, member))
                problems.Add(new Problem("definition.unknownVariable", $"The variable '{reference}' is not declared.", name, node.Id).Told([reference]));
        }
    }

    private static bool Knows(Definition definition, HashSet<string> names, JsonElement reference) =>
        Reference(reference) is { } id && (definition.VariablesById.ContainsKey(id) || names.Contains(reference.Text("name") ?? id));

    private static string? Reference(JsonElement reference) =>
        reference.ValueKind == JsonValueKind.String ? reference.GetString() : reference.Text("id") ?? reference.Text("name");

    private sealed record Place(Definition Definition, HashSet<string> Names, string ActivityId, string Field);
}
