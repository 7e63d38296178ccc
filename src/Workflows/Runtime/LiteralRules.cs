using System.Collections.Immutable;
using Relief.Flow.Workflows.Definitions;
using Relief.Flow.Workflows.Expressions;

namespace Relief.Flow.Workflows.Runtime;

/// <summary>What publishing asks of the values that stand in a drawing: each must be one that its input can take, as a run would bind it.</summary>
/// <remarks>Code: <c>definition.wrongValue</c>. What is computed is known only when it runs; then it is the incident <c>input.invalid</c>.</remarks>
internal static class LiteralRules
{
    public static ImmutableArray<Problem> Check(Definition definition, ActivityCatalog catalog) =>
    [
        .. from node in definition.Nodes.Values.OrderBy(node => node.NodeId, StringComparer.Ordinal)
           from input in catalog.Find(node.Type)?.Inputs ?? []
           where !input.IsPlain
           let wrong = Wrong(node, input)
           where wrong is not null
           select wrong
    ];

    private static Problem? Wrong(Node node, InputDescriptor input)
    {
        if (!node.Inputs.TryGetValue(input.JsonName, out var expression) || !IsValue(expression))
        {
            return null;
        }

        var (_, error) = InputBinding.Bind(expression.Value, input.Type);
        return error is null
            ? null
            : new Problem("definition.wrongValue", $"'{node.DisplayText}' has a wrong value for '{input.JsonName}': {error}", input.JsonName, node.Id)
                .Told(Key(input.Type), node.DisplayText, input.JsonName, InputBinding.Shown(expression.Value), InputBinding.Detail(input.Type));
    }

    // An object's members may be expressions themselves.
    private static bool IsValue(Expression expression) =>
        expression.Type == Expression.Literal || (expression.Type == Expression.Object && expression.Value.ToString().TrimStart().StartsWith('['));

    private static string Key(Type type) => InputBinding.KindOf(type) is { Length: > 0 } kind ? $"definition.wrongValue.{kind}" : "definition.wrongValue";
}
