using System.Text.Json;
using System.Text.Json.Nodes;

namespace Relief.Flow.Workflows;

/// <summary>The last look at a message for an outside system, at the moment it leaves: whether it still may, what it carries sealed, which no database holds in clear, and who must not hear of it.</summary>
/// <param name="open">Opens one sealed text.</param>
/// <param name="mayLeave">Whether a body may still leave: a consent may have been taken back since it was decided.</param>
/// <param name="notTold">Who must not hear of a notice to a receiver; null for nobody.</param>
public sealed class Departures(
    Func<string, string> open, Func<JsonElement, DateTimeOffset, CancellationToken, Task<bool>> mayLeave, Func<string, CancellationToken, Task<IReadOnlyList<string>?>> notTold)
{
    private const string Mark = "$sealed";

    /// <summary>Opens nothing and lets everything leave.</summary>
    public static Departures Open { get; } = new(text => text, (_, _, _) => Task.FromResult(true), (_, _) => Task.FromResult<IReadOnlyList<string>?>(null));

    /// <summary>A sealed text as a body holds it.</summary>
    public static JsonObject Sealed(string sealedText) => new() { [Mark] = sealedText };

    /// <summary>Whether a body may still leave.</summary>
    /// <param name="body">What would leave.</param>
    /// <param name="now">Business time.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public Task<bool> MayLeave(JsonElement body, DateTimeOffset now, CancellationToken cancellationToken) => mayLeave(body, now, cancellationToken);

    /// <summary>Who must not hear of a notice, although whoever hands it on takes them for the one to tell; null for nobody.</summary>
    /// <param name="to">The receiver of the notice.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public Task<IReadOnlyList<string>?> NotTold(string to, CancellationToken cancellationToken) => notTold(to, cancellationToken);

    /// <summary>The body with every sealed text in clear.</summary>
    public JsonElement Unsealed(JsonElement body) => body.ValueKind is JsonValueKind.Object or JsonValueKind.Array && body.GetRawText().Contains(Mark, StringComparison.Ordinal)
        ? FlowJson.Of(Opened(JsonNode.Parse(body.GetRawText())))
        : body;

    private JsonNode? Opened(JsonNode? node) => node switch
    {
        JsonObject { Count: 1 } one when one[Mark] is JsonValue text => JsonValue.Create(open(text.GetValue<string>())),
        JsonObject all => new JsonObject(all.Select(pair => KeyValuePair.Create(pair.Key, Opened(pair.Value)))),
        JsonArray list => new JsonArray([.. list.Select(Opened)]),
        _ => node?.DeepClone()
    };
}
