using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Areas;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Changes;
using Relief.Flow.Activities.Discoveries;
using Relief.Flow.Activities.Grids;
using Relief.Flow.Activities.Parameters;
using Relief.Flow.Activities.Referrals;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Activities.Surveys;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Matching;

/// <summary>A person looks whether a hit is so: the grid worker at home within 10 working days, or the township within one where relief may be lost (P17 step 5, ZZ-006).</summary>
/// <remarks>
/// Nothing stops by a hit. A confirmed one of class A or B is a discovery; a confirmed loss is told to township and county and
/// begins a change (P12), in which people decide. Nobody is unreachable before three attempts on two days. Kin of the person do not check. Late, the county is told and the task stands.
/// Where a cell of the grid covers the village, whoever has it today has the task at once.
/// </remarks>
[ChangesRecords]
[Activity("Relief Matching", "Has a person look whether a hit is so.", Chinese = "入户核查", Waits = true)]
[Outcomes("Confirmed", "NotConfirmed", "Unreachable")]
public sealed class CheckHit : Activity
{
    private const string Task = "task";

    [Input("The hit.", Chinese = "预警")]
    public required string HitId { get; init; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var hit = await new HitBook(db).Get(HitId, cancellationToken);
        var question = await Ask(db, hit, cancellationToken);
        var due = await new Deadlines(db).Of(question.DueKey!, question.Unit, context.Now, cancellationToken);
        var worker = await Worker(db, hit, question, context, cancellationToken);
        return new Waiting([.. due.Bookmarks(Task, TaskOf(question, null) with { Assignee = worker })])
        {
            Memo = Json(due.Due),
            Send = [worker is null ? Tell.Unit("match.hit", question.Audience, question.Unit, new { hit = HitId }) : Tell.Staff("match.hit", question.Audience, worker, new { hit = HitId })]
        };
    }

