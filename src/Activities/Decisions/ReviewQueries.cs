using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Audit;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Catalogue;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Activities.Surveys;

namespace Relief.Flow.Activities.Decisions;

/// <summary>Reads what a review needs: the rules' trace, who may not decide, and what the needs would cost.</summary>
public sealed class ReviewQueries(ReliefDbContext context)
{
    /// <summary>The last trace of the eligibility rules, or none.</summary>
    public async Task<EligibilityTrace?> Trace(string caseId, CancellationToken cancellationToken) =>
        await Last(caseId, EligibilityCheck.Checked, cancellationToken) is { } kept
            ? JsonSerializer.Deserialize<EligibilityTrace>(kept.Detail, JsonSerializerOptions.Web)
            : null;

    /// <summary>Who may not decide on the case: its surveyors, the clerk who accepted it, and staff with a declared relation (INV-09, E09).</summary>
    public async Task<IReadOnlyList<string>> Excluded(CaseScene scene, CancellationToken cancellationToken)
    {
        var signers = await new SurveyQueries(context).SignersOf(scene.Case.Id, cancellationToken);
        var accepted = await Last(scene.Case.Id, "CaseAccepted", cancellationToken);
        var kin = await new StaffQueries(context).KinOf(scene.Case.PersonId, cancellationToken);
        return [.. signers.Concat(kin).Append(accepted?.DoneBy ?? "system").Distinct()];
    }

    /// <summary>What the decided quantities cost in a month, in yuan, at the prices of a day; items without a price count nothing.</summary>
    public async Task<decimal> MonthlyAmount(CaseScene scene, IReadOnlyList<NeedItem> needs, DateOnly on, CancellationToken cancellationToken)
    {
        var prices = new CatalogueQueries(context);
        decimal amount = 0;
        foreach (var need in needs)
            amount += need.Quantity * ((await prices.PriceOn(need.ItemCode, scene.Case.AreaCode, on, cancellationToken))?.Price ?? 0);
        return amount;
    }

    private Task<AuditEvent?> Last(string caseId, string what, CancellationToken cancellationToken)
    {
        var subject = AuditTrail.Case(caseId);
        return context.Set<AuditEvent>().Where(row => row.Subject == subject && row.What == what)
            .OrderByDescending(row => row.Sequence).FirstOrDefaultAsync(cancellationToken);
    }
}
