using System.Text.Json;
using Relief.Flow.Workflows;
using Relief.Flow.Workflows.Runtime;

namespace Relief.Flow.Host.Designer;

/// <summary>One input as the designer edits it: which editor, with which choices.</summary>
internal static class DrawnInput
{
    public static object Of(ActivityDescriptor activity, InputDescriptor input, int order, string language)
    {
        var text = ActivityTexts.Input(activity, input, language);
        return new
        {
            input.Name,
            typeName = Alias(input.Type),
            displayName = text.Name,
            text.Description,
            order,
            isBrowsable = true,
            isSynthetic = false,
            isWrapped = !input.IsPlain,
            uiHint = Hint(input),
            uiSpecifications = Editor(activity, input, language),
            defaultValue = input.Default ?? (Hint(input) == UiHints.Checkbox ? false : null),
            defaultSyntax = "Literal",
            isReadOnly = false,
            isSensitive = false
        };
    }

    /// <summary>The choices and settings of an input's editor, by the editor's name.</summary>
    public static Dictionary<string, object> Editor(ActivityDescriptor activity, InputDescriptor input, string language)
    {
        var items = input.Options.Select(option => new { text = ActivityTexts.Option(activity, input, option, language), value = option, isChecked = false }).ToArray();
        return Hint(input) switch
        {
            UiHints.Dropdown => new() { [UiHints.Dropdown] = new { selectList = new { items, isFlagsEnum = false, sortItems = false } } },
            UiHints.CheckList => new() { [UiHints.CheckList] = new { checkList = new { items, isFlagsEnum = false } } },
            UiHints.RadioList => new() { [UiHints.RadioList] = new { radioList = new { items } } },
            // A number: the designer's panel dies of a text here.
            UiHints.CodeEditor => new() { [UiHints.CodeEditor] = new { language = "javascript", editorHeight = 0 } },
            _ => []
        };
    }

    public static string Alias(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type.IsArray)
            return $"List<{Alias(type.GetElementType()!)}>";

        return type.IsEnum || type == typeof(JsonElement) ? type.IsEnum ? "String" : "Object"
            : type == typeof(string) || type.IsPrimitive || type == typeof(decimal) || type == typeof(Guid) || type == typeof(TimeSpan) || type == typeof(DateTimeOffset) || type == typeof(DateOnly)
                ? type.Name
                : "Object";
    }

    private static string Hint(InputDescriptor input)
    {
        if (input.Hint is { } hint)
            return hint;

        var type = Nullable.GetUnderlyingType(input.Type) ?? input.Type;
        return input.Options.Length > 0 ? UiHints.Dropdown
            : type == typeof(bool) ? UiHints.Checkbox
            : type == typeof(DateTimeOffset) ? UiHints.DateTimePicker
            : type == typeof(string[]) ? UiHints.MultiText
            : type == typeof(JsonElement) || type.IsArray || !type.IsValueType && type != typeof(string) ? UiHints.JsonEditor
            : UiHints.SingleLine;
    }
}