    protected override async Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var hit = await new HitBook(db).Get(HitId, cancellationToken);
        var question = await Ask(db, hit, cancellationToken);
        if (wakeup.IsTimer)
            return new Waiting([])
            {
                Send = [wakeup.Bookmark == Task + ".due" ? Tell.Unit("match.overdue", "K", hit.CountyCode, new { hit = HitId }) : Tell.Unit("match.remind", question.Audience, question.Unit, new { hit = HitId })]
            };
        var answer = Answer.From(wakeup);
        var end = await Decide(db, hit, (question, answer), context.DeedOf("check", answer.By), cancellationToken);
        return end.Outcome is { } outcome
            ? new Completed(outcome) { Send = [.. end.Send] }
            : new Waiting([Bookmark.For($"{Task}.again-{context.KeyFor(wakeup.Bookmark):N}", TaskOf(question, end.Problem) with
            {
                Due = context.Memo?.GetDateTimeOffset(), Assignee = await Worker(db, hit, question, context, cancellationToken)
            })]);
    }

    // A ground that may be gone is looked into by the procedure of a change (P12): a hearing and a second person before anything is taken away.
    private static IEnumerable<Message> ChangeOf(MatchHit hit, string finding, string by) => hit.PersonId is not { } person ? [] :
    [
        Message.Of(ChangeStart.Of(person, hit.Kind == "address" ? ChangeKind.Address : ChangeKind.Income, (ChangeOrigin.DataMatch, hit.Id), (finding, by, hit.EventOn)))
    ];

    private static bool IsAtHome(MatchHit hit) => hit.Warning is WarningClass.A or WarningClass.B;

    // Kin do not check, and whoever does not work here any more cannot: then it is to be claimed, as where there is no cell.
    private static async Task<string?> Worker(ReliefDbContext db, MatchHit hit, Question question, ActivityContext context, CancellationToken cancellationToken) =>
        IsAtHome(hit) && await new GridQueries(db).WorkerOf(hit.AreaCode, ChinaTime.DayOf(context.Now), cancellationToken) is { } worker && !question.Excluded.Contains(worker) ? worker : null;

    private static async Task<Question> Ask(ReliefDbContext db, MatchHit hit, CancellationToken cancellationToken)
    {
        var rule = (await new RuleBook(db).Of(hit.CountyCode, hit.RuleVersion, cancellationToken)).Single(rule => rule.DataSet == hit.DataSet);
        var data = new { hit.PersonId, hit.Reference, hit.EventOn, rule.Ask, warning = hit.Warning.ToString() };
        var kin = hit.PersonId is { } person ? await new StaffQueries(db).KinOf(person, cancellationToken) : [];
        return IsAtHome(hit)
            ? new Question("match.home", "入户核查比对预警", ReliefRoles.GridWorker, hit.AreaCode)
            {
                Outcomes = ["Confirmed", "NotConfirmed", "Unreachable"],
                Form =
                [
                    FormField.Of("finding", "核查情况", "string", "Confirmed", "NotConfirmed"), FormField.Of("risk", "风险", "string").OneOf(Enum.GetNames<DiscoveryRisk>()), FormField.Of("attempts", "三次以上上门时间", "array", "Unreachable")
                ],
                Data = data, Excluded = kin, DueKey = "dataMatch.verify", Audience = "V"
            }
            : new Question("match.loss", "核实可能失去救助条件的预警", ReliefRoles.ReliefClerk, await new AreaQueries(db).TownshipOf(hit.AreaCode, cancellationToken))
            {
                Outcomes = ["Confirmed", "NotConfirmed"], Form = [FormField.Of("finding", "核查情况", "string", "Confirmed", "NotConfirmed")], Data = data, Excluded = kin, DueKey = "dataMatch.loss"
            };
    }

    private static async Task<StepEnd> Decide(ReliefDbContext db, MatchHit hit, (Question Question, Answer Answer) asked, Deed deed, CancellationToken cancellationToken)
    {
        var (question, answer) = asked;
        var finding = answer.Text("finding");
        if (!question.Outcomes.Contains(answer.Decision))
            return StepEnd.Not("UnknownDecision");
        if (answer.Decision != "Unreachable" && finding is not { Length: > 0 and <= 1000 })
            return StepEnd.Not("FindingMissing");
        if (answer.Decision == "Unreachable" && !WasSought(answer))
            return StepEnd.Not("AttemptsMissing");

        var book = new HitBook(db);
        var isDiscovery = IsAtHome(hit) && answer.Decision == "Confirmed";
        var risk = answer.Text("risk") == nameof(DiscoveryRisk.High) ? DiscoveryRisk.High : DiscoveryRisk.Normal;
        var (isLast, found) = isDiscovery
            ? await book.Discover(hit.Id, (finding!, risk), deed, cancellationToken)
            : (await book.Settle(hit.Id, Enum.Parse<HitStatus>(answer.Decision), finding ?? answer.Decision, deed, cancellationToken), null);
        var township = await new AreaQueries(db).TownshipOf(hit.AreaCode, cancellationToken);
        Message[] told = found is not null ? [Message.Of(DiscoveryBook.StartOf(found))]
            : answer.Decision == "Confirmed" ? [Tell.Unit("match.loss", "C", township, new { hit = hit.Id }), Tell.Unit("match.loss", "K", hit.CountyCode, new { hit = hit.Id }), .. ChangeOf(hit, finding!, answer.By)] : [];
        return StepEnd.By(answer.Decision, [.. told, .. isLast ? new[] { Ended(hit.RunId) } : []]);
    }

    /// <summary>Tells the run that its last open hit was decided.</summary>
    internal static Message Ended(string runId) => Message.Of(new EventPublished(RunBook.Settled(runId), null, Json(new { run = runId })));

    private static bool WasSought(Answer answer) => AttemptCount.Times(answer) is { } times && AttemptCount.Of(times).Unreachable;

    private HumanTask TaskOf(Question question, string? problem) => question.Task(HitId[^Math.Min(HitId.Length, 8)..], "hit:" + HitId, problem);
}
