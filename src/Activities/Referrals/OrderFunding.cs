using Relief.Flow.Activities.Funds;
using Relief.Flow.Activities.Parameters;
using Relief.Flow.Activities.People;

namespace Relief.Flow.Activities.Referrals;

/// <summary>What is asked of the funds for an order: its purpose, and the eligible accounts from the most special to the general F3, which comes last; for the fast track F2 alone, then the township's petty cash (P29 step 3).</summary>
public sealed class OrderFunding(ReliefDbContext context)
{
    /// <summary>The request for an amount over a period, on the accounts of the year in which it begins; the parameter <c>fund.split</c> says whether several may carry it together.</summary>
    public async Task<ReservationRequest> Request(OrderScene scene, (DateOnly From, DateOnly To) period, decimal amount, CancellationToken cancellationToken)
    {
        var order = scene.Order;
        var facts = await new PersonQueries(context).Facts(order.PersonId, period.From, cancellationToken);
        string[] classes = [.. facts!.PersonClasses.Concat(scene.Needs.Select(need => need.PersonClass)).Distinct()];
        var purpose = new FundPurpose(scene.IsEmergency ? ReliefCategory.TemporaryRelief : scene.Case.Category, classes, [.. scene.Needs.Select(need => need.ItemCode)], order.Pathway);
        return new ReservationRequest
        {
            OrderId = order.Id,
            CountyCode = order.CountyCode,
            Amount = amount,
            PeriodFrom = period.From,
            PeriodTo = period.To,
            Purpose = purpose,
            CandidateAccounts = await Candidates(scene, period.From.Year, purpose, cancellationToken),
            SplitAllowed = await new ParameterQueries(context).Find("fund.split", scene.TownshipCode, order.PlannedFrom, cancellationToken) is not { Value: "false" }
        };
    }

    private async Task<IReadOnlyList<string>> Candidates(OrderScene scene, int year, FundPurpose purpose, CancellationToken cancellationToken)
    {
        var funds = new FundQueries(context);
        var eligible = (await funds.Eligible(scene.Order.CountyCode, year, purpose, cancellationToken)).OrderBy(account => account.Kind == FundKind.F3).ThenBy(account => account.Kind);
        if (!scene.IsEmergency)
            return [.. eligible.Select(account => account.AccountId)];
        var petty = await funds.PettyCash(scene.Order.CountyCode, year, scene.TownshipCode, cancellationToken);
        return [.. eligible.Where(account => account.Kind == FundKind.F2).Select(account => account.AccountId), .. petty is null ? Array.Empty<string>() : [petty.Id]];
    }
}
