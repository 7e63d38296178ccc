using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using HandlebarsDotNet;

namespace Relief.Flow.Workflows.Expressions;

/// <summary>Fills Handlebars templates with variables, inputs and the instance's ids. Plain text: nothing is escaped for HTML.</summary>
/// <remarks>
/// Names: <c>{{variables.x}}</c>, <c>{{inputs.x}}</c>, <c>{{correlationId}}</c>, <c>{{instanceId}}</c>, <c>{{now}}</c>, and every variable and input
/// by its bare name. A name that is not known is empty; a helper that is not known is an error. Partials are refused: they can recurse.
/// </remarks>
internal sealed partial class TextTemplates(ExpressionLimits limits)
{
    private readonly BoundedCache<(HandlebarsTemplate<TextWriter, object, object>? Template, string? Fault)> compiled = new(limits.CachedSources);

    private readonly IHandlebars handlebars = Handlebars.Create(new HandlebarsConfiguration
    {
        NoEscape = true,
        FormatProvider = CultureInfo.InvariantCulture,
        ThrowOnUnresolvedBindingExpression = false
    });

    /// <summary>Why the template does not compile; null when it does.</summary>
    public string? FaultOf(string template) => compiled.Get(template, Compile).Fault;

    public ExpressionResult Evaluate(string template, ExpressionScope scope)
    {
        var (run, fault) = compiled.Get(template, Compile);
        if (run is null)
            return ExpressionResult.Wrong($"The template does not parse: {fault}");

        var meter = new ScriptMeter(limits);
        meter.Restart();
        using var writer = new BoundedWriter(meter);
        try
        {
            run(writer, Data(scope, meter), null);
            return ExpressionResult.Of(JsonSerializer.SerializeToElement(writer.ToString()));
        }
#pragma warning disable CA1031 // As with scripts: whatever a template makes the library throw is the template's fault.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            return ExpressionResult.Wrong(failure.GetBaseException() is ScriptLimitException limit ? $"The template was stopped: {limit.Message}" : $"The template failed: {failure.Message}");
        }
    }

    private (HandlebarsTemplate<TextWriter, object, object>? Template, string? Fault) Compile(string template)
    {
        if (template.Length > limits.MaxSource)
            return (null, $"it has {template.Length} characters; {limits.MaxSource} are allowed.");

        if (PartialForm().IsMatch(template))
            return (null, "partials and inline blocks ({{> …}}, {{#* …}}) are not available.");

        try
        {
            return (handlebars.Compile(new StringReader(template)), null);
        }
#pragma warning disable CA1031 // The library throws many kinds for what an author mistyped.
        catch (Exception refused)
#pragma warning restore CA1031
        {
            return (null, refused.Message);
        }
    }

    private static Dictionary<string, object?> Data(ExpressionScope scope, ScriptMeter meter)
    {
        var inputs = scope.InputNames.ToDictionary(name => name, name => Plain(scope.InputByName(name), meter), StringComparer.Ordinal);
        var variables = scope.VariableNames.Distinct(StringComparer.Ordinal).ToDictionary(name => name, name => Plain(scope.VariableByName(name), meter), StringComparer.Ordinal);
        var data = new Dictionary<string, object?>(inputs, StringComparer.Ordinal);
        foreach (var (name, value) in variables)
            data[name] = value;

        data["variables"] = variables;
        data["inputs"] = inputs;
        data["correlationId"] = scope.CorrelationId;
        data["instanceId"] = scope.InstanceId;
        data["now"] = scope.Now.ToString("O", CultureInfo.InvariantCulture);

        return data;
    }

    // Only texts, truth values, lists and dictionaries: a template reaches nothing of .NET but their lengths.
    private static object? Plain(JsonElement value, ScriptMeter meter) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => decimal.TryParse(value.GetRawText(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : value.GetRawText(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Object => value.EnumerateObject().ToDictionary(member => member.Name, member => Plain(member.Value, meter), StringComparer.Ordinal),
        JsonValueKind.Array => new MeteredList([.. value.EnumerateArray().Select(item => Plain(item, meter))], meter),
        _ => null
    };

    [GeneratedRegex(@"\{\{\{?~?\s*(#?\s*>|#\s*\*|\*)", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex PartialForm();

    private sealed class BoundedWriter(ScriptMeter meter) : StringWriter(CultureInfo.InvariantCulture)
    {
        public override void Write(char value)
        {
            Check(1);
            base.Write(value);
        }

        public override void Write(string? value)
        {
            Check(value?.Length ?? 0);
            base.Write(value);
        }

        public override void Write(char[] buffer, int index, int count)
        {
            Check(count);
            base.Write(buffer, index, count);
        }

        private void Check(int more)
        {
            meter.CheckText(GetStringBuilder().Length + more);
            meter.Check();
        }
    }
}
