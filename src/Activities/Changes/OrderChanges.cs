using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Archive;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Catalogue;
using Relief.Flow.Activities.Funds;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.People;
using Relief.Flow.Activities.Referrals;
using Relief.Flow.Activities.Visits;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Changes;

/// <summary>Does to one order in service what was decided: plan, agreement, money and visits, together or not at all (P12 step 4).</summary>
internal sealed class OrderChanges(ChangeScene scene, Order order)
{
    private readonly ReliefDbContext db = scene.Db;
    private readonly OrderMoney money = new(scene.Db, scene.Person.AreaCode);
    private readonly Deed deed = scene.Context.DeedOf("apply:" + order.Id, scene.Change.ReviewedBy ?? ActivityDeeds.System);

    /// <summary>Another quantity or another fund from the change's day on. False, and nothing is done, when the money does not carry it.</summary>
    public async Task<bool> Change(CancellationToken cancellationToken)
    {
        var (change, from) = (scene.Change, scene.Change.EffectiveOn!.Value);
        var view = (await new OrderQueries(db).Find(order.Id, cancellationToken))!;
        PlannedItem[] plan = [.. view.Lines.Select(line => line.ItemCode == change.ItemCode
            ? new PlannedItem(line.ItemCode, change.Quantity!.Value, change.Visits!.Value) : new PlannedItem(line.ItemCode, line.QuantityPerMonth, line.VisitsPerMonth))];
        if (!await Funded(plan, from, cancellationToken))
            return false;
        if (change.Quantity is not null)
        {
            await new PlanBook(db).Amend((order.Id, Schedule(view), plan), from, change.Heard == "Agrees" ? scene.Person.Id : deed.By, deed, cancellationToken);
            await Annex(view, from, cancellationToken);
            foreach (var need in await db.Set<NeedItem>().Where(need => order.NeedItemIds.Contains(need.Id) && need.ItemCode == change.ItemCode).ToListAsync(cancellationToken))
                await new CaseBook(db).Decide(need with { Quantity = change.Quantity.Value }, deed.Step(need.Id), cancellationToken);
            await Thin(plan, view, cancellationToken);
        }

        await Filed(cancellationToken);
        return true;
    }

    /// <summary>The order ends with the change's day; what was served keeps its money, the rest goes back.</summary>
    public async Task<IReadOnlyList<Message>> Stop(CancellationToken cancellationToken)
    {
        var last = scene.Change.EffectiveOn!.Value;
        await new OrderEnd(db, scene.Person.AreaCode).On(order, last, deed, cancellationToken);
        await Filed(cancellationToken);
        return [OrderStop.Tell(order.Id, scene.Change.StopReason.ToString())];
    }

    /// <summary>Gives back what an order that stands still does not owe; what it needs again is set aside when it goes on (E21).</summary>
    public async Task Rest(DateOnly today, CancellationToken cancellationToken)
    {
        if (order.ReservationId is { } reservation)
            await GiveBack(reservation, await money.Owed(order.Id, today, cancellationToken), "rest", cancellationToken);
    }

    /// <summary>Whether the money is there to go on; what was given back is set aside again.</summary>
    public async Task<bool> Funded(DateOnly today, CancellationToken cancellationToken)
    {
        if (order.ReservationId is not { } reservation || await new OrderQueries(db).Find(order.Id, cancellationToken) is not { Lines.Count: > 0 } view)
            return true;
        PlannedItem[] plan = [.. view.Lines.Select(line => new PlannedItem(line.ItemCode, line.QuantityPerMonth, line.VisitsPerMonth))];
        var needed = await money.Owed(order.Id, today, cancellationToken) + (await money.Ahead(order, plan, today, cancellationToken) ?? 0);
        return await new FundQueries(db).Standing(reservation, cancellationToken) >= needed || await new ReservationBook(db).AdjustTo(reservation, needed, deed.Step("again"), cancellationToken) is FundResult.Posted;
    }

    private Task GiveBack(string reservation, decimal owed, string step, CancellationToken cancellationToken) => new OrderEnd(db, scene.Person.AreaCode).GiveBack(reservation, owed, deed.Step(step), cancellationToken);

