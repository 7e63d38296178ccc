using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace Relief.Flow.Workflows.Expressions;

/// <summary>Turns an evaluated value into the type that an input has, as leniently as the designer writes values.</summary>
/// <remarks>
/// The designer saves <c>"True"</c>, numbers and durations as texts, and lists and objects as JSON text. An instant without a zone is taken as
/// China's time (+08:00); a duration is <c>00:00:02</c>, <c>3.00:00:00</c> or ISO <c>P3D</c>. Undefined, null and, but for texts, blank are no value.
/// </remarks>
public static partial class InputBinding
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() }, MaxDepth = 64 };

    /// <summary>The bound value, or an error that says what was expected. No value gives null without an error: the input then has its default.</summary>
    public static (object? Value, string? Error) Bind(JsonElement value, Type target)
    {
        var type = Nullable.GetUnderlyingType(target) ?? target;
        if (type == typeof(JsonElement))
            return (value, null);

        if (value.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null)
            return (null, null);

        if (type == typeof(string))
            return (value.ValueKind == JsonValueKind.String ? value.GetString() : value.GetRawText(), null);

        if (type == typeof(object))
            return (value, null);

        if (value.ValueKind == JsonValueKind.String && string.IsNullOrWhiteSpace(value.GetString()))
            return (null, null);

        try
        {
            return (Convert(value, type), null);
        }
        catch (Exception refused) when (refused is FormatException or OverflowException or JsonException or NotSupportedException or ArgumentException or InvalidOperationException)
        {
            return (null, $"{Shown(value)} is not {Named(type)}.");
        }
    }

    private static object? Convert(JsonElement value, Type type)
    {
        var text = value.ValueKind == JsonValueKind.String ? value.GetString()!.Trim() : value.GetRawText();
        if (type == typeof(bool))
            return value.ValueKind == JsonValueKind.Number ? value.GetDecimal() != 0 : bool.Parse(text);

        if (type == typeof(decimal) || type == typeof(double) || type == typeof(float))
            return System.Convert.ChangeType(decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture), type, CultureInfo.InvariantCulture);

        if (type == typeof(int) || type == typeof(long) || type == typeof(short))
            return Whole(text, type);

        if (type == typeof(TimeSpan))
            return Duration(text);

        if (type == typeof(DateTimeOffset))
            return Instant(text);

        if (type == typeof(DateOnly))
            return DateOnly.FromDateTime(Instant(text).DateTime);

        if (type.IsEnum)
            return Enum.Parse(type, text, ignoreCase: true) is var named && Enum.IsDefined(type, named) ? named : throw new FormatException();

        if (type == typeof(Guid))
            return Guid.Parse(text);

        return Structured(value, text, type);
    }

    // 3.0 and 3e2 are whole numbers, 3.5 is not: money and counts are never rounded silently.
    private static object Whole(string text, Type type)
    {
        var number = decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
        return number == decimal.Truncate(number) ? System.Convert.ChangeType(number, type, CultureInfo.InvariantCulture) : throw new FormatException();
    }

    private static TimeSpan Duration(string text)
    {
        if (!text.StartsWith('P'))
            return TimeSpan.Parse(text, CultureInfo.InvariantCulture);

        var match = IsoDuration().Match(text);
        if (!match.Success)
            throw new FormatException();

        decimal Part(string name) => match.Groups[name].Success ? decimal.Parse(match.Groups[name].ValueSpan, CultureInfo.InvariantCulture) : 0;
        var seconds = ((((Part("w") * 7) + Part("d")) * 24 + Part("h")) * 60 + Part("m")) * 60 + Part("s");

        return TimeSpan.FromTicks((long)decimal.Min(seconds * TimeSpan.TicksPerSecond, long.MaxValue));
    }

    // Months and years are not here: how long they are depends on the day they begin.
    [GeneratedRegex(@"^P(?=.)((?<w>\d{1,9})W)?((?<d>\d{1,9})D)?(T(?=.)((?<h>\d{1,9})H)?((?<m>\d{1,9})M)?((?<s>\d{1,9}(\.\d{1,7})?)S)?)?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex IsoDuration();

    private static DateTimeOffset Instant(string text)
    {
        // The designer's calendar writes as its reader's language does: 2026/3/15 上午9:30:00.
        if (text.IndexOfAny(['上', '下']) is > 0 and var half && text[(half + 1)..].StartsWith('午'))
            text = $"{text[..half]}{text[(half + 2)..]} {(text[half] == '上' ? "AM" : "PM")}";

        var given = DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);
        return given.Kind == DateTimeKind.Unspecified
            ? new DateTimeOffset(given, TimeSpan.FromHours(8))
            : DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
    }

    // A list or an object may come as JSON text; a bare text for a list of texts is its only item.
    private static object? Structured(JsonElement value, string text, Type type)
    {
        if (value.ValueKind != JsonValueKind.String)
            return value.Deserialize(type, Web);

        if (text.StartsWith('[') || text.StartsWith('{'))
            return JsonSerializer.Deserialize(text, type, Web);

        return typeof(IEnumerable<string>).IsAssignableFrom(type)
            ? JsonSerializer.SerializeToElement(new[] { text }).Deserialize(type, Web)
            : value.Deserialize(type, Web);
    }

    /// <summary>A value as a message shows it.</summary>
    internal static string Shown(JsonElement value)
    {
        var text = value.GetRawText();
        return text.Length <= 60 ? text : $"{text[..57]}…";
    }

    /// <summary>What kind of value a type takes, as one word: flag, duration, instant, date, choice, whole or number; empty for any other.</summary>
    internal static string KindOf(Type target)
    {
        var type = Nullable.GetUnderlyingType(target) ?? target;
        return type switch
        {
            _ when type == typeof(bool) => "flag",
            _ when type == typeof(TimeSpan) => "duration",
            _ when type == typeof(DateTimeOffset) => "instant",
            _ when type == typeof(DateOnly) => "date",
            _ when type.IsEnum => "choice",
            _ when type == typeof(int) || type == typeof(long) || type == typeof(short) => "whole",
            _ when type == typeof(decimal) || type == typeof(double) || type == typeof(float) => "number",
            _ => ""
        };
    }

    /// <summary>The names among which a type chooses; its own for one that does not.</summary>
    internal static string Detail(Type target) =>
        (Nullable.GetUnderlyingType(target) ?? target) is var type && type.IsEnum ? string.Join(", ", Enum.GetNames(type)) : type.Name;

    private static string Named(Type type) => KindOf(type) switch
    {
        "flag" => "true or false",
        "duration" => "a duration such as 00:30:00 or P3D",
        "instant" => "an instant such as 2026-11-22T08:00:00+08:00",
        "date" => "a date such as 2026-11-22",
        "choice" => $"one of {Detail(type)}",
        "whole" => "a whole number in range",
        "number" => "a number",
        _ => $"a value for {type.Name}"
    };
}
