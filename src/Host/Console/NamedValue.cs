using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Relief.Flow.Host.Console;

/// <summary>A value as it may be shown: what identifies a person or an account is masked, by its name and by what it looks like.</summary>
/// <param name="IsMasked">Whether anything of it was hidden.</param>
public sealed partial record NamedValue(string Name, string Text, bool IsMasked)
{
    private const int Longest = 2000;

    private static readonly string[] Sensitive =
    [
        "idnumber", "idcard", "phone", "mobile", "telephone", "address", "bankaccount", "accountnumber", "cardnumber", "applicantname", "personname", "fullname", "birthdate",
        "diagnosis", "secret", "password", "token", "身份证", "电话", "手机", "住址", "地址", "账号", "卡号", "姓名"
    ];

    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static NamedValue Of(string name, JsonElement value)
    {
        var isMasked = false;
        var shown = Mask(name, JsonNode.Parse(value.GetRawText()), ref isMasked);
        var text = shown switch
        {
            null => "",
            JsonValue plain => Plain(plain),
            JsonArray list when list.All(item => item is JsonValue) => string.Join(", ", list.Select(item => Plain(item!.AsValue()))),
            JsonObject { Count: 0 } => "",
            _ => shown.ToJsonString(Readable)
        };
        return new NamedValue(name, text.Length > Longest ? text[..Longest] + " …" : text, isMasked);
    }

    private static string Plain(JsonValue value) => value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString();

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
                if (masked == text)
                    return plain.DeepClone();
                isMasked = true;
                return masked;
            default:
                return value?.DeepClone();
        }
    }

    private static bool IsSensitive(string name)
    {
        var plain = name.Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();
        return plain == "name" || Sensitive.Any(word => plain.Contains(word, StringComparison.Ordinal));
    }

    // The first character stays, and of what is long the last two: enough to tell two apart, too little to know one.
    private static string Hidden(string text) => text.Length switch
    {
        0 => text,
        < 8 => text[..1] + new string('*', Math.Max(text.Length - 1, 2)),
        _ => text[..1] + new string('*', 6) + text[^2..]
    };

    // An identity number, a mobile number, a bank card.
    [GeneratedRegex(@"(?<![0-9A-Za-z-])(?:\d{17}[\dXx]|1[3-9]\d{9}|\d{16,19})(?![0-9A-Za-z-])")]
    private static partial Regex Telling();
}
