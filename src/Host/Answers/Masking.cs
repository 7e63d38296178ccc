using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Host.Answers;

/// <summary>Hides what identifies a person or an account in values that are shown, by its name and by what it looks like. The one rule of it, for pages and for the API.</summary>
internal static partial class Masking
{
    private static readonly string[] Sensitive =
    [
        "idnumber", "idcard", "phone", "mobile", "telephone", "address", "bankaccount", "accountnumber", "cardnumber", "applicantname", "personname", "fullname", "birthdate",
        "diagnosis", "secret", "password", "token", "身份证", "电话", "手机", "住址", "地址", "账号", "卡号", "姓名"
    ];

    /// <summary>The instance with every sensitive value masked; its shape stays.</summary>
    public static InstanceDetail Masked(this InstanceDetail detail) => detail with
    {
        Input = Masked(detail.Input), Output = Masked(detail.Output), Variables = Masked(detail.Variables), Results = Masked(detail.Results)
    };

    /// <summary>A value without what is sensitive.</summary>
    /// <param name="name">What it is called: a sensitive name hides all of it.</param>
    public static JsonElement Masked(string name, JsonElement value) =>
        Mask(name, value, out var isMasked) is { } shown && isMasked ? JsonSerializer.SerializeToElement(shown) : value;

    /// <summary>A value without what is sensitive, and whether anything of it was.</summary>
    public static JsonNode? Mask(string name, JsonElement value, out bool isMasked)
    {
        isMasked = false;
        return value.ValueKind == JsonValueKind.Undefined ? null : Mask(name, JsonNode.Parse(value.GetRawText()), ref isMasked);
    }

    /// <summary>Text or number as it is read.</summary>
    public static string Plain(JsonValue value) => value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString();

    private static Dictionary<string, JsonElement> Masked(IReadOnlyDictionary<string, JsonElement> values) => values.ToDictionary(one => one.Key, one => Masked(one.Key, one.Value));

    private static JsonNode? Mask(string name, JsonNode? value, ref bool isMasked)
    {
        switch (value)
        {
            case JsonObject members:
                var kept = new JsonObject();
                foreach (var (key, member) in members)
                    kept[key] = Mask(IsSensitive(name) ? name : key, member, ref isMasked);
                return kept;
            case JsonArray items:
                var list = new JsonArray();
                foreach (var item in items)
                    list.Add(Mask(name, item, ref isMasked));
                return list;
            case JsonValue plain when plain.GetValueKind() is JsonValueKind.String or JsonValueKind.Number:
                var text = Plain(plain);
                var masked = IsSensitive(name) ? Hidden(text) : Telling().Replace(text, found => Hidden(found.Value));
                // What was masked before stays so, and is told as such.
                isMasked |= masked != text || text.Contains("**", StringComparison.Ordinal);
                return masked == text ? plain.DeepClone() : masked;
            default:
                return value?.DeepClone();
        }
    }

    /// <summary>Whether all of what goes by this name is hidden.</summary>
    public static bool IsSensitive(string name)
    {
        var plain = name.Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();
        return plain == "name" || Sensitive.Any(word => plain.Contains(word, StringComparison.Ordinal));
    }

    /// <summary>Whether a text has a number in it that tells who somebody is.</summary>
    public static bool Tells(string text) => Telling().IsMatch(text);

    /// <summary>The first character stays, and of what is long the last two: enough to tell two apart, too little to know one.</summary>
    public static string Hidden(string text) => text.Length switch
    {
        0 => text,
        < 8 => text[..1] + new string('*', Math.Max(text.Length - 1, 2)),
        _ => text[..1] + new string('*', 6) + text[^2..]
    };

    // An identity number, a mobile number, a bank card.
    [GeneratedRegex(@"(?<![0-9A-Za-z-])(?:\d{17}[\dXx]|1[3-9]\d{9}|\d{16,19})(?![0-9A-Za-z-])")]
    private static partial Regex Telling();
}