    // In one transaction: what is not there cannot be reserved, and then nothing is given back.
    private async Task<bool> Funded(PlannedItem[] plan, DateOnly from, CancellationToken cancellationToken)
    {
        if (order.ReservationId is not { } reservation || await money.Ahead(order, plan, from, cancellationToken) is not { } ahead)
            return order.ReservationId is null;
        var owed = await money.Owed(order.Id, from, cancellationToken);
        if (scene.Change.AccountId is not { } account)
            return await new ReservationBook(db).AdjustTo(reservation, owed + ahead, deed.Step("adjust"), cancellationToken) is FundResult.Posted;
        var facts = (await new PersonQueries(db).Facts(scene.Person.Id, from, cancellationToken))!;
        var taken = await new ReservationBook(db).Reserve(new ReservationRequest
        {
            OrderId = order.Id, CountyCode = order.CountyCode, Amount = ahead, PeriodFrom = from, PeriodTo = order.PlannedTo, CandidateAccounts = [account],
            Purpose = new FundPurpose(scene.Change.Category ?? scene.Case?.Category ?? (facts.Categories is [var category, ..] ? category : ReliefCategory.Dibao), facts.PersonClasses, [.. plan.Select(item => item.ItemCode)], order.Pathway)
        }, deed.Step("reserve"), cancellationToken);
        if (taken is not ReservationResult.Reserved(var id, _))
            return false;
        await GiveBack(reservation, owed, "release", cancellationToken);
        await new ReservationBook(db).EndWith(reservation, from.AddDays(-1), cancellationToken);
        return await new OrderBook(db).Fund(order.Id, id, deed.Step("fund"), cancellationToken) is OrderResult.Done;
    }

    // Where another number of visits is spread over the month, the days that were agreed for the old one do not fit any more.
    private string Schedule(OrderView view)
    {
        var rules = JsonSerializer.Deserialize<List<VisitRule>>(view.Plan!.ScheduleRule, JsonSerializerOptions.Web) ?? [];
        return JsonSerializer.Serialize(rules.Select(rule => rule.ItemCode == scene.Change.ItemCode ? rule with { Days = null } : rule), JsonSerializerOptions.Web);
    }

    private async Task Annex(OrderView view, DateOnly from, CancellationToken cancellationToken)
    {
        if (view.Agreement is not { } old || scene.Change.AnnexBy is not { } supplier)
            return;
        var signers = new[] { (AgreementParty.Township, deed.By), (AgreementParty.Supplier, supplier) }.Concat(scene.Change.Heard == "Agrees" ? [(AgreementParty.Person, scene.Person.Id)] : []);
        await new PlanBook(db).Annex(old, (from, "change:" + scene.Change.Id, [.. signers]), deed, cancellationToken);
    }

    // What does not lie in the new plan falls away; what is missing is planned by the order itself.
    private async Task Thin(PlannedItem[] plan, OrderView view, CancellationToken cancellationToken)
    {
        var from = scene.Change.EffectiveOn!.Value;
        var catalogue = await db.Set<CatalogueItem>().Where(item => item.CountyCode == order.CountyCode).ToListAsync(cancellationToken);
        var rules = JsonSerializer.Deserialize<List<VisitRule>>(Schedule(view), JsonSerializerOptions.Web) ?? [];
        var lines = plan.Select(item => (new PlanLine { Id = "", PlanId = "", ItemCode = item.ItemCode, QuantityPerMonth = item.QuantityPerMonth, VisitsPerMonth = item.VisitsPerMonth }, catalogue.Single(row => row.Code == item.ItemCode))).ToList();
        var kept = VisitCalendar.Between(lines, rules, from, from.AddDays(62)).Select(visit => (visit.ItemCode, visit.Start)).ToHashSet();
        await new VisitBook(db).Cancel(order.Id, ChinaTime.StartOf(from), visit => !kept.Contains((visit.ItemCode, visit.PlannedStart)), cancellationToken);
    }

    private async Task Filed(CancellationToken cancellationToken)
    {
        if (await db.Set<ArchiveFile>().FirstOrDefaultAsync(row => row.CaseId == order.CaseId && row.SupplierId == order.SupplierId, cancellationToken) is { } file)
            await new ArchiveBook(db).File(file.Id, new FiledPaper("change:" + scene.Change.Id[..8], ChangeBook.Chain(scene.Change.Id)), deed.Step("file"), cancellationToken);
    }
}
