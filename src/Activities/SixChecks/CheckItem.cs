using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Referrals;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.SixChecks;

/// <summary>The social-work station checks one of the six items (A42, FA-041 to FA-047): everybody drawn is looked at, and each finding is an action with an owner and a day.</summary>
/// <remarks>Where a township has no station its clerk checks. Late, the county is told and the task stands; nothing found is told where other sources show problems.</remarks>
[ChangesRecords]
[Activity("Relief Visits", "Has one of the six items of a 666 check looked at.", Chinese = "逐项检查", Waits = true)]
[Outcomes("Clean", "Findings")]
public sealed class CheckItem : AskedStep<CheckScene>
{
    private static readonly string[] Titles = ["一查重病重残对象照护", "二查脱贫户纳保", "三查突发困难家庭临时救助", "四查因病致贫患者医疗救助", "五查低保亲属备案", "六查系统信息归档"];

    [Input("The run.", Chinese = "检查批次")]
    public required string RunId { get; init; }

    [Input("Which of the six: 1 to 6.", Chinese = "第几项")]
    public required int Item { get; init; }

    protected override async Task<CheckScene> Scene(ReliefDbContext db, ActivityContext context, CancellationToken cancellationToken) =>
        new(db, await new CheckBook(db).Get(RunId, cancellationToken), context) { Sheet = await new CheckBook(db).Sheet(RunId, Item, cancellationToken) };

    protected override async Task<Question> Ask(CheckScene scene, CancellationToken cancellationToken)
    {
        var township = scene.Run.AreaCode;
        var stations = await new StaffQueries(scene.Db).Able(ReliefRoles.SocialWorkStation, township, ChinaTime.DayOf(scene.Context.Now), cancellationToken);
        return new Question("check666.item" + Item, Titles[Item - 1], stations.Count > 0 ? ReliefRoles.SocialWorkStation : ReliefRoles.ReliefClerk, township)
        {
            Outcomes = ["Clean", "Findings"],
            Form = [FormField.Of("checked", "已查人数", "integer", "Clean", "Findings"), FormField.Of("findings", "发现的问题", "array", "Findings")],
            Data = new { run = RunId, item = Item, scene.Sheet!.Population, scene.Sheet.Sampled }, DueAt = scene.Run.DueAt
        };
    }

    protected override async Task<StepEnd> Decide(CheckScene scene, Answer answer, CancellationToken cancellationToken)
    {
        var sheet = scene.Sheet!;
        if (answer.Number("checked") != sheet.Sampled)
            return StepEnd.Not("SampleNotChecked");
        var findings = answer.Has("findings") ? answer.ListOf<CheckFinding>("findings") : [];
        if (findings is null || findings.Count > 0 != (answer.Decision == "Findings"))
            return StepEnd.Not("FindingsUnfit");
        var deed = scene.Context.DeedOf("check", answer.By);
        var desk = new FindingDesk(scene.Db, scene.Run, sheet);
        if (await desk.Problem(findings, ChinaTime.DayOf(deed.At), cancellationToken) is { } problem)
            return StepEnd.Not(problem);
        var (done, actions) = await new CheckBook(scene.Db).Done(sheet, (sheet.Sampled, await desk.Actions(findings, deed, cancellationToken)), deed, cancellationToken);
        Message[] odd = done.Anomaly ? [Tell.Unit("check666.zero", "K", scene.CountyCode, new { township = scene.Run.AreaCode, item = Item, period = scene.Run.Period })] : [];
        return StepEnd.By(answer.Decision, [.. actions.Select(StartOf), .. odd, scene.Changed]);
    }

    protected override IEnumerable<Message> Nudges(CheckScene scene, Question question, bool isLate) =>
        [Tell.Unit(isLate ? "check666.late" : "check666.remind", isLate ? "K" : "C", isLate ? scene.CountyCode : scene.Run.AreaCode, new { item = Item, period = scene.Run.Period, township = scene.Run.AreaCode })];

    private static Message StartOf(CheckAction action)
    {
        var key = "check666.action:" + action.Id;
        return Message.Of(new ChildStart(InstanceIds.Of(key), "procedure.check666.action", Json(new { actionId = action.Id }), key, key));
    }
}
