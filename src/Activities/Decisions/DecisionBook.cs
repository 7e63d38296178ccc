using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Audit;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Surveys;

namespace Relief.Flow.Activities.Decisions;

/// <summary>Keeps decisions; each stays readable for ever, a changed mind is a new one (INV-10, INV-11).</summary>
public sealed class DecisionBook(ReliefDbContext context)
{
    private const int AppealDays = 60;

    /// <summary>Takes a decision once per key. Whoever surveyed the case does not decide on it (INV-09).</summary>
    public async Task<DecisionResult> Decide(DecisionEntry entry, Deed deed, CancellationToken cancellationToken)
    {
        await context.Lock<Case>(entry.CaseId, cancellationToken);
        if (await context.Set<DecisionRecord>().FirstOrDefaultAsync(row => row.IdemKey == deed.Key, cancellationToken) is { } known)
            return new DecisionResult.Taken(known.Id);
        if (await Problem(entry, deed, cancellationToken) is { } problem)
            return new DecisionResult.Refused(problem);

        var decision = new DecisionRecord
        {
            Id = deed.NewId(),
            CountyCode = entry.CountyCode,
            CreatedAt = deed.At,
            CreatedBy = deed.By,
            CaseId = entry.CaseId,
            NeedItemId = entry.NeedItemId,
            SurveyId = entry.SurveyId,
            Outcome = entry.Outcome,
            ReasonCode = entry.ReasonCode,
            Reasons = entry.Reasons,
            RuleTrace = entry.RuleTrace,
            RuleVersion = entry.RuleVersion,
            DecidedBy = deed.By,
            Authority = entry.Authority,
            EffectiveFrom = entry.EffectiveFrom,
            IdemKey = deed.Key
        };
        await context.Insert(decision, cancellationToken);
        await context.Audit(AuditTrail.Case(entry.CaseId), new AuditDetail("Decided",
            new { decision.Id, decision.Outcome, decision.ReasonCode, decision.NeedItemId, decision.Authority, decision.RuleVersion }), deed, cancellationToken);
        return new DecisionResult.Taken(decision.Id);
    }

    /// <summary>Records that the letter was handed over; the appeal runs 60 days from then.</summary>
    public async Task<DecisionResult> Delivered(string decisionId, string proof, Deed deed, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(proof))
            return new DecisionResult.Refused("NoProof");
        var decision = await context.Locked<DecisionRecord>(decisionId).SingleAsync(cancellationToken);
        if (decision.DeliveredAt is not null)
            return new DecisionResult.Taken(decisionId);
        var delivered = decision with { DeliveredAt = deed.At, DeliveryProof = proof, AppealBy = ChinaTime.DayOf(deed.At).AddDays(AppealDays) };
        await context.Replace(delivered, cancellationToken);
        await context.Audit(AuditTrail.Case(decision.CaseId), new AuditDetail("DecisionDelivered", new { decisionId, proof, delivered.AppealBy }), deed, cancellationToken);
        return new DecisionResult.Taken(decisionId);
    }

    /// <summary>A case's decisions, oldest first.</summary>
    public async Task<IReadOnlyList<DecisionRecord>> Of(string caseId, CancellationToken cancellationToken) =>
        await context.Set<DecisionRecord>().Where(row => row.CaseId == caseId).OrderBy(row => row.Id).ToListAsync(cancellationToken);

    private async Task<string?> Problem(DecisionEntry entry, Deed deed, CancellationToken cancellationToken)
    {
        var surveys = new SurveyQueries(context);
        if ((await surveys.SignersOf(entry.CaseId, cancellationToken)).Contains(deed.By))
            return "SurveyorDecides";
        if (entry.Outcome == DecisionOutcome.Denied)
            return entry.ReasonCode is null ? "NoReason" : null;
        if (entry.Outcome != DecisionOutcome.Confirmed)
            return null;
        if (await surveys.Valid(entry.CaseId, cancellationToken) is not { } survey || survey.Id != entry.SurveyId)
            return "NoSurvey";
        if (await new CheckQueries(context).IsMissing(entry.CaseId, deed.At, cancellationToken))
            return "NoCheck";
        return entry.RuleTrace.Length == 0 ? "NoRuleTrace" : null;
    }
}
