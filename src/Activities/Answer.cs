using System.Text.Json;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities;

/// <summary>What somebody answered: by a task of the inbox, or by an event from an app.</summary>
/// <param name="Decision">The outcome chosen.</param>
/// <param name="Reason">Why.</param>
/// <param name="By">Who answered.</param>
public sealed record Answer(string Decision, string? Reason, string By)
{
    /// <summary>The form or the event's payload.</summary>
    public JsonElement Data { get; init; }

    /// <summary>The answer in a wakeup: a task's decision, or an event <c>{ decision, reason, by, … }</c>.</summary>
    public static Answer From(Wakeup wakeup)
    {
        if (wakeup.Kind == BookmarkKind.Task)
        {
            var decision = wakeup.As<TaskDecision>()!;
            return new Answer(decision.Outcome, TextOf(decision.Data, "reason"), decision.By) { Data = decision.Data };
        }

        var payload = wakeup.Payload;
        return new Answer(TextOf(payload, "decision") ?? "", TextOf(payload, "reason"), TextOf(payload, "by") ?? "app") { Data = payload };
    }

    /// <summary>A member of the form as text, or none.</summary>
    public string? Text(string name) => TextOf(Data, name);

    /// <summary>A member of the form as a number, or none.</summary>
    public decimal? Number(string name) =>
        Member(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetDecimal(out var number) ? number : null;

    /// <summary>Whether the form has a member, whatever it is.</summary>
    public bool Has(string name) => Member(name) is not null;

    /// <summary>Whether a member of the form says yes; what is no truth value does not.</summary>
    public bool Flag(string name) => Member(name) is { ValueKind: JsonValueKind.True };

    /// <summary>A member of the form as a list, or none.</summary>
    public JsonElement? List(string name) => Member(name) is { ValueKind: JsonValueKind.Array } list ? list : null;

    /// <summary>A member of the form as a list of records; none when it is no list or one of them has another shape.</summary>
    public IReadOnlyList<T>? ListOf<T>(string name) where T : class
    {
        var read = List(name)?.EnumerateArray().Select(FormData.Read<T>).ToList();
        return read is null || read.Contains(null) ? null : [.. read.Select(one => one!)];
    }

    /// <summary>A member of the form as a record, or none.</summary>
    public T? Part<T>(string name) where T : class =>
        Member(name) is { } value ? value.Deserialize<T>(JsonSerializerOptions.Web) : null;

    /// <summary>A value as JSON, in the web's camel case.</summary>
    public static JsonElement Json(object value) => JsonSerializer.SerializeToElement(value, JsonSerializerOptions.Web);

    private JsonElement? Member(string name) => Data.ValueKind == JsonValueKind.Object && Data.TryGetProperty(name, out var value) ? value : null;

    private static string? TextOf(JsonElement data, string name) =>
        data.ValueKind == JsonValueKind.Object && data.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
