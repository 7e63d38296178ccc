using System.Text.Json;

namespace Relief.Flow.Workflows.Library;

/// <summary><c>Elsa.WriteHttpResponse</c>: answers the request that came last, when its caller still waits.</summary>
/// <remarks>The answer is kept with the commit that decided it, so a repeated request with the same key gets the same. Without a request it does nothing.</remarks>
[Activity("HTTP", "Answers the request that came last.", Type = "Elsa.WriteHttpResponse", Chinese = "HTTP 响应")]
public sealed class WriteHttpResponse : Activity
{
    [Input("The status, by number or name.", Chinese = "状态码", Hint = UiHints.SingleLine, Default = "OK")]
    public JsonElement StatusCode { get; init; }

    [Input("The body: a text as it is, anything else as JSON.", Chinese = "内容")]
    public JsonElement Content { get; init; }

    [Input("The body's type; found by the content when it is empty.", Chinese = "内容类型")]
    public string? ContentType { get; init; }

    [Input("Further headers: an object.", Chinese = "响应头", Hint = UiHints.Dictionary)]
    public Dictionary<string, JsonElement>? ResponseHeaders { get; init; }

    protected internal override Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        if (StatusOf(StatusCode) is not { } status)
        {
            return Fault("http.status", $"{StatusCode} is not a status between 200 and 599.");
        }

        var hasBody = Content.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null);
        var isText = Content.ValueKind == JsonValueKind.String;
        var answer = new HttpAnswer(
            Guid.Empty, status, hasBody ? isText ? Content.GetString() : Content.GetRawText() : null,
            !hasBody ? null : string.IsNullOrWhiteSpace(ContentType) ? isText ? "text/plain" : "application/json" : ContentType,
            (ResponseHeaders ?? []).ToDictionary(header => header.Key, header => header.Value.ValueKind == JsonValueKind.String ? header.Value.GetString()! : header.Value.GetRawText()));
        return Task.FromResult<ActivityResult>(new Completed(Done) { Deeds = [new AnswerRequest(answer)] });
    }

    // 200, "200", "OK" and "NotFound" as the designer writes them.
    private static int? StatusOf(JsonElement value)
    {
        var text = value.ValueKind == JsonValueKind.String ? value.GetString() : value.ValueKind == JsonValueKind.Number ? value.GetRawText() : "";
        return string.IsNullOrWhiteSpace(text) ? 200
            : Enum.TryParse<System.Net.HttpStatusCode>(text, ignoreCase: true, out var named) && (int)named is >= 200 and <= 599 ? (int)named : null;
    }
}
