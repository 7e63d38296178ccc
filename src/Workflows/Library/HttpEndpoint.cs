using System.Text.Json;

namespace Relief.Flow.Workflows.Library;

/// <summary><c>Elsa.HttpEndpoint</c>: starts an instance by a request to <c>/workflows/{path}</c>, or, inside one, waits for it.</summary>
/// <remarks>
/// The request that it ends with is answered by the next <c>Elsa.WriteHttpResponse</c>. A caller needs a key unless <see cref="Authorize"/> is
/// false. A body above the limit leaves by <c>Request too large</c> when that is asked for; otherwise the caller gets 413 and it waits on.
/// </remarks>
[Activity("HTTP", "Waits for a request from outside.", Type = "Elsa.HttpEndpoint", Chinese = "HTTP 端点", Waits = true, IsTrigger = true)]
[Outcomes(Done, RequestTooLarge)]
public sealed class HttpEndpoint : Activity
{
    public const string RequestTooLarge = "Request too large";

    [Input("The path below /workflows; {name} stands for one part, {*name} for all that is left.", Chinese = "路径")]
    public required string Path { get; init; }

    [Input("The methods that are taken.", Chinese = "方法", Hint = UiHints.CheckList, Options = ["GET", "POST", "PUT", "HEAD", "DELETE", "PATCH"])]
    public string[] SupportedMethods { get; init; } = ["GET"];

    [Input("Whether the caller needs a key.", Chinese = "须授权", Default = true)]
    public bool Authorize { get; init; } = true;

    [Input("What the key must allow, such as start or operate; empty for start.", Chinese = "授权策略")]
    public string? Policy { get; init; }

    [Input("How long the caller waits for the answer, 30 seconds at most.", Chinese = "请求时限")]
    public TimeSpan? RequestTimeout { get; init; }

    [Input("The largest body, in bytes.", Chinese = "正文上限")]
    public long? RequestSizeLimit { get; init; }

    [Input("Leave by 'Request too large' instead of refusing the request.", Chinese = "正文过大时走分支")]
    public bool ExposeRequestTooLargeOutcome { get; init; }

    [Output("The body: JSON, a form as an object, or text.", Chinese = "正文")]
    public JsonElement ParsedContent { get; private set; }

    [Output("The named parts of the path.", Chinese = "路径参数")]
    public JsonElement RouteData { get; private set; }

    [Output("The values of the query.", Chinese = "查询参数")]
    public JsonElement QueryStringData { get; private set; }

    [Output("The headers, without those that hold secrets.", Chinese = "请求头")]
    public JsonElement Headers { get; private set; }

    [Output("The whole request.", Chinese = "结果")]
    public JsonElement Result { get; private set; }

    protected internal override Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken) =>
        context.Trigger is { Kind: TriggerKind.Http } fired ? Take(FlowJson.To<HttpReceived>(fired.Payload)!) : Listen([]);

    protected internal override Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken) => Take(wakeup.As<HttpReceived>()!);

    private Task<ActivityResult> Take(HttpReceived request)
    {
        var isTooLarge = request.Length > RequestSizeLimit;
        if (isTooLarge && !ExposeRequestTooLargeOutcome)
        {
            return Listen([new AnswerRequest(new HttpAnswer(request.RequestId, 413, null, null, []), request.RequestId)]);
        }

        Result = FlowJson.Of(request);
        ParsedContent = isTooLarge ? default : request.Content;
        QueryStringData = FlowJson.Of(request.Query);
        Headers = FlowJson.Of(request.Headers);
        RouteData = FlowJson.Of(HttpRoute.Parse(Path)?.Values(request.Path) ?? []);
        return Task.FromResult<ActivityResult>(new Completed(isTooLarge ? RequestTooLarge : Done) { Deeds = [new TakeRequest(request.RequestId)] });
    }

    private Task<ActivityResult> Listen(IEnumerable<Deed> deeds)
    {
        if (HttpRoute.Parse(Path) is not { } route || SupportedMethods.Length == 0)
        {
            return Fault("http.path", $"'{Path}' is not a path of up to {HttpRoute.MostParts} parts, or no method is given.");
        }

        var name = Authorize ? $"{HttpRoute.GuardedName}:{Policy}" : HttpRoute.OpenName;
        return Task.FromResult<ActivityResult>(new Waiting([.. SupportedMethods.Distinct(StringComparer.OrdinalIgnoreCase)
            .Select(method => Bookmark.Event($"{name} {method.ToUpperInvariant()}", HttpRoute.EventKey(route.KeyOf(method))))])
        {
            Deeds = [.. deeds]
        });
    }
}
