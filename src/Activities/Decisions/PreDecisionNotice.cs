using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Parameters;
using Relief.Flow.Activities.People;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Decisions;

/// <summary>The public notice before a decision, as long as policy says; none at all for service relief of persons already recognised (A13, X09).</summary>
/// <remarks>Never for children, and never where it could give an illness away (INV-15). An objection arrives as <c>objection:{caseId}</c>.</remarks>
[Activity("Relief Review", "Waits for the public notice before the decision, where one is due.", Chinese = "决定前公示", Waits = true)]
[Outcomes(NoObjection, Objection, NotPublishable)]
[ChangesRecords]
public sealed class PreDecisionNotice(ReliefDatabase database) : Activity
{
    private const string NoObjection = nameof(NoObjection);
    private const string Objection = nameof(Objection);
    private const string NotPublishable = nameof(NotPublishable);

    [Input("The case.", Chinese = "个案")]
    public required string CaseId { get; init; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var records = database.Over(context.Records);
        var scene = await new CaseDesk(records).Open(CaseId, cancellationToken);
        var today = ChinaTime.DayOf(context.Now);
        var days = await new ParameterQueries(records).Whole("notice.preDecision", scene.Case.AreaCode, today, cancellationToken);
        if (days == 0)
            return await Complete(NoObjection);
        var facts = await new PersonQueries(records).Facts(scene.Case.PersonId, today, cancellationToken);
        if (facts is { Minor: true } or { Confidential: true })
            return await Complete(NotPublishable);
        await new CaseBook(records).Move(CaseId, CaseStatus.NoticeRunning, null, Deed.Of(context), cancellationToken);
        return await Wait("objection:" + CaseId, ChinaTime.EndOf(today.AddDays(days)),
            Tell.Unit("notice.up", "V", scene.Case.AreaCode, new { caseNumber = scene.Case.Number, until = today.AddDays(days) }));
    }

    protected override async Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        if (wakeup.IsTimer)
            return await Complete(NoObjection);
        await using var records = database.Over(context.Records);
        await new CaseBook(records).Move(CaseId, CaseStatus.InReview, "Objection", Deed.Of(context, wakeup, "public"), cancellationToken);
        return await Complete(Objection);
    }
}
