using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Archive;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Kin;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.Referrals;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.SixChecks;

/// <summary>The owner of an action says what came of it (六落实). What the records can prove they must: an order for care, a filing with the county's survey, the papers in the file.</summary>
/// <remarks>Late, the county is told and the task stands: only an outcome ends it.</remarks>
[ChangesRecords]
[Activity("Relief Visits", "Has the owner of an action say what came of it.", Chinese = "落实情况反馈", Waits = true)]
[Outcomes("Done", "NotPossible")]
public sealed class SettleAction : AskedStep<CheckScene>
{
    private static readonly string[] Kinds = ["check666.care", "check666.apply", "check666.temporary", "check666.medical", "check666.kin", "check666.archive"];
    private static readonly string[] Titles = ["落实照护服务", "落实应保尽保", "落实临时救助", "落实医疗救助", "落实亲属备案", "补齐档案信息"];
    private static readonly OrderStatus[] Nothing = [OrderStatus.Declined, OrderStatus.TimedOut, OrderStatus.Cancelled];

    [Input("The action.", Chinese = "落实事项")]
    public required string ActionId { get; init; }

    protected override async Task<CheckScene> Scene(ReliefDbContext db, ActivityContext context, CancellationToken cancellationToken)
    {
        var book = new CheckBook(db);
        var action = await book.Action(ActionId, cancellationToken);
        return new CheckScene(db, await book.Get(action.RunId, cancellationToken), context) { Action = action };
    }

    protected override Task<Question> Ask(CheckScene scene, CancellationToken cancellationToken)
    {
        var action = scene.Action!;
        var isCounty = action.Owner == scene.CountyCode;
        var data = new { action = action.Id, action.PersonId, action.CaseId, action.Finding, action.DueOn };
        return Task.FromResult(new Question(Kinds[(int)action.Kind], Titles[(int)action.Kind], isCounty ? ReliefRoles.CountyOfficer : ReliefRoles.ReliefClerk, action.Owner)
        {
            Outcomes = ["Done", "NotPossible"],
            Form = [FormField.Of("result", "落实情况", "string", "Done", "NotPossible"), .. action.Kind == ActionKind.Archive ? new[] { FormField.Of("papers", "补充材料", "array") } : []],
            Data = data, Excluded = action.KinStaff is { } kin ? [kin] : [], DueAt = ChinaTime.EndOf(action.DueOn), Audience = isCounty ? "K" : "C",
            Send = [Tell.Unit("check666.action", isCounty ? "K" : "C", action.Owner, new { action = action.Id, due = action.DueOn })]
        });
    }

    protected override async Task<StepEnd> Decide(CheckScene scene, Answer answer, CancellationToken cancellationToken)
    {
        if (answer.Text("result") is not { Length: > 0 and <= 1000 } result)
            return StepEnd.Not("ResultMissing");
        var (action, deed) = (scene.Action!, scene.Context.DeedOf("settle", answer.By));
        var isDone = answer.Decision == "Done";
        if (isDone && action.Kind == ActionKind.Archive && !await File(scene.Db, action, answer, deed, cancellationToken))
            return StepEnd.Not("PaperMissing");
        var (problem, reference) = isDone ? await Proof(scene.Db, action, cancellationToken) : (null, null);
        if (problem is not null)
            return StepEnd.Not(problem);
        await new CheckBook(scene.Db).End(action.Id, (isDone ? ActionOutcome.Done : ActionOutcome.NotPossible, result, reference), deed, cancellationToken);
        return StepEnd.By(answer.Decision, scene.Changed);
    }

    protected override IEnumerable<Message> Nudges(CheckScene scene, Question question, bool isLate) =>
        [Tell.Unit("check666.action", question.Audience, question.Unit, new { action = ActionId, due = scene.Action!.DueOn }), .. isLate ? new[] { Tell.Unit("check666.actionLate", "K", scene.CountyCode, new { action = ActionId }) } : []];

    // Who has no file yet has the papers elsewhere; the words of the result say where.
    private static async Task<bool> File(ReliefDbContext db, CheckAction action, Answer answer, Deed deed, CancellationToken cancellationToken)
    {
        var file = await db.Set<ArchiveFile>().Where(row => row.PersonId == action.PersonId).OrderByDescending(row => row.CreatedAt).FirstOrDefaultAsync(cancellationToken);
        if (file is null)
            return true;
        foreach (var paper in answer.ListOf<FiledPaper>("papers") ?? [])
            await new ArchiveBook(db).File(file.Id, paper, deed.Step(paper.Kind), cancellationToken);
        return await db.Set<ArchiveItem>().AnyAsync(row => row.FileId == file.Id && row.Kind == "needDetermination" && (row.Present || row.ExceptionReason != null), cancellationToken);
    }

    private static async Task<(string? Problem, string? Reference)> Proof(ReliefDbContext db, CheckAction action, CancellationToken cancellationToken)
    {
        switch (action.Kind)
        {
            case ActionKind.Care:
                var order = await db.Set<Order>().Where(row => row.PersonId == action.PersonId && row.CreatedAt >= action.CreatedAt && !Nothing.Contains(row.Status)).OrderBy(row => row.CreatedAt)
                    .Select(row => row.Id).FirstOrDefaultAsync(cancellationToken);
                return order is null ? ("OrderMissing", null) : (null, "order:" + order);
            case ActionKind.KinFiling:
                var filing = await db.Set<KinFilingRecord>().FirstOrDefaultAsync(row => row.CaseId == action.CaseId && row.StaffId == action.KinStaff && row.Status == KinFilingStatus.Filed, cancellationToken);
                var file = await db.Set<Case>().SingleAsync(row => row.Id == action.CaseId, cancellationToken);
                return filing is null ? ("KinNotFiled", null)
                    : file.Flags.Contains(KinFlags.CountySurveyDue) || filing is { DecisionId: not null, Recheck: null } ? ("CountySurveyOpen", null) : (null, "kin-filing:" + filing.Id);
            default:
                return (null, null);
        }
    }
}
