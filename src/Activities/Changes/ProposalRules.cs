using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Areas;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Funds;
using Relief.Flow.Activities.Orders;

namespace Relief.Flow.Activities.Changes;

/// <summary>What must hold of a proposal before it goes on; then how it is kept (P12 step 3).</summary>
internal sealed class ProposalRules(ChangeScene scene)
{
    private const int LongestReason = 2000;

    private readonly DateOnly today = ChinaTime.DayOf(scene.Context.Now);

    /// <summary>The change with what is proposed, or why it cannot be so.</summary>
    public async Task<(PersonChange? Change, string? Problem)> Of(ChangeDecision decision, ChangeProposal proposal, CancellationToken cancellationToken)
    {
        if (proposal.Reason is not { Length: > 0 and <= LongestReason })
            return (null, "ReasonMissing");
        if (proposal.OrderId is not null && scene.Orders.All(order => order.Id != proposal.OrderId))
            return (null, "OrderUnknown");
        if (IsLeftPaused(decision, proposal))
            return (null, "StillPaused");
        // Until is kept: it says from now on that this change has paused orders, whatever is proposed next.
        var bare = scene.Change with
        {
            Status = ChangeStatus.Proposed, Decision = decision, Reason = proposal.Reason, OrderId = proposal.OrderId, Adverse = decision == ChangeDecision.Stop, StopReason = null, ItemCode = null,
            Quantity = null, Visits = null, AccountId = null, Category = null, EffectiveOn = null, ToAreaCode = null, Heard = null, HeardNote = null, HeardAt = null,
            ReviewedBy = null, ReviewedAt = null, NoticeUntil = null, AnnexBy = null
        };
        return decision switch
        {
            ChangeDecision.Continue => scene.Change.Verdict == "NotEligible" ? (null, "NotEligible") : (bare, null),
            ChangeDecision.Suspend => Suspended(bare, proposal),
            ChangeDecision.Stop => Stopped(bare, proposal),
            ChangeDecision.Transfer => await Transferred(bare, proposal, cancellationToken),
            _ => await Changed(bare, proposal, cancellationToken)
        };
    }

    // What this change has paused goes on only with the person's return: whoever stays away is suspended anew, or all of it ends.
    private bool IsLeftPaused(ChangeDecision decision, ChangeProposal proposal) => scene.Change.Until is not null && decision != ChangeDecision.Suspend
        && scene.Orders.Any(order => order.Status == OrderStatus.Paused && (decision != ChangeDecision.Stop || (proposal.OrderId is { } ended && ended != order.Id)));

    private (PersonChange?, string?) Suspended(PersonChange bare, ChangeProposal proposal) => proposal.Until is not { } until || until <= today || until > today.AddYears(1)
        ? (null, "UntilInvalid")
        : (bare with { Until = until, EffectiveOn = today }, null);

    // Who moves away is served until that day, who wants no more until the day they name; everybody else at least until the end of the month.
    private (PersonChange?, string?) Stopped(PersonChange bare, ChangeProposal proposal)
    {
        if (proposal.StopReason is not { } why || !Enum.IsDefined(why))
            return (null, "StopReasonMissing");
        var monthEnd = new DateOnly(today.Year, today.Month, 1).AddMonths(1).AddDays(-1);
        var last = why == StopReason.Moved ? proposal.EffectiveOn ?? scene.Change.SeenOn : proposal.EffectiveOn ?? monthEnd;
        var isTooEarly = why switch { StopReason.Moved => false, StopReason.Refused => last < today, _ => last < monthEnd };
        return isTooEarly || last > today.AddYears(1) ? (null, "EffectiveOnInvalid") : (bare with { StopReason = why, EffectiveOn = last }, null);
    }

    private async Task<(PersonChange?, string?)> Transferred(PersonChange bare, ChangeProposal proposal, CancellationToken cancellationToken)
    {
        var chain = await new AreaQueries(scene.Db).ChainOf(proposal.ToAreaCode ?? "", cancellationToken);
        if (chain.Count == 0 || chain[0].Level != AreaLevel.Village || chain.All(area => area.Code != scene.CountyCode) || proposal.ToAreaCode == scene.Person.AreaCode)
            return (null, "VillageUnknown");
        return (bare with { ToAreaCode = proposal.ToAreaCode, EffectiveOn = proposal.EffectiveOn ?? scene.Change.SeenOn }, null);
    }

    private async Task<(PersonChange?, string?)> Changed(PersonChange bare, ChangeProposal proposal, CancellationToken cancellationToken)
    {
        var from = proposal.EffectiveOn ?? (scene.Change.Kind == ChangeKind.Eighteen ? scene.Change.SeenOn : new DateOnly(today.Year, today.Month, 1).AddMonths(1));
        if (from < today || from > today.AddYears(1))
            return (null, "EffectiveOnInvalid");
        if (proposal.Quantity is null && proposal.AccountId is null && proposal.Category is null)
            return (null, "NothingChanges");
        if (proposal.Category is { } category && !Enum.IsDefined(category))
            return (null, "CategoryUnknown");
        var changed = bare with { EffectiveOn = from, Category = proposal.Category, AccountId = proposal.AccountId };
        if (proposal.AccountId is { } account && !await scene.Db.Set<FundAccount>().AnyAsync(row => row.Id == account && row.CountyCode == scene.CountyCode && row.FiscalYear == from.Year, cancellationToken))
            return (null, "AccountUnknown");
        if (proposal.Quantity is null && proposal.AccountId is null)
            return (changed, null);
        return scene.Meant(proposal.OrderId) is [var order] ? await Quantity(changed with { OrderId = order.Id }, proposal, cancellationToken) : (null, "OrderMissing");
    }

    private async Task<(PersonChange?, string?)> Quantity(PersonChange changed, ChangeProposal proposal, CancellationToken cancellationToken)
    {
        if (proposal.Quantity is not { } quantity)
            return (changed, null);
        var lines = (await new OrderQueries(scene.Db).Find(changed.OrderId!, cancellationToken))!.Lines;
        if ((proposal.ItemCode is null && lines.Count == 1 ? lines[0] : lines.FirstOrDefault(row => row.ItemCode == proposal.ItemCode)) is not { } line)
            return (null, "ItemNotOrdered");
        if (quantity <= 0 || decimal.Round(quantity, 2) != quantity || quantity > 1000 || proposal.Visits is <= 0 or > 1000)
            return (null, "QuantityInvalid");
        if (quantity > line.QuantityPerMonth && scene.Change.Verdict == "NotEligible")
            return (null, "NotEligible");
        return (changed with
        {
            ItemCode = line.ItemCode, Quantity = quantity, Visits = proposal.Visits ?? Math.Max(1, (int)Math.Ceiling(line.VisitsPerMonth * quantity / line.QuantityPerMonth)),
            Adverse = quantity < line.QuantityPerMonth
        }, null);
    }
}
