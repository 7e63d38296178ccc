using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Surveys;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Decisions;

/// <summary>Writes the confirmation need by need, with survey, rules and approver, and tells the person (P05 step 7, INV-10).</summary>
/// <remarks>
/// It does not depend on money: what is short of money waits, confirmed (E08). For a need that was not granted because the routing table has no way for it, what the table says then
/// begins: a conference or special relief. Where a doorbell may be added, the township is told.
/// </remarks>
[Activity("Relief Review", "Writes the confirmation need by need and tells the person.", Chinese = "确认")]
[ChangesRecords]
public sealed class Confirm(ReliefDatabase database) : Activity
{
    [Input("The case.", Chinese = "个案")]
    public required string CaseId { get; init; }

    [Input("Who approved.", Chinese = "审核人")]
    public required string ApprovedBy { get; init; }

    [Input("township or county.", Chinese = "层级")]
    public string Authority { get; init; } = "township";

    [Output("The confirmed needs.", Chinese = "确认的需求")]
    public string[] NeedItems { get; private set; } = [];

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var records = database.Over(context.Records);
        var deed = Deed.Of(context) with { By = ApprovedBy };
        var scene = await new CaseDesk(records).Open(CaseId, cancellationToken);
        var routings = await new RoutingQueries(records).Last(CaseId, cancellationToken);
        List<string> confirmed = [];
        HashSet<string> unrouted = [];
        foreach (var need in await new CaseQueries(records).Needs(CaseId, cancellationToken))
        {
            if (need.Status is not (NeedStatus.Recommended or NeedStatus.NotRecommended))
                continue;
            var granted = need is { Status: NeedStatus.Recommended, Quantity: > 0 };
            if (await Write(records, scene, (need, granted), deed.Step(need.Id), cancellationToken) is { } refusal)
                return await Fault("decision.refused", $"The need cannot be confirmed: {refusal}.");
            if (granted)
                confirmed.Add(need.Id);
            else if (routings.GetValueOrDefault(need.Id) is { Proposed: [] } without)
                unrouted.Add(without.Otherwise);
        }

        await new CaseBook(records).Move(CaseId, CaseStatus.Confirmed, null, deed.Step("case"), cancellationToken);
        NeedItems = [.. confirmed];
        Message[] doorbell = confirmed.Exists(need => routings.GetValueOrDefault(need)?.Extras.Contains(RoutingFacts.Doorbell) == true)
            ? [Tell.Unit("doorbell.offer", "C", scene.Township, new { caseNumber = scene.Case.Number })] : [];
        return await Complete(Done,
        [
            scene.ToPerson("decision.confirmed", new { caseNumber = scene.Case.Number, effectiveFrom = ChinaTime.DayOf(context.Now) }), .. DeniedCase.Tell(scene.Case, nameof(DecisionOutcome.Confirmed)),
            Tell.Unit("decision.confirmed", "C", scene.Township, new { caseNumber = scene.Case.Number, needs = confirmed.Count }),
            .. doorbell, .. unrouted.Order(StringComparer.Ordinal).Select(otherwise => Unrouted.Begin(context, scene, otherwise))
        ]);
    }

    private async Task<string?> Write(
        ReliefDbContext records, CaseScene scene, (NeedItem Need, bool Granted) item, Deed deed, CancellationToken cancellationToken)
    {
        var trace = await new ReviewQueries(records).Trace(CaseId, cancellationToken);
        var survey = await new SurveyQueries(records).Valid(CaseId, cancellationToken);
        var taken = await new DecisionBook(records).Decide(new DecisionEntry
        {
            CaseId = CaseId,
            CountyCode = scene.County,
            NeedItemId = item.Need.Id,
            SurveyId = survey?.Id,
            Outcome = item.Granted ? DecisionOutcome.Confirmed : DecisionOutcome.Deferred,
            ReasonCode = item.Granted ? null : "NotNeededNow",
            RuleTrace = TraceText.Of(trace),
            RuleVersion = trace?.Version ?? EligibilityRules.Version,
            Authority = Authority,
            EffectiveFrom = ChinaTime.DayOf(deed.At)
        }, deed, cancellationToken);
        if (taken is not DecisionResult.Taken(var id))
            return ((DecisionResult.Refused)taken).Reason;
        await new CaseBook(records).Decide(
            item.Need with { Status = item.Granted ? NeedStatus.Confirmed : NeedStatus.Deferred, DecisionId = id }, deed, cancellationToken);
        return null;
    }
}
