using System.Text.Json;
using Relief.Flow.Workflows.Definitions;
using Relief.Flow.Workflows.Expressions;

namespace Relief.Flow.Tests.Expressions;

/// <summary>Expressions over a few given values.</summary>
internal static class Scope
{
    private static readonly ExpressionEvaluator Evaluator = new();

    public static readonly DateTimeOffset Now = new(2026, 11, 22, 8, 0, 0, TimeSpan.FromHours(8));

    public static ExpressionScope Of(string variables = "{}", string inputs = "{}")
    {
        var (given, put) = (JsonElement.Parse(variables), JsonElement.Parse(inputs));

        return new ExpressionScope
        {
            VariableById = id => Find(given, id),
            VariableByName = name => Find(given, name),
            InputByName = name => Find(put, name),
            VariableNames = [.. given.EnumerateObject().Select(member => member.Name)],
            InputNames = [.. put.EnumerateObject().Select(member => member.Name)],
            OutputOf = (activity, output) => JsonSerializer.SerializeToElement($"{activity}.{output}"),
            LastResult = JsonElement.Parse("7"),
            Now = Now,
            InstanceId = "i1",
            CorrelationId = "家庭-1",
            DefinitionId = "forms"
        };
    }

    public static ExpressionResult Evaluate(string type, object? value, string variables = "{}", string inputs = "{}") =>
        Evaluator.Evaluate(new Expression(type, JsonSerializer.SerializeToElement(value)), Of(variables, inputs));

    public static ExpressionFacts Inspect(string type, string value) => Evaluator.Inspect(new Expression(type, JsonSerializer.SerializeToElement(value)));

    /// <summary>The value of a script as JSON text; <c>undefined</c> when it has none.</summary>
    public static string Script(string script, string variables = "{}", string inputs = "{}")
    {
        var result = Evaluate(Expression.JavaScript, script, variables, inputs);
        Assert.Null(result.Error);

        return result.Value.ValueKind == JsonValueKind.Undefined ? "undefined" : result.Value.GetRawText();
    }

    private static JsonElement Find(JsonElement values, string name) => values.TryGetProperty(name, out var value) ? value : default;
}
