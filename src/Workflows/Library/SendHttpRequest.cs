using System.Collections.Immutable;
using System.Text.Json;

namespace Relief.Flow.Workflows.Library;

/// <summary><c>Elsa.SendHttpRequest</c>: a call with an answer; an activity inside it may follow each expected status, any other status, and no answer.</summary>
/// <remarks>What is neither expected nor drawn is an incident, or the port <c>Failed</c> when that is connected.</remarks>
[Activity("HTTP", "Calls a web address and waits for the answer.", Type = "Elsa.SendHttpRequest", Chinese = "发送 HTTP 请求", Waits = true, Effect = EffectClass.Request,
    Embedded = [Unmatched, NoConnection, NoAnswer])]
[Outcomes(Done, Failed, Optional = [Failed])]
public sealed class SendHttpRequest : OutgoingRequest
{
    public const string Failed = nameof(Failed);

    private const string Unmatched = "unmatchedStatusCode";
    private const string NoConnection = "failedToConnect";
    private const string NoAnswer = "timeout";

    [Input("Statuses that are a good answer, and what to run for each; empty for all below 400.", Chinese = "期望状态码", IsPlain = true, Hint = UiHints.HttpStatusCodes)]
    public JsonElement ExpectedStatusCodes { get; init; }

    protected override ActivityResult Sent() => new Completed(Done);

    protected override ActivityResult Answered(ActivityContext context, HttpReply reply)
    {
        if (reply.Error is not null || reply.Status == 0)
        {
            return Inside(context, reply.TimedOut ? NoAnswer : NoConnection) ?? Refused(context, reply);
        }

        var expected = Expected();
        if (expected.IndexOf(reply.Status) is >= 0 and var position)
        {
            return Inside(context, $"expectedStatusCodes[{position}]") ?? new Completed(Done);
        }

        var isGood = expected.IsEmpty && reply.Status < 400;
        return isGood ? new Completed(Done) : Inside(context, Unmatched) ?? Refused(context, reply);
    }

    private static Completed? Inside(ActivityContext context, string member) =>
        context.Embedded.Contains(member) ? new Completed(Done) { Deeds = [new RunInside(member)] } : null;

    private ActivityResult Refused(ActivityContext context, HttpReply reply) => context.HasPort(Failed) ? new Completed(Failed) : Unanswered(reply);

    // The format has cases with a status and an activity; bare numbers are taken too.
    private ImmutableArray<int> Expected() => ExpectedStatusCodes.ValueKind != JsonValueKind.Array
        ? []
        : [.. ExpectedStatusCodes.EnumerateArray().Select(one => one.ValueKind == JsonValueKind.Object && one.TryGetProperty("statusCode", out var code) ? code : one)
            .Select(code => int.TryParse(code.ToString(), out var status) ? status : 0)];
}
