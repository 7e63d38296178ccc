using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Areas;
using Relief.Flow.Activities.Audit;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Changes;
using Relief.Flow.Activities.Decisions;
using Relief.Flow.Activities.Neighbours;
using Relief.Flow.Activities.Notices;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.Parameters;
using Relief.Flow.Activities.Settlement;

namespace Relief.Flow.Activities.Appeals;

/// <summary>Looks up what an appeal is against: who decided, and until when it may be appealed against.</summary>
public sealed class AppealTargets(ReliefDbContext context)
{
    private static readonly string[] Stops = ["OrderEnded", "OrderCancelled", "OrderPaused"];

    /// <summary>What it is against; null when there is no such thing. The code says why it cannot be appealed against yet: nothingStopped, notHanging, disputeFirst, notPaid.</summary>
    public Task<(AppealTarget? Target, string? Refused)> Of(AppealAbout about, string id, DateTimeOffset now, CancellationToken cancellationToken) => about switch
    {
        AppealAbout.Decision => Decision(id, cancellationToken),
        AppealAbout.Stop => Stop(id, cancellationToken),
        AppealAbout.Notice => Notice(id, cancellationToken),
        AppealAbout.Line => Line(id, now, cancellationToken),
        _ => Subsidy(id, cancellationToken)
    };

    private async Task<(AppealTarget?, string?)> Decision(string id, CancellationToken cancellationToken)
    {
        if (await context.Set<DecisionRecord>().FirstOrDefaultAsync(row => row.Id == id, cancellationToken) is not { } decision)
            return (null, null);
        var scene = await new CaseDesk(context).Open(decision.CaseId, cancellationToken);
        var area = decision.Authority == "county" ? scene.County : scene.Township;
        // A denial's time runs from its delivery; what was granted in part runs from its day.
        var until = decision.AppealBy ?? (decision.Outcome == DecisionOutcome.Denied ? null : (DateOnly?)await Window(decision.CreatedAt, area, cancellationToken));
        return (new AppealTarget(scene.County, area, until) { CaseId = scene.Case.Id, PersonId = scene.Case.PersonId, Deciders = [decision.DecidedBy] }, null);
    }

    private async Task<(AppealTarget?, string?)> Stop(string orderId, CancellationToken cancellationToken)
    {
        if (await context.Set<Order>().FirstOrDefaultAsync(row => row.Id == orderId, cancellationToken) is not { } order)
            return await Announced(orderId, cancellationToken);
        var scene = await new CaseDesk(context).Open(order.CaseId, cancellationToken);
        var target = new AppealTarget(scene.County, scene.Township, null) { CaseId = order.CaseId, PersonId = order.PersonId };
        if (order.Status is not (OrderStatus.Ended or OrderStatus.Cancelled or OrderStatus.Paused))
            return (target, "nothingStopped");
        var chain = AuditTrail.Case(order.CaseId);
        var stopped = await context.Set<AuditEvent>().Where(row => row.Subject == chain && Stops.Contains(row.What) && row.Detail.Contains(orderId))
            .OrderByDescending(row => row.Sequence).FirstOrDefaultAsync(cancellationToken);
        return stopped is null
            ? (target, null)
            : (target with { Until = await Window(stopped.DoneAt, scene.Township, cancellationToken), Deciders = [stopped.DoneBy] }, null);
    }

    // A stop that was decided by a change (P12), before it holds or after.
    private async Task<(AppealTarget?, string?)> Announced(string changeId, CancellationToken cancellationToken)
    {
        if (await new ChangeBook(context).Find(changeId, cancellationToken) is not { Decision: ChangeDecision.Stop, CaseId: { } caseId } change)
            return (null, null);
        var scene = await new CaseDesk(context).Open(caseId, cancellationToken);
        var until = change.ReviewedAt is { } reviewed ? await Window(reviewed, scene.Township, cancellationToken) : (DateOnly?)null;
        var target = new AppealTarget(scene.County, scene.Township, until) { CaseId = caseId, PersonId = change.PersonId, Deciders = [.. new[] { change.ProposedBy, change.ReviewedBy }.OfType<string>()] };
        return (target, change.Status is ChangeStatus.Approved or ChangeStatus.Applied ? null : "nothingStopped");
    }

    private async Task<(AppealTarget?, string?)> Notice(string id, CancellationToken cancellationToken)
    {
        if (await new NoticeBook(context).Find(id, cancellationToken) is not { } notice)
            return (null, null);
        var scene = await new CaseDesk(context).Open(notice.CaseId, cancellationToken);
        var until = notice.PostedAt is { } posted ? await Window(posted, scene.Township, cancellationToken) : (DateOnly?)null;
        var target = new AppealTarget(scene.County, scene.Township, until) { CaseId = notice.CaseId, PersonId = notice.PersonId, Deciders = [notice.CreatedBy] };
        return (target, notice.Status == NoticeStatus.Posted ? null : "notHanging");
    }

    private async Task<(AppealTarget?, string?)> Line(string id, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await context.Set<SettlementLine>().FirstOrDefaultAsync(row => row.Id == id, cancellationToken) is not { } line)
            return (null, null);
        var batch = await context.Set<SettlementBatch>().SingleAsync(row => row.Id == line.BatchId, cancellationToken);
        var dispute = await context.Set<LineDispute>().FirstOrDefaultAsync(row => row.LineId == id, cancellationToken);
        var until = await new DisputeBook(context).Until(line, cancellationToken);
        var target = new AppealTarget(line.CountyCode, line.CountyCode, batch.PaidAt is { } paid ? await Window(dispute?.DecidedAt ?? paid, line.CountyCode, cancellationToken) : null)
        {
            SupplierId = batch.SupplierId, Deciders = [.. new[] { batch.Clerk, batch.Approver, dispute?.DecidedBy }.OfType<string>().Distinct()]
        };
        // The dispute comes first, and is not doubled.
        var isOpen = dispute is null ? until >= now : dispute.Outcome is null;
        return (target, until is null ? "notPaid" : line.Status != LineStatus.Rejected || dispute?.Outcome == DisputeOutcome.Overturned ? "notRejected" : isOpen ? "disputeFirst" : null);
    }

    private async Task<(AppealTarget?, string?)> Subsidy(string id, CancellationToken cancellationToken)
    {
        if (await context.Set<Subsidy>().FirstOrDefaultAsync(row => row.Id == id, cancellationToken) is not { } subsidy)
            return (null, null);
        var sheet = await context.Set<SubsidySheet>().SingleAsync(row => row.Id == subsidy.SheetId, cancellationToken);
        var until = (sheet.PaidAt ?? sheet.PostedAt) is { } shown ? await Window(shown, sheet.TownshipCode, cancellationToken) : (DateOnly?)null;
        return (new AppealTarget(sheet.CountyCode, sheet.CountyCode, until) { HelperId = subsidy.HelperId, Deciders = sheet.Reviewer is { } reviewer ? [reviewer] : [] }, null);
    }

    private async Task<DateOnly> Window(DateTimeOffset from, string areaCode, CancellationToken cancellationToken)
    {
        var day = ChinaTime.DayOf(from);
        return day.AddDays(await new ParameterQueries(context).Whole("decision.appeal", areaCode, day, cancellationToken));
    }
}
