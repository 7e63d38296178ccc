using System.Text.Json;

namespace Relief.Flow.Workflows.Library;

/// <summary>What the activities that call a web address have in common: the request, how often it may happen, and what becomes of its answer.</summary>
/// <remarks>
/// It leaves by the outbox after the commit, under a stable <c>Idempotency-Key</c>. As an <see cref="EffectClass.Outbox"/> effect nobody waits for the answer; as a
/// <see cref="EffectClass.Request"/> it may be repeated and its answer is applied once; with <see cref="EffectClass.AtMostOnce"/> it is never repeated by itself, and
/// when nobody knows whether it arrived, a person says so.
/// </remarks>
public abstract class OutgoingRequest : Activity
{
    [Input("The address.", Chinese = "地址", Hint = UiHints.SingleLine)]
    public required string Url { get; init; }

    [Input("The method.", Chinese = "方法", Hint = UiHints.Dropdown, Options = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"], Default = "GET")]
    public string Method { get; init; } = "GET";

    [Input("The body: text or JSON.", Chinese = "正文", Hint = UiHints.MultiLine)]
    public JsonElement Content { get; init; }

    [Input("The body's type.", Chinese = "正文类型", Hint = UiHints.Dropdown,
        Options = ["application/json", "text/plain", "text/html", "application/xml", "application/x-www-form-urlencoded"], Default = "application/json")]
    public string? ContentType { get; init; }

    [Input("The Authorization header.", Chinese = "授权", Hint = UiHints.SingleLine)]
    public string? Authorization { get; init; }

    [Input("Accepted and not needed: the header is sent as it is given.", Chinese = "不检查授权头", Hint = UiHints.Checkbox, Default = false)]
    public bool DisableAuthorizationHeaderValidation { get; init; }

    [Input("Further headers: an object.", Chinese = "请求头", Hint = UiHints.JsonEditor)]
    public Dictionary<string, string>? RequestHeaders { get; init; }

    [Input("Outbox: nobody waits for the answer. Request: it may be repeated, its answer is applied once. AtMostOnce: never repeated by itself.", Chinese = "效果类别",
        Hint = UiHints.Dropdown, Options = [nameof(EffectClass.Outbox), nameof(EffectClass.Request), nameof(EffectClass.AtMostOnce)], Default = nameof(EffectClass.Request))]
    public EffectClass Effect { get; init; } = EffectClass.Request;

    [Output("The answer's body.", Chinese = "响应正文")]
    public JsonElement Result { get; private set; }

    [Output("The answer's body, as JSON where it is JSON.", Chinese = "解析后的正文")]
    public JsonElement ParsedContent { get; private set; }

    [Output("The answer's status; 0 when none came.", Chinese = "状态码")]
    public int StatusCode { get; private set; }

    [Output("The answer's headers.", Chinese = "响应头")]
    public Dictionary<string, string>? ResponseHeaders { get; private set; }

    /// <summary>What follows an answer, or its absence.</summary>
    protected abstract ActivityResult Answered(ActivityContext context, HttpReply reply);

    /// <summary>What follows a request that was sent, or is known to have happened, without an answer to look at.</summary>
    protected abstract ActivityResult Sent();

    protected internal sealed override Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(Url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            return Fault("http.address", $"'{Url}' is not an http or https address.");
        }

        return Effect switch
        {
            EffectClass.Outbox => Task.FromResult(Sent() with { Send = [Message.Of(Call())] }),
            EffectClass.Request or EffectClass.AtMostOnce => WaitAt([Request()]),
            _ => Fault("http.effect", "The effect must be Outbox, Request or AtMostOnce.")
        };
    }

    protected internal sealed override Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        if (wakeup.As<HttpReply>() is { } reply && wakeup.Kind == BookmarkKind.Reply)
        {
            if (reply.OutcomeUnknown)
            {
                return WaitAt([Bookmark.For("unknown", Question())]);
            }

            (StatusCode, Result, ParsedContent, ResponseHeaders) = (reply.Status, reply.Body, reply.Body, reply.Headers);
            return Task.FromResult(Answered(context, reply));
        }

        // Somebody has asked the other side: it happened, or it is done for the first time now.
        return wakeup.As<TaskDecision>()?.Outcome == UnknownOutcome.Happened ? Task.FromResult(Sent()) : WaitAt([Request()]);
    }

    protected Faulted Unanswered(HttpReply reply) =>
        new("request.failed", reply.Error ?? $"{new Uri(Url).Host} answered {reply.Status}.");

    private Bookmark Request() => Bookmark.Reply("reply", Message.Of(Call(), Effect));

    private HttpCall Call()
    {
        Dictionary<string, string> headers = new(RequestHeaders ?? [], StringComparer.OrdinalIgnoreCase);
        if (!string.IsNullOrWhiteSpace(Authorization))
        {
            headers["Authorization"] = Authorization;
        }

        return new HttpCall(Method.ToUpperInvariant(), Url, headers.Count == 0 ? null : headers, Content, ContentType);
    }

    private HumanTask Question() => new()
    {
        Title = $"核实请求是否已到达 {new Uri(Url).Host}",
        Kind = UnknownOutcome.Kind,
        Role = "operator",
        Outcomes = UnknownOutcome.Answers
    };
}
