using Relief.Flow.Activities.Archive;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.Parameters;
using Relief.Flow.Activities.People;
using Relief.Flow.Activities.Referrals;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Filing;

/// <summary>Opens a person's file and has it completed: the required papers, or signed reasons for the missing (P09 steps 2 and 3).</summary>
/// <remarks>
/// The supplier keeps the file; where none is bought from (PW3 to PW7), the township does. What the system made itself (need form, plan,
/// agreement) is filed at once. Ten working days; late is told to the county, and it goes on waiting: an incomplete file is never called complete. Several
/// orders of a case may ask for the same file: whoever completes it completes it for all, by the event <c>archive:{fileId}</c>.
/// </remarks>
[ChangesRecords]
[Activity("Relief Archive", "Opens a person's file and has it completed.", Chinese = "归档", Waits = true)]
[Outcomes("Complete", "Exception")]
public sealed class AssembleArchive : Activity
{
    private static readonly string[] Reasons = ["lost", "notApplicable", "pending"];

    [Input("The order.", Chinese = "订单")]
    public required string OrderId { get; init; }

    [Input("The service number.", Chinese = "服务号")]
    public required string ServiceNo { get; init; }

    [Output("The file.", Chinese = "档案")]
    public string FileId { get; private set; } = "";

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var scene = await new OrderScenes(db).Of(OrderId, cancellationToken);
        FileId = (await Opened(db, scene, context, cancellationToken)).Id;
        if (Ended((await new ArchiveQueries(db).Find(FileId, cancellationToken))!.Status) is { } ended)
            return ended;
        var deadline = await new Deadlines(db).Of("archive.complete", scene.TownshipCode, context.Now, cancellationToken);
        var task = TaskFor(scene, FileId, await new ArchiveQueries(db).Missing(FileId, cancellationToken));
        return new Waiting([Bookmark.Event("completed", "archive:" + FileId), .. deadline.Bookmarks("task", task)]) { Send = [TellKeeper("archive.missing", scene)] };
    }

    protected override async Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var scene = await new OrderScenes(db).Of(OrderId, cancellationToken);
        var file = await new ArchiveQueries(db).OfCase(scene.Case.Id, KeeperOf(scene), cancellationToken);
        FileId = file.Id;
        if (wakeup.IsTimer)
            return new Waiting([]) { Send = [wakeup.Bookmark.EndsWith(".due", StringComparison.Ordinal) ? ActivityDeeds.Tell("task.late", "K", scene.Order.CountyCode, scene.Reference) : TellKeeper("task.remind", scene)] };
        if (wakeup.Kind == BookmarkKind.Event)
            return (ActivityResult?)Ended(file.Status) ?? new Waiting([Bookmark.Event("completed", "archive:" + file.Id)]);

        var answer = Answer.From(wakeup);
        var papers = answer.ListOf<FiledPaper>("papers") ?? [];
        var held = (await new ArchiveQueries(db).Papers(file.Id, cancellationToken)).Select(item => item.Kind).ToList();
        if (Wrong(papers, held) is { } problem)
            return await Again((db, context.Now), scene, problem, cancellationToken);

        var status = file.Status;
        foreach (var paper in papers)
            status = (await new ArchiveBook(db).File(file.Id, paper, context.DeedOf("paper:" + paper.Kind, answer.By), cancellationToken)).Status;
        return Ended(status) is { } ended
            ? ended with { Send = [Message.Of(new EventPublished("archive:" + file.Id, null, Json(new { status = status.ToString() })))] }
            : await Again((db, context.Now), scene, "FileIncomplete", cancellationToken);
    }

    // Nothing of an answer is filed when a part of it is wrong.
    private static string? Wrong(IReadOnlyList<FiledPaper> papers, IReadOnlyList<string> held) =>
        papers.Any(paper => !held.Contains(paper.Kind)) ? "PaperUnknown"
        : papers.Any(paper => paper is { IsThere: false, ExceptionReason: not null } && !Reasons.Contains(paper.ExceptionReason)) ? "ReasonUnknown"
        : null;

    private async Task<ActivityResult> Again((ReliefDbContext Db, DateTimeOffset Now) at, OrderScene scene, string problem, CancellationToken cancellationToken)
    {
        var correction = await new Deadlines(at.Db).WorkingDays(2, scene.TownshipCode, at.Now, cancellationToken);
        var missing = await new ArchiveQueries(at.Db).Missing(FileId, cancellationToken);
        return new Waiting([Bookmark.For("task", TaskFor(scene, FileId, missing, problem) with { Due = correction.Due })]);
    }

    private async Task<ArchiveFile> Opened(ReliefDbContext db, OrderScene scene, ActivityContext context, CancellationToken cancellationToken)
    {
        var facts = await new PersonQueries(db).Facts(scene.Order.PersonId, scene.Order.PlannedFrom, cancellationToken);
        var book = new ArchiveBook(db);
        var file = await book.Open(new FileEntry(scene.Case.Id, ServiceNo, KeeperOf(scene), RequiredPapers.Of(scene.Order.Pathway, facts!)), context.DeedOf("file"), cancellationToken);
        await book.File(file.Id, new FiledPaper("needDetermination", "case:" + scene.Case.Number), context.DeedOf("need"), cancellationToken);
        var view = await new OrderQueries(db).Find(OrderId, cancellationToken);
        if (view?.Plan is { } plan)
            await book.File(file.Id, new FiledPaper("plan", "plan:" + plan.Id), context.DeedOf("plan"), cancellationToken);
        if (view?.Agreement is { } agreement)
            await book.File(file.Id, new FiledPaper("agreement", agreement.Document), context.DeedOf("agreement"), cancellationToken);
        return file;
    }

    private static string KeeperOf(OrderScene scene) => scene.Order.SupplierId ?? scene.TownshipCode;

    private static Message TellKeeper(string template, OrderScene scene) =>
        scene.Order.SupplierId is { } supplier ? ActivityDeeds.Tell(template, "S", supplier, scene.Reference) : ActivityDeeds.Tell(template, "C", scene.TownshipCode, scene.Reference);

    private static Completed? Ended(ArchiveStatus status) => status switch
    {
        ArchiveStatus.Open => null,
        ArchiveStatus.Exception => new Completed("Exception"),
        _ => new Completed("Complete")
    };

    private static HumanTask TaskFor(OrderScene scene, string fileId, IReadOnlyList<string> missing, string? problem = null) => new()
    {
        Title = $"补齐服务档案 {scene.Case.Number}",
        Kind = "archive",
        Role = scene.Order.SupplierId is null ? ReliefRoles.ReliefClerk : ReliefRoles.SupplierLead,
        Unit = scene.Order.SupplierId is null ? scene.TownshipCode : scene.SupplierUnit,
        Subject = "order:" + scene.Order.Id,
        Outcomes = ["Filed"],
        Form =
        [
            FormField.Of("papers", "档案材料", "array", "Filed").Made(
                FormField.Of("kind", "材料", "string").OneOf(missing), FormField.Of("documentHash", "材料编号", "string"), FormField.Of("exceptionReason", "缺少的原因", "string").OneOf("lost", "notApplicable", "pending"))
        ],
        Data = Json(new { fileId, missing, problem })
    };
}
