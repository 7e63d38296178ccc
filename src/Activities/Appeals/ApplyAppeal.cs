using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Changes;
using Relief.Flow.Activities.Decisions;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Appeals;

/// <summary>Does what the result of an appeal says; the first decision stays as it was (P25 step 5, INV-11).</summary>
/// <remarks>
/// A denied case is surveyed or reviewed anew, and the matter waits for the decision (<c>Awaiting</c>). A stop that does not hold yet never will. Anything else that is decided anew begins a change (<c>procedure.change</c>), with all that one needs. An objected
/// line is paid by the next batch. What cannot be done here – a case that was closed meanwhile, a subsidy that was paid – is told to the county, which has it done by hand (<c>Manual</c>).
/// </remarks>
[ChangesRecords]
[Activity("Relief Oversight", "Does what the result of an appeal says.", Chinese = "落实申诉结果")]
[Outcomes("Applied", "Awaiting", "Manual")]
public sealed class ApplyAppeal : Activity
{
    [Input("The appeal.", Chinese = "申诉")]
    public required string AppealId { get; init; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var scene = await AppealScene.Of(db, AppealId, context, cancellationToken);
        return scene.Matter.About switch
        {
            AppealAbout.Decision when scene.Case!.Case.Status == CaseStatus.Denied => await Anew(scene, cancellationToken),
            AppealAbout.Stop when await new ChangeBook(db).Find(scene.Matter.TargetId, cancellationToken) is { EndedAt: null } stop => await Undone(scene, stop, cancellationToken),
            AppealAbout.Decision or AppealAbout.Stop => scene.Case!.Case.Status == CaseStatus.Closed ? Manual(scene) : new Completed("Applied") { Send = [Change(scene)] },
            AppealAbout.Line => await Paid(scene, cancellationToken),
            AppealAbout.Subsidy => Manual(scene),
            _ => new Completed("Applied")   // the sheet came down by its own procedure when the objection came
        };
    }

    private static async Task<ActivityResult> Anew(AppealScene scene, CancellationToken cancellationToken)
    {
        var caseId = scene.Case!.Case.Id;
        var needs = await new CaseQueries(scene.Db).Needs(caseId, cancellationToken);
        foreach (var need in needs.Where(need => need.Status == NeedStatus.Denied))
            await new CaseBook(scene.Db).Decide(need with { Status = NeedStatus.Registered }, scene.Context.DeedOf(need.Id), cancellationToken);
        var isSurveyed = scene.Matter.Result != AppealResult.Resurvey && await new ReviewQueries(scene.Db).Trace(caseId, cancellationToken) is not null;
        var way = needs.Count == 0 ? DeniedCase.Reclassify : isSurveyed ? DeniedCase.Reopened : DeniedCase.Appealed;
        return new Completed("Awaiting") { Send = [Message.Of(new EventPublished(DeniedCase.Heard(caseId), null, Json(new { decision = way, appeal = scene.Matter.Id })))] };
    }

    // The stop does not hold yet: it never will. Whatever is to come instead is another change.
    private static async Task<ActivityResult> Undone(AppealScene scene, PersonChange stop, CancellationToken cancellationToken)
    {
        var deed = scene.Context.DeedOf("undone", scene.Matter.ReviewedBy ?? ActivityDeeds.System);
        await new ChangeBook(scene.Db).Undo(stop, deed, cancellationToken);
        await new CaseBook(scene.Db).Flag(scene.Matter.CaseId!, AppealBook.StopHeld, false, deed.Step("held"), cancellationToken);
        return new Completed("Applied") { Send = scene.Matter.Result == AppealResult.Revoked ? [] : [Change(scene)] };
    }

    private static async Task<ActivityResult> Paid(AppealScene scene, CancellationToken cancellationToken)
    {
        var money = new AppealMoney(scene.Db);
        if (scene.Matter.RecordId is null || await money.Pay(scene.Matter, scene.Context.DeedOf("pay", scene.Matter.ReviewedBy ?? ActivityDeeds.System), cancellationToken) is not null)
            return Manual(scene);
        var amount = await money.Of(scene.Matter, cancellationToken);
        await new AppealBook(scene.Db).Change(scene.Matter.Id, ("AppealPaid", new { amount }), row => row with { Owed = amount }, scene.Context.DeedOf("owed"), cancellationToken);
        return new Completed("Applied");
    }

    private static Completed Manual(AppealScene scene) => new("Manual") { Send = [scene.ToCounty("appeal.manual")] };

    private static Message Change(AppealScene scene) => Message.Of(ChangeStart.Of(
        scene.Matter.PersonId!, ChangeKind.Recheck, (ChangeOrigin.Appeal, scene.Matter.Id), ("申诉结果:" + scene.Matter.Result, scene.Matter.ReviewedBy ?? ActivityDeeds.System, null)));
}
