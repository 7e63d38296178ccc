using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Kin;
using Relief.Flow.Activities.Surveys;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Decisions;

/// <summary>One decision of a reviewer: what must hold for it, and what it changes.</summary>
/// <param name="records">The open unit of work.</param>
/// <param name="scene">The case.</param>
/// <param name="county">True for the second approver.</param>
/// <param name="decision">What the reviewer sent.</param>
public sealed class Review(ReliefDbContext records, CaseScene scene, bool county, TaskDecision decision)
{
    private const int MostReturns = 2;

    /// <summary>The decision that was written, for everything but an approval, which is written when it is confirmed.</summary>
    public string? DecisionId { get; private set; }

    /// <summary>The row that forbids what was chosen, when the problem is that.</summary>
    public RowBan? Ban { get; private set; }

    /// <summary>Applies it; the reason when it may not be taken so.</summary>
    public async Task<string?> Apply(Deed deed, CancellationToken cancellationToken)
    {
        if (decision.Form<ReviewForm>() is not { } form)
            return "FormInvalid";
        return decision.Outcome switch
        {
            ReviewForm.Approved => await Approve(form, deed, cancellationToken),
            ReviewForm.Rejected => await Write(form, DecisionOutcome.Denied, deed, cancellationToken),
            ReviewForm.Returned => await Return(form, deed, cancellationToken),
            _ => await Write(form, DecisionOutcome.Escalated, deed, cancellationToken)
        };
    }

    /// <summary>The needs with a quantity: those that are approved.</summary>
    public async Task<IReadOnlyList<NeedItem>> Approved(CancellationToken cancellationToken) =>
        [.. (await new CaseQueries(records).Needs(scene.Case.Id, cancellationToken)).Where(need => need is { Status: NeedStatus.Recommended, Quantity: > 0 })];

    private async Task<string?> Approve(ReviewForm form, Deed deed, CancellationToken cancellationToken)
    {
        if (await Obstacle(cancellationToken) is { } obstacle)
            return obstacle;
        var needs = await new CaseQueries(records).Needs(scene.Case.Id, cancellationToken);
        var routings = await new RoutingQueries(records).Last(scene.Case.Id, cancellationToken);
        var decisions = form.Needs.Select(chosen => (Chosen: chosen, Need: needs.FirstOrDefault(need => need.Id == chosen.NeedItemId && need.Status is (NeedStatus.Recommended or NeedStatus.NotRecommended)))).ToList();
        foreach (var (chosen, need) in decisions)
        {
            if ((need is null ? "NeedUnknown" : FaultOf(chosen, need, routings.GetValueOrDefault(need.Id))) is { } fault)
                return fault;
        }

        if (!decisions.Exists(one => one.Chosen.Quantity > 0) && !needs.Any(need => need is { Status: NeedStatus.Recommended, Quantity: > 0 } && !decisions.Exists(one => one.Need == need)))
            return "NothingApproved";
        foreach (var (chosen, need) in decisions)
            await Route(chosen, need!, routings.GetValueOrDefault(need!.Id), deed.Step(need.Id), cancellationToken);
        return null;
    }

    // What the table forbids nobody may choose; what it does not propose needs a reason.
    private string? FaultOf(NeedDecision chosen, NeedItem need, NeedRouting? routing)
    {
        if (chosen.Quantity < 0 || decimal.Round(chosen.Quantity, 2) != chosen.Quantity)
            return "QuantityInvalid";
        if (chosen.Quantity == 0)
            return null;
        if ((chosen.Pathways?.Count ?? need.Pathways.Length) == 0)
            return "PathwayMissing";
        var fault = routing?.FaultOf([.. chosen.Pathways ?? need.Pathways], chosen.Because);
        Ban = fault?.Ban;
        return fault?.Problem;
    }

    private async Task Route(NeedDecision chosen, NeedItem need, NeedRouting? routing, Deed deed, CancellationToken cancellationToken)
    {
        var granted = chosen.Quantity > 0;
        string[] pathways = [.. (chosen.Pathways ?? need.Pathways).Distinct()];
        await new CaseBook(records).Decide(
            need with { Quantity = chosen.Quantity, Pathways = pathways, Status = granted ? NeedStatus.Recommended : NeedStatus.NotRecommended }, deed, cancellationToken);
        if (routing is not null)
            await new NeedRoutings(records).Choose(need, routing, (granted ? pathways : [], chosen.Because), deed.Step("route"), cancellationToken);
    }

    // INV-10, S39: a survey by people, a check by the machine where policy wants it, the rules' trace, and what the county must have seen.
    private async Task<string?> Obstacle(CancellationToken cancellationToken)
    {
        if (await new SurveyQueries(records).Valid(scene.Case.Id, cancellationToken) is null)
            return "NoSurvey";
        if (await new CheckQueries(records).IsMissing(scene.Case.Id, decision.At, cancellationToken))
            return "NoCheck";
        if (scene.Case.Flags.Contains(KinFlags.CountySurveyDue))
            return "CountySurveyDue";
        return await new ReviewQueries(records).Trace(scene.Case.Id, cancellationToken) switch
        {
            null => "NoRuleTrace",
            { Verdict: "NotEligible" } => "NotEligible",
            _ => null
        };
    }

    private async Task<string?> Return(ReviewForm form, Deed deed, CancellationToken cancellationToken)
    {
        var returned = (await new DecisionBook(records).Of(scene.Case.Id, cancellationToken)).Count(row => row.Outcome == DecisionOutcome.Returned);
        return returned >= MostReturns ? "TooManyReturns" : await Write(form, DecisionOutcome.Returned, deed, cancellationToken);
    }

    private async Task<string?> Write(ReviewForm form, DecisionOutcome outcome, Deed deed, CancellationToken cancellationToken)
    {
        var trace = await new ReviewQueries(records).Trace(scene.Case.Id, cancellationToken);
        var survey = await new SurveyQueries(records).Valid(scene.Case.Id, cancellationToken);
        var taken = await new DecisionBook(records).Decide(new DecisionEntry
        {
            CaseId = scene.Case.Id,
            CountyCode = scene.County,
            SurveyId = survey?.Id,
            Outcome = outcome,
            ReasonCode = form.ReasonCode,
            Reasons = form.Reasons,
            RuleTrace = TraceText.Of(trace),
            RuleVersion = trace?.Version ?? EligibilityRules.Version,
            Authority = county ? "county" : "township",
            EffectiveFrom = ChinaTime.DayOf(deed.At)
        }, deed, cancellationToken);
        if (taken is not DecisionResult.Taken(var id))
            return ((DecisionResult.Refused)taken).Reason;
        DecisionId = id;
        return null;
    }
}
