using System.Globalization;

namespace Relief.Flow.Workflows.Library;

/// <summary><c>Elsa.FlowSendHttpRequest</c>: a call with an answer that leaves by the port of its status.</summary>
/// <remarks>Without expected statuses every answer is <c>Done</c>. A port that is not drawn makes an incident of what would leave by it.</remarks>
[Activity("HTTP", "Calls a web address and leaves by the answer's status.", Type = "Elsa.FlowSendHttpRequest", Chinese = "HTTP 请求（按状态分支）", Waits = true, Effect = EffectClass.Request)]
[Outcomes(Done, Unmatched, NoConnection, NoAnswer, Optional = [Done, Unmatched, NoConnection, NoAnswer])]
public sealed class FlowSendHttpRequest : OutgoingRequest
{
    private const string Unmatched = "Unmatched status code";
    private const string NoConnection = "Failed to connect";
    private const string NoAnswer = "Timeout";

    [Input("Statuses that have a port of their own.", Chinese = "期望状态码", Hint = UiHints.MultiText)]
    public int[] ExpectedStatusCodes { get; init; } = [];

    protected override ActivityResult Sent() =>
        new Completed(ExpectedStatusCodes is [var first, ..] && Effect != EffectClass.Outbox ? PortOf(first) : Done);

    protected override ActivityResult Answered(ActivityContext context, HttpReply reply)
    {
        if (reply.Error is not null || reply.Status == 0)
        {
            return Drawn(context, reply.TimedOut ? NoAnswer : NoConnection, reply);
        }

        if (ExpectedStatusCodes.Contains(reply.Status))
        {
            return new Completed(PortOf(reply.Status));
        }

        return ExpectedStatusCodes.Length == 0 ? new Completed(Done) : Drawn(context, Unmatched, reply);
    }

    private ActivityResult Drawn(ActivityContext context, string port, HttpReply reply) => context.HasPort(port) ? new Completed(port) : Unanswered(reply);

    private static string PortOf(int status) => status.ToString(CultureInfo.InvariantCulture);
}
