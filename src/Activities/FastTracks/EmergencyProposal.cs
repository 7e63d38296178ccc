using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Catalogue;
using Relief.Flow.Activities.Emergencies;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.Parameters;

namespace Relief.Flow.Activities.FastTracks;

/// <summary>What a clerk may propose on the fast track: a small service of M1 for a few days, or cash, each up to the limit (P29 step 1).</summary>
internal sealed class EmergencyProposal(EmergencyScene scene)
{
    private readonly DateOnly _today = ChinaTime.DayOf(scene.Context.Now);

    /// <summary>The services that may be bought here today: code, name and price.</summary>
    public async Task<IReadOnlyList<PricedItem>> Items(CancellationToken cancellationToken)
    {
        var priced = (await new CatalogueQueries(scene.Db).On(scene.CountyCode, scene.Emergency.AreaCode, _today, cancellationToken)).Where(item => item.Price is not null).ToList();
        var listed = await new CatalogueQueries(scene.Db).Listed([.. priced.Select(item => item.Code)], cancellationToken);
        return [.. priced.Where(item => listed[item.Code] is { Unit: not ItemUnit.BedDay, Pathways: var pathways } && (pathways.Length == 0 || pathways.Contains("M1")))];
    }

    /// <summary>For how many calendar days at most.</summary>
    public Task<int> Most(CancellationToken cancellationToken) => new ParameterQueries(scene.Db).Whole("emergency.days", scene.Township, _today, cancellationToken);

    /// <summary>The emergency with a proposed service, or why it cannot be so. What it costs is reckoned, never typed.</summary>
    public async Task<(EmergencyRelief? Proposed, string? Problem)> Service(Answer answer, CancellationToken cancellationToken)
    {
        if ((await Items(cancellationToken)).FirstOrDefault(item => item.Code == answer.Text("itemCode")) is not { Price: { } price } item)
            return (null, "UnknownItem");
        if (answer.Number("quantity") is not { } quantity || quantity <= 0 || decimal.Round(quantity, 2) != quantity)
            return (null, "QuantityInvalid");
        if (answer.Number("serviceDays") is not { } days || days < 1 || days > await Most(cancellationToken) || decimal.Truncate(days) != days)
            return (null, "TooManyDays");
        if (answer.Text("consent") is not { Length: > 0 and <= 200 } consent)
            return (null, "ConsentMissing");
        var amount = decimal.Round(quantity * price, 2);
        if (await TooMuch(amount, cancellationToken))
            return (null, "OverEmergencyLimit");
        var parent = await new CaseQueries(scene.Db).OpenCaseOf(scene.Emergency.PersonId, scene.CountyCode, cancellationToken);
        if (await Obstacle(parent, item.Code, cancellationToken) is { } obstacle)
            return (null, obstacle);
        return (scene.Emergency with { CaseId = parent!.Id, ItemCode = item.Code, Quantity = quantity, Days = (int)days, Amount = amount, Consent = consent }, null);
    }

    /// <summary>The emergency with proposed cash, or why it cannot be so.</summary>
    public async Task<(EmergencyRelief? Proposed, string? Problem)> Cash(Answer answer, CancellationToken cancellationToken)
    {
        if (answer.Number("amount") is not { } amount || amount <= 0 || decimal.Round(amount, 2) != amount)
            return (null, "AmountInvalid");
        if (await TooMuch(amount, cancellationToken))
            return (null, "OverEmergencyLimit");
        return answer.Text("purpose") is { Length: > 0 and <= 200 } purpose ? (scene.Emergency with { Amount = amount, Purpose = purpose }, null) : (null, "PurposeMissing");
    }

    private async Task<bool> TooMuch(decimal amount, CancellationToken cancellationToken) =>
        amount > await new ParameterQueries(scene.Db).Number("emergency.limit", scene.Township, _today, cancellationToken);

    // Who has no case gets one first: an application needs a name and consent, its papers come later. What is served already is not served twice.
    private async Task<string?> Obstacle(Case? parent, string itemCode, CancellationToken cancellationToken)
    {
        if (parent is null)
            return "NoOpenCase";
        if (parent.Status is CaseStatus.Denied or CaseStatus.NotAccepted)
            return "CaseDenied";
        var served = await scene.Db.Set<Order>().Where(order => order.CaseId == parent.Id && !OrderFlow.Over.Contains(order.Status) && order.PlannedTo >= _today).ToListAsync(cancellationToken);
        var needs = served.SelectMany(order => order.NeedItemIds).ToList();
        return await scene.Db.Set<NeedItem>().AnyAsync(need => needs.Contains(need.Id) && need.ItemCode == itemCode, cancellationToken) ? "AlreadyServed" : null;
    }
}
