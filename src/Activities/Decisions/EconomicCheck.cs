using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Parameters;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Decisions;

/// <summary>Asks the verification centre about the household, where policy wants it (A09, "凡进必核" preset).</summary>
/// <remarks>
/// The centre's adapter hears the notice with the request's number and answers with the event <c>econ:{requestId}</c>,
/// <c>{ "result": "Pass" | "Hit" | "Fail" | "Unavailable" }</c>. Without an answer within a working day people take over (E16).
/// </remarks>
[Activity("Relief Review", "Asks the verification centre about the household, where policy wants it.", Chinese = "经济状况核对", Waits = true)]
[Outcomes(Pass, Hit, Fail, Unavailable)]
public sealed class EconomicCheck(ReliefDatabase database) : Activity
{
    private const string Pass = nameof(Pass);
    private const string Hit = nameof(Hit);
    private const string Fail = nameof(Fail);
    private const string Unavailable = nameof(Unavailable);

    [Input("The case.", Chinese = "个案")]
    public required string CaseId { get; init; }

    [Output("Pass, Hit, Fail, Unavailable or NotRequired.", Chinese = "结果")]
    public string Result { get; private set; } = "NotRequired";

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var records = database.Reading();
        var desk = new CaseDesk(records);
        var scene = await desk.Open(CaseId, cancellationToken);
        var required = await new ParameterQueries(records).Find("economicCheck.required", scene.Case.AreaCode, ChinaTime.DayOf(context.Now), cancellationToken);
        if (required?.Value != "true")
            return await Complete(Pass);
        var deadline = await desk.Deadline(scene, "economicCheck.answer", context.Now, cancellationToken);
        var request = context.Key.ToString("N");
        return await WaitAt([Bookmark.Event("answer", "econ:" + request), Bookmark.Timer("answer.due", deadline.Due, deadline.Rule)],
            Tell.Unit("economic.request", "K", scene.County, new { caseNumber = scene.Case.Number, requestId = request }));
    }

    protected override Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        var answer = FormData.Read<Reply>(wakeup.Payload)?.Result;
        Result = answer is Pass or Hit or Fail ? answer : Unavailable;
        return Complete(Result);
    }

    private sealed record Reply(string? Result);
}
