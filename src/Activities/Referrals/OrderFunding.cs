using Relief.Flow.Activities.Funds;
using Relief.Flow.Activities.Parameters;
using Relief.Flow.Activities.People;

namespace Relief.Flow.Activities.Referrals;

/// <summary>What is asked of the funds for an order: its purpose, and the eligible accounts from the most special to the general F3, which comes last.</summary>
public sealed class OrderFunding(ReliefDbContext context)
{
    /// <summary>The request for an amount over a period, on the accounts of the year in which it begins; the parameter <c>fund.split</c> says whether several may carry it together.</summary>
    public async Task<ReservationRequest> Request(OrderScene scene, (DateOnly From, DateOnly To) period, decimal amount, CancellationToken cancellationToken)
    {
        var order = scene.Order;
        var facts = await new PersonQueries(context).Facts(order.PersonId, period.From, cancellationToken);
        string[] classes = [.. facts!.PersonClasses.Concat(scene.Needs.Select(need => need.PersonClass)).Distinct()];
        var purpose = new FundPurpose(scene.Case.Category, classes, [.. scene.Needs.Select(need => need.ItemCode)], order.Pathway);
        var eligible = await new FundQueries(context).Eligible(order.CountyCode, period.From.Year, purpose, cancellationToken);
        return new ReservationRequest
        {
            OrderId = order.Id,
            CountyCode = order.CountyCode,
            Amount = amount,
            PeriodFrom = period.From,
            PeriodTo = period.To,
            Purpose = purpose,
            CandidateAccounts = [.. eligible.OrderBy(account => account.Kind == FundKind.F3).ThenBy(account => account.Kind).Select(account => account.AccountId)],
            SplitAllowed = await new ParameterQueries(context).Find("fund.split", scene.TownshipCode, order.PlannedFrom, cancellationToken) is not { Value: "false" }
        };
    }
}
