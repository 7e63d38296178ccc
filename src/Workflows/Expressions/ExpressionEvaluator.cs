using System.Collections.Immutable;
using System.Text.Json;
using Relief.Flow.Workflows.Definitions;

namespace Relief.Flow.Workflows.Expressions;

/// <summary>Gives expressions their values. Pure but for time limits: the same expression and scope give the same value.</summary>
/// <remarks>
/// What an author can do wrong is an error in the result, never an exception. Literals are lenient, as the designer writes them: <c>"True"</c> stays
/// a text until <see cref="InputBinding"/> binds it to its type. Safe for many threads; scripts and templates are parsed once and kept.
/// </remarks>
public sealed class ExpressionEvaluator(ExpressionLimits limits)
{
    private readonly JavaScript javaScript = new(limits);
    private readonly TextTemplates templates = new(limits);

    public ExpressionEvaluator()
        : this(new ExpressionLimits())
    {
    }

    public ExpressionResult Evaluate(Expression expression, ExpressionScope scope) => expression.Type switch
    {
        Expression.Literal => ExpressionResult.Of(expression.Value),
        Expression.Object => Parsed(expression.Value) is { Error: null } parsed && IsDictionary(parsed.Value) ? Entries(parsed.Value, scope) : Parsed(expression.Value),
        Expression.Variable => Variable(expression.Value, scope),
        Expression.Input => Named(expression.Value) is { } name ? ExpressionResult.Of(scope.InputByName(name)) : ExpressionResult.Wrong("The expression names no input."),
        Expression.JavaScript => Text(expression.Value) is { } script ? javaScript.Evaluate(script, scope) : ExpressionResult.Of(expression.Value),
        Expression.Handlebars => Text(expression.Value) is { } template ? templates.Evaluate(template, scope) : ExpressionResult.Of(expression.Value),
        _ => ExpressionResult.Wrong($"Expressions of the type '{expression.Type}' are not known here.")
    };

    /// <summary>What can be said of the expression before it runs; for the checks of a definition (<c>definition.expression</c>).</summary>
    public ExpressionFacts Inspect(Expression expression)
    {
        switch (expression.Type)
        {
            case Expression.JavaScript when Text(expression.Value) is { } text:
                var script = javaScript.Read(text);
                return new ExpressionFacts(script.Fault, script.VariableNames);
            case Expression.Handlebars when Text(expression.Value) is { } text:
                return new ExpressionFacts(templates.FaultOf(text), []);
            case Expression.Object:
                var parsed = Parsed(expression.Value);
                return parsed.Error is null && IsDictionary(parsed.Value) ? EntryFacts(parsed.Value) : new ExpressionFacts(parsed.Error, []);
            case Expression.Variable or Expression.Input when Named(expression.Value) is null:
                return new ExpressionFacts("it names nothing", []);
            case Expression.Literal or Expression.Variable or Expression.Input or Expression.JavaScript or Expression.Handlebars:
                return new ExpressionFacts(null, []);
            default:
                return new ExpressionFacts($"expressions of the type '{expression.Type}' are not known here", ImmutableArray<string>.Empty);
        }
    }

    // A collection's literal is JSON text in a string; an empty text is no value.
    private static ExpressionResult Parsed(JsonElement value)
    {
        if (Text(value) is not { } text)
            return ExpressionResult.Of(value);

        if (string.IsNullOrWhiteSpace(text))
            return ExpressionResult.Of(default);

        try
        {
            return ExpressionResult.Of(JsonElement.Parse(text));
        }
        catch (JsonException malformed)
        {
            return ExpressionResult.Wrong($"The value is not JSON: {malformed.Message}");
        }
    }

    // As the designer's editor of dictionaries writes them: each entry is an expression of its own.
    private static bool IsDictionary(JsonElement value) =>
        value.ValueKind == JsonValueKind.Object && value.EnumerateObject().Any() && value.EnumerateObject().All(entry => Entry(entry.Value) is not null);

    private static Expression? Entry(JsonElement value) =>
        value.ValueKind == JsonValueKind.Object && value.EnumerateObject().Count() == 2 && value.TryGetProperty("type", out var type) && value.TryGetProperty("value", out var inner)
            && Text(type) is Expression.Literal or Expression.Object or Expression.Variable or Expression.Input or Expression.JavaScript or Expression.Handlebars
            ? new Expression(Text(type)!, inner)
            : null;

    private ExpressionResult Entries(JsonElement entries, ExpressionScope scope)
    {
        Dictionary<string, JsonElement> values = [];
        foreach (var entry in entries.EnumerateObject())
        {
            var result = Evaluate(Entry(entry.Value)!, scope);
            if (result.Error is { } error)
                return ExpressionResult.Wrong($"The entry '{entry.Name}': {error}");

            if (result.Value.ValueKind != JsonValueKind.Undefined)
                values[entry.Name] = result.Value;
        }

        return ExpressionResult.Of(JsonSerializer.SerializeToElement(values));
    }

    private ExpressionFacts EntryFacts(JsonElement entries)
    {
        ExpressionFacts[] all = [.. entries.EnumerateObject().Select(entry => Inspect(Entry(entry.Value)!))];
        return new ExpressionFacts(all.FirstOrDefault(facts => facts.Fault is not null)?.Fault, [.. all.SelectMany(facts => facts.VariableNames).Distinct()]);
    }

    private static ExpressionResult Variable(JsonElement reference, ExpressionScope scope)
    {
        if (Named(reference) is not { } id)
            return ExpressionResult.Wrong("The expression names no variable.");

        var found = scope.VariableById(id);
        if (found.ValueKind == JsonValueKind.Undefined && reference.ValueKind == JsonValueKind.Object && reference.TryGetProperty("name", out var name) && Text(name) is { } called)
            found = scope.VariableByName(called);

        return ExpressionResult.Of(found);
    }

    // {"id": …, "name": …}, or the bare name.
    private static string? Named(JsonElement reference)
    {
        if (reference.ValueKind != JsonValueKind.Object)
            return Text(reference) is { Length: > 0 } bare ? bare : null;

        return (reference.TryGetProperty("id", out var id) ? Text(id) : null) ?? (reference.TryGetProperty("name", out var name) ? Text(name) : null);
    }

    private static string? Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
