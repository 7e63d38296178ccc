using System.Globalization;
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
    public async Task Applies(Wish wish, CancellationToken cancellationToken)
    {
        CaseId = await new ApplicationPart(caller, tale, wish).Play([], cancellationToken);
        OrderId = ApiCaller.Text(await Order(cancellationToken), "id");
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
        var end = new PathwayFigures(status, ApiCaller.Text(await Order(cancellationToken), "status"), figures,
            (await caller.Get("invariants", cancellationToken)).GetProperty("violations").GetArrayLength());
        await story.WriteLineAsync();
        await story.WriteLineAsync($"个案 case {end.CaseStatus} · 订单 order {end.OrderStatus} · "
            + string.Join(" · ", figures.Select(figure => string.Create(CultureInfo.InvariantCulture, $"{figure.Key} {figure.Value:0.##}"))));
        await story.WriteLineAsync($"不变量 invariant violations {end.Violations}");
        return end;
    }

    private async Task<JsonElement> Order(CancellationToken cancellationToken) => (await caller.List($"cases/{CaseId}/orders", cancellationToken))[0];
}
