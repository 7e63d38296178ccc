using Relief.Flow.Activities.Archive;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.Parameters;
using Relief.Flow.Activities.People;
using Relief.Flow.Activities.Referrals;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Filing;

/// <summary>Opens a person's file and has it completed: the required papers, or signed reasons for the missing (P09 steps 2 and 3).</summary>
/// <remarks>What the system made itself (need form, plan, agreement) is filed at once. Ten working days; late is told to the county, and it goes on waiting.</remarks>
[ChangesRecords]
[Activity("Relief Archive", "Opens a person's file and has it completed.", Chinese = "归档", Waits = true)]
[Outcomes("Complete", "Exception")]
public sealed class AssembleArchive : Activity
{
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
        var facts = await new PersonQueries(db).Facts(scene.Order.PersonId, scene.Order.PlannedFrom, cancellationToken);
        var entry = new FileEntry(scene.Case.Id, ServiceNo, scene.Order.SupplierId!, [.. Required(facts!)]);
        var book = new ArchiveBook(db);
        var file = await book.Open(entry, context.DeedOf("file"), cancellationToken);
        FileId = file.Id;
        var view = await new OrderQueries(db).Find(OrderId, cancellationToken);
        await book.File(file.Id, new FiledPaper("needDetermination", null), context.DeedOf("need"), cancellationToken);
        if (view?.Plan is { } plan)
            await book.File(file.Id, new FiledPaper("plan", "plan:" + plan.Id), context.DeedOf("plan"), cancellationToken);
        if (view?.Agreement is { } agreement)
            await book.File(file.Id, new FiledPaper("agreement", agreement.Document), context.DeedOf("agreement"), cancellationToken);
        var deadline = await new Deadlines(db).Of("archive.complete", scene.TownshipCode, context.Now, cancellationToken);
        return new Waiting([.. deadline.Bookmarks("task", TaskFor(scene, file.Id, await new ArchiveQueries(db).Missing(file.Id, cancellationToken)))]) { Send = [ActivityDeeds.Tell("archive.missing", "S", scene.Order.SupplierId!, scene.Reference)] };
    }

    protected override async Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var scene = await new OrderScenes(db).Of(OrderId, cancellationToken);
        var file = (await new ArchiveQueries(db).Index(scene.Order.SupplierId!, cancellationToken)).Single(one => one.CaseId == scene.Case.Id);
        FileId = file.Id;
        if (wakeup.IsTimer)
        {
            var late = wakeup.Bookmark.EndsWith(".due", StringComparison.Ordinal);
            return new Waiting([]) { Send = [ActivityDeeds.Tell(late ? "task.late" : "task.remind", late ? "K" : "S", late ? scene.Order.CountyCode : scene.Order.SupplierId!, scene.Reference)] };
        }

        var answer = Answer.From(wakeup);
        var book = new ArchiveBook(db);
        var completeness = new Completeness(file.Status, []);
        foreach (var paper in answer.Part<List<FiledPaper>>("papers") ?? [])
            completeness = await book.File(file.Id, paper, context.DeedOf("paper:" + paper.Kind, answer.By), cancellationToken);
        if (completeness.Status is ArchiveStatus.Complete or ArchiveStatus.Exception)
            return new Completed(completeness.Status == ArchiveStatus.Complete ? "Complete" : "Exception");

        var correction = await new Deadlines(db).WorkingDays(2, scene.TownshipCode, context.Now, cancellationToken);
        return new Waiting([Bookmark.For("task", TaskFor(scene, file.Id, await new ArchiveQueries(db).Missing(file.Id, cancellationToken)) with { Due = correction.Due })]);
    }

    /// <summary>The papers that a person's file must hold (CZ-141): some only where they apply.</summary>
    internal static IEnumerable<string> Required(PersonFacts facts)
    {
        string[] always = ["idCard", "householdRegister", "reliefStatusProof", "needDetermination", "receivedServices", "agreement", "plan", "noticeProof"];
        var applicable = new[]
        {
            (Kind: ConditionKind.SeriousIllness, Paper: "illnessCertificate"),
            (Kind: ConditionKind.Disability, Paper: "disabilityCertificate")
        };
        return [.. always, .. applicable.Where(pair => facts.Conditions.Any(condition => condition.Kind == pair.Kind)).Select(pair => pair.Paper)];
    }

    private static HumanTask TaskFor(OrderScene scene, string fileId, IReadOnlyList<string> missing) => new()
    {
        Title = $"补齐服务档案 {scene.Case.Number}",
        Kind = "archive",
        Role = ReliefRoles.SupplierLead,
        Unit = scene.SupplierUnit,
        Subject = "order:" + scene.Order.Id,
        Outcomes = ["Filed"],
        Form =
        [
            FormField.Of("papers", "档案材料", "array", "Filed").Made(
                FormField.Of("kind", "材料", "string").OneOf(missing), FormField.Of("documentHash", "材料编号", "string"), FormField.Of("exceptionReason", "缺少的原因", "string").OneOf("lost", "notApplicable", "pending"))
        ],
        Data = Json(new { fileId, missing })
    };
}
