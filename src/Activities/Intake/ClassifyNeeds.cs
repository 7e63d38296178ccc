using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Audit;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Catalogue;
using Relief.Flow.Activities.People;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Intake;

/// <summary>Proposes how the needs are classed and has relief staff confirm it; the applicant's own words stay beside the class (A06, P03).</summary>
[Activity("Relief Intake", "Proposes classes for the needs and has relief staff confirm them.", Chinese = "需求分类", Waits = true)]
[Outcomes(Classified, OutOfScope, OtherAuthority)]
[ChangesRecords]
public sealed class ClassifyNeeds(ReliefDatabase database) : Activity
{
    private const string Classified = nameof(Classified);
    private const string OutOfScope = nameof(OutOfScope);
    private const string OtherAuthority = nameof(OtherAuthority);
    private const string Kind = "classify";

    [Input("The case.", Chinese = "个案")]
    public required string CaseId { get; init; }

    [Output("The needs.", Chinese = "需求")]
    public string[] NeedItems { get; private set; } = [];

    [Output("Who decided.", Chinese = "经办人")]
    public string? DecidedBy { get; private set; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var records = database.Over(context.Records);
        var desk = new CaseDesk(records);
        var scene = await desk.Open(CaseId, cancellationToken);
        var deadline = await desk.Deadline(scene, "register.classify", scene.Case.AcceptedAt ?? context.Now, cancellationToken);
        var proposal = await Proposal(records, scene, null, cancellationToken);
        return await WaitAt(CaseDesk.Bookmarks(scene, Work(proposal, null), deadline, context.Now));
    }

    protected override async Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        await using var records = database.Over(context.Records);
        var scene = await new CaseDesk(records).Open(CaseId, cancellationToken);
        if (wakeup.As<TaskDecision>() is not { } decision)
            return await KeepWaiting(null, CaseDesk.Nudge(scene, wakeup, Kind));

        var deed = Deed.Of(context, wakeup, decision.By);
        var form = decision.Form<Classes>();
        DecidedBy = decision.By;
        if (decision.Outcome == Classified)
        {
            var needs = await Proposal(records, scene, form?.ItemCodes, cancellationToken);
            if (needs.Count == 0)
                return await KeepWaiting([CaseDesk.Again(scene, Work(needs, "NoNeed"), wakeup)]);
            NeedItems = [.. await new CaseBook(records).RegisterNeeds(CaseId, needs, deed, cancellationToken)];
        }
        else
            await records.Audit(AuditTrail.Case(CaseId), new AuditDetail("Case" + decision.Outcome, new { form?.Reason, form?.Authority }), deed, cancellationToken);

        await new CaseBook(records).Move(CaseId, CaseStatus.Registered, null, deed.Step("case"), cancellationToken);
        return decision.Outcome == Classified
            ? await Complete(Classified)
            : await Complete(decision.Outcome, scene.ToApplicant(decision.Outcome == OutOfScope ? "register.outOfScope" : "register.otherAuthority",
                new { caseNumber = scene.Case.Number, authority = form?.Authority }));
    }

    // What staff name instead of the proposal comes from the catalogue as well; the wording stays the applicant's.
    private static async Task<IReadOnlyList<NeedEntry>> Proposal(
        ReliefDbContext records, CaseScene scene, IReadOnlyList<string>? chosen, CancellationToken cancellationToken)
    {
        var application = await records.Set<Application>().SingleAsync(row => row.Id == scene.Case.ApplicationId, cancellationToken);
        var facts = await new PersonQueries(records).Facts(scene.Case.PersonId, ChinaTime.DayOf(scene.Case.OpenedAt), cancellationToken);
        var codes = chosen ?? application.ItemCodes;
        var items = await records.Set<CatalogueItem>().Where(item => codes.Contains(item.Code) && item.Status == CatalogueStatus.Approved)
            .OrderBy(item => item.Code).ToListAsync(cancellationToken);
        var personClass = facts is { PersonClasses: [var first, ..] } ? first : "temporary";
        return [.. items.Select(item => new NeedEntry(item.Code, item.Family, personClass, application.Urgency, application.Wording))];
    }

    private static DeskWork Work(IReadOnlyList<NeedEntry> proposal, string? problem) => new()
    {
        Title = "需求分类",
        Kind = Kind,
        Role = ReliefRoles.ReliefClerk,
        Outcomes = [Classified, OutOfScope, OtherAuthority],
        Form =
        [
            FormField.Of("itemCodes", "服务项目", "array"), FormField.Of("reason", "原因", "string", OutOfScope),
            FormField.Of("authority", "主管部门", "string", OtherAuthority)
        ],
        Data = Json(new { proposal = proposal.Select(need => new { need.ItemCode, need.Family, need.PersonClass, need.Urgency }), problem })
    };

    private sealed record Classes(IReadOnlyList<string>? ItemCodes, string? Reason, string? Authority);
}
