using Relief.Flow.Activities.Areas;
using Relief.Flow.Activities.Audit;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Parameters;
using Relief.Flow.Activities.People;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Decisions;

/// <summary>The public notice before a decision, as long as policy says; none at all for service relief of persons already recognised (A13, X09).</summary>
/// <remarks>
/// Its fields are the statutory ones: who, which village, which category, until when, where to object; never an item, a mode or an illness
/// (INV-15, README 0.2b). Never for children; for an adult with a confidential condition only once a reviewer has approved it. An objection
/// arrives as <c>objection:{caseId}</c>.
/// </remarks>
[Activity("Relief Review", "Waits for the public notice before the decision, where one is due.", Chinese = "决定前公示", Waits = true)]
[Outcomes(NoObjection, Objection, NotPublishable)]
[ChangesRecords]
public sealed class PreDecisionNotice(ReliefDatabase database) : Activity
{
    private const string NoObjection = nameof(NoObjection);
    private const string Objection = nameof(Objection);
    private const string NotPublishable = nameof(NotPublishable);
    private const string Kind = "notice.approve";
    private const string Approved = nameof(Approved);
    private const string Refused = nameof(Refused);

    [Input("The case.", Chinese = "个案")]
    public required string CaseId { get; init; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var records = database.Over(context.Records);
        var desk = new CaseDesk(records);
        var scene = await desk.Open(CaseId, cancellationToken);
        if (await Days(records, scene, context.Now, cancellationToken) == 0)
            return await Complete(NoObjection);
        var facts = await Facts(records, scene, context.Now, cancellationToken);
        if (facts.Minor)
            return await Complete(NotPublishable);
        if (!facts.Confidential)
            return await PutUp(records, scene, Deed.Of(context), cancellationToken);
        var deadline = await desk.Deadline(scene, "notice.approve", context.Now, cancellationToken);
        return await WaitAt(CaseDesk.Bookmarks(scene, await Work(records, scene, context.Now, cancellationToken), deadline, context.Now));
    }

    protected override async Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        await using var records = database.Over(context.Records);
        var scene = await new CaseDesk(records).Open(CaseId, cancellationToken);
        if (wakeup.As<TaskDecision>() is { } decision)
        {
            var deed = Deed.Of(context, wakeup, decision.By);
            await records.Audit(AuditTrail.Case(CaseId), new AuditDetail("StatutoryNotice" + decision.Outcome), deed.Step("decided"), cancellationToken);
            return decision.Outcome == Approved ? await PutUp(records, scene, deed, cancellationToken) : await Complete(NotPublishable);
        }

        if (wakeup.IsTimer)
        {
            if (wakeup.Bookmark == "until")
                return await Complete(NoObjection);
            // The times of an approval that was given are nobody's business any more.
            return scene.Case.Status == CaseStatus.NoticeRunning ? await KeepWaiting() : await KeepWaiting(null, CaseDesk.Nudge(scene, wakeup, Kind));
        }

        await new CaseBook(records).Move(CaseId, CaseStatus.InReview, "Objection", Deed.Of(context, wakeup, "public"), cancellationToken);
        return await Complete(Objection);
    }

    private async Task<ActivityResult> PutUp(ReliefDbContext records, CaseScene scene, Deed deed, CancellationToken cancellationToken)
    {
        var until = await Until(records, scene, deed.At, cancellationToken);
        await new CaseBook(records).Move(CaseId, CaseStatus.NoticeRunning, null, deed, cancellationToken);
        var shown = await Shown(records, scene, deed.At, cancellationToken);
        await records.Audit(AuditTrail.Case(CaseId), new AuditDetail("StatutoryNoticeUp", shown), deed.Step("up"), cancellationToken);
        return new Waiting([Bookmark.Event("for", "objection:" + CaseId), Bookmark.Timer("until", ChinaTime.EndOf(until))])
        {
            Send = [Tell.Unit("notice.up", "V", scene.Case.AreaCode, new { caseNumber = scene.Case.Number, until })]
        };
    }

    private static async Task<DeskWork> Work(ReliefDbContext records, CaseScene scene, DateTimeOffset now, CancellationToken cancellationToken) => new()
    {
        Title = "复核法定公示",
        Kind = Kind,
        Role = ReliefRoles.PrivacyReviewer,
        Outcomes = [Approved, Refused],
        Form = [FormField.Of("reason", "理由", "string", Refused)],
        Data = Json(await Shown(records, scene, now, cancellationToken)),
        Excluded = await new ReviewQueries(records).Excluded(scene, cancellationToken)
    };

    private static async Task<object> Shown(ReliefDbContext records, CaseScene scene, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var facts = await Facts(records, scene, now, cancellationToken);
        var application = await new ApplicationBook(records).Find(scene.Case.ApplicationId, cancellationToken);
        return new
        {
            name = facts.Person.Name[..1] + "某某",
            village = (await new AreaQueries(records).ChainOf(scene.Case.AreaCode, cancellationToken))[0].Name,
            category = application!.Category.ToString(),
            until = await Until(records, scene, now, cancellationToken)
        };
    }

    private static async Task<PersonFacts> Facts(ReliefDbContext records, CaseScene scene, DateTimeOffset now, CancellationToken cancellationToken) =>
        (await new PersonQueries(records).Facts(scene.Case.PersonId, ChinaTime.DayOf(now), cancellationToken))!;

    private static async Task<DateOnly> Until(ReliefDbContext records, CaseScene scene, DateTimeOffset now, CancellationToken cancellationToken) =>
        ChinaTime.DayOf(now).AddDays(await Days(records, scene, now, cancellationToken));

    private static Task<int> Days(ReliefDbContext records, CaseScene scene, DateTimeOffset now, CancellationToken cancellationToken) =>
        new ParameterQueries(records).Whole("notice.preDecision", scene.Case.AreaCode, ChinaTime.DayOf(now), cancellationToken);
}
