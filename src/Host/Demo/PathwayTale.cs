using System.Text.Json;

namespace Relief.Flow.Host.Demo;

/// <summary>What the stories of the pathways share: the application before, what is said on the way, the case's state and the figures at the end.</summary>
internal sealed class PathwayTale(ApiCaller caller, TextWriter story)
{
    private readonly Tale tale = new(caller, story);

    /// <summary>The case.</summary>
    public string CaseId { get; private set; } = "";

    /// <summary>Its order, once it has been read.</summary>
    public string OrderId { get; private set; } = "";

    public Tale Tale => tale;

    /// <summary>From the application to the order that its pathway has made.</summary>
    public Task Applies(Wish wish, CancellationToken cancellationToken) => Applies(wish, () => Task.CompletedTask, cancellationToken);

    /// <summary>The same; what is done before it is decided is played between.</summary>
    public async Task Applies(Wish wish, Func<Task> meanwhile, CancellationToken cancellationToken)
    {
        var application = new ApplicationPart(caller, tale, wish);
        CaseId = await application.IsTaken(cancellationToken);
        await meanwhile();
        await application.IsDecided([], cancellationToken);
        OrderId = ApiCaller.Text(await Order(cancellationToken), "id");
    }

    /// <summary>Whoever serves accepts the order, plans one item and signs with the township and the person.</summary>
    public async Task IsAgreed(string by, string goals, (string Item, int Quantity, int Visits) month, CancellationToken cancellationToken)
    {
        await caller.Decide(new Decision("referral", by, "Accepted"), cancellationToken);
        var lines = new[] { new { itemCode = month.Item, quantityPerMonth = month.Quantity, visitsPerMonth = month.Visits } };
        await caller.Decide(new Decision("plan", by, "Submitted", new { goals, lines }), cancellationToken);
        await caller.Decide(new Decision("plan.agree", "clerk-1", "Agreed"), cancellationToken);
        await caller.Sign(by, cancellationToken);
    }

    /// <summary>A month's batch is claimed on the 6th of the next, verified and approved on the 8th, paid on the 15th; gives it.</summary>
    public async Task<JsonElement> IsPaid(string batch, string by, IReadOnlyDictionary<string, decimal> claimed, DateOnly first, CancellationToken cancellationToken)
    {
        await caller.At(ApiCaller.On(first.AddDays(5), 9), cancellationToken);
        await caller.Decide(new Decision("settlement.claim", by, "Claimed", new { lines = claimed.Select(line => new { itemCode = line.Key, quantity = line.Value }) }), cancellationToken);
        await caller.At(ApiCaller.On(first.AddDays(7), 9), cancellationToken);
        await caller.Decide(new Decision("settlement.verify", "settlement-clerk-1", "Verified"), cancellationToken);
        await caller.Decide(new Decision("settlement.approve", "township-reviewer-1", "Approved"), cancellationToken);
        await caller.At(ApiCaller.On(first.AddDays(14), 9), cancellationToken);
        await caller.Event("pay:" + batch, new { voucher = "bank-" + batch }, cancellationToken);
        await Says("核对、审批、支付完成", "Verified, approved and paid", cancellationToken);
        return (await caller.Get("settlement/batches/" + batch, cancellationToken)).GetProperty("batch");
    }

    /// <summary>Somebody decides, and it is told.</summary>
    public async Task Decides(Decision decision, string chinese, string english, CancellationToken cancellationToken)
    {
        await caller.Decide(decision, cancellationToken);
        await Says(chinese, english, cancellationToken);
    }

    /// <summary>Something that happened is told, with the order's state.</summary>
    public async Task Says(string chinese, string english, CancellationToken cancellationToken)
    {
        await tale.Says(CaseId, chinese, english, cancellationToken);
        await tale.Adds("订单 order → " + ApiCaller.Text(await Order(cancellationToken), "status"), cancellationToken);
    }

    /// <summary>Tells how it has ended.</summary>
    public async Task<PathwayFigures> Ends(IReadOnlyDictionary<string, decimal> figures, CancellationToken cancellationToken)
    {
        var status = ApiCaller.Text((await caller.Get("cases/" + CaseId, cancellationToken)).GetProperty("case"), "status");
        var order = ApiCaller.Text(await Order(cancellationToken), "status");
        return new PathwayFigures($"{status} {order}", figures, await tale.Ends($"个案 case {status} · 订单 order {order}", figures, cancellationToken));
    }

    private async Task<JsonElement> Order(CancellationToken cancellationToken) => (await caller.List($"cases/{CaseId}/orders", cancellationToken))[0];
}
