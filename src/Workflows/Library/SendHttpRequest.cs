using System.Text.Json;

namespace Relief.Flow.Workflows.Library;

/// <summary><c>Elsa.SendHttpRequest</c>: a call with an answer. It leaves by the outbox after the commit, under a stable <c>Idempotency-Key</c>.</summary>
/// <remarks>The call may be repeated with the same key; its answer is applied once. Without an answer after all attempts it is an incident, or the port <c>Failed</c> when that is connected.</remarks>
[Activity("HTTP", "Calls a web address and waits for the answer.", Type = "Elsa.SendHttpRequest", Chinese = "发送 HTTP 请求", Waits = true)]
[Outcomes(Done, Failed)]
public sealed class SendHttpRequest : Activity
{
    public const string Failed = nameof(Failed);

    [Input("The address.", Chinese = "地址")]
    public required string Url { get; init; }

    [Input("GET, POST, PUT, PATCH or DELETE.", Chinese = "方法")]
    public string Method { get; init; } = "GET";

    [Input("The body: text or JSON.", Chinese = "正文")]
    public JsonElement Content { get; init; }

    [Input("The body's type.", Chinese = "正文类型")]
    public string? ContentType { get; init; }

    [Input("Further headers: an object.", Chinese = "请求头")]
    public Dictionary<string, string>? RequestHeaders { get; init; }

    [Input("Statuses that are a good answer; empty for all below 400.", Chinese = "期望状态码")]
    public int[] ExpectedStatusCodes { get; init; } = [];

    [Output("The answer's body.", Chinese = "响应正文")]
    public JsonElement Result { get; private set; }

    [Output("The answer's status.", Chinese = "状态码")]
    public int StatusCode { get; private set; }

    protected internal override Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(Url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            return Fault("http.address", $"'{Url}' is not an http or https address.");
        }

        var call = new HttpCall(Method.ToUpperInvariant(), Url, RequestHeaders, Content, ContentType);
        return WaitAt([Bookmark.Reply("reply", Message.Of(call, EffectClass.Request))]);
    }

    protected internal override Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        var reply = wakeup.As<HttpReply>()!;
        StatusCode = reply.Status;
        Result = reply.Body;
        var good = reply.Error is null && (ExpectedStatusCodes.Length == 0 ? reply.Status is > 0 and < 400 : ExpectedStatusCodes.Contains(reply.Status));
        return good ? Complete() : context.HasPort(Failed) ? Complete(Failed) : Fault("request.failed", reply.Error ?? $"{new Uri(Url).Host} answered {reply.Status}.");
    }
}
