using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Lifecycle;

/// <summary>Starts each pathway of each confirmed need as a child of the case, a bundle with one owner, and waits until all of them have ended, and every other order of the case too (A59, W-CASE 5 to 7).</summary>
/// <remarks>
/// A child gets <c>{ caseId, needItemId, personId }</c> and the correlation and person of the case. Needs whose pathways are not in the table
/// are handed to the clerk. An interrupt arrives as <c>interrupt:{personId}</c>, the end of an order that began elsewhere as <c>case:{caseId}:orders</c>.
/// </remarks>
[Activity("Relief Case", "Starts every pathway of each confirmed need and waits for all orders of the case.", Chinese = "启动路径并等待全部订单", Waits = true)]
[Outcomes(AllEnded, Interrupted)]
public sealed class WaitAllOrders(ReliefDatabase database) : Activity
{
    private const string AllEnded = nameof(AllEnded);
    private const string Interrupted = nameof(Interrupted);
    private const string Child = "need:";
    private const string Orders = "orders";

    [Input("The case.", Chinese = "个案")]
    public required string CaseId { get; init; }

    [Input("The person.", Chinese = "服务对象")]
    public required string PersonId { get; init; }

    [Input("The confirmed needs.", Chinese = "确认的需求")]
    public required string[] NeedItems { get; init; }

    [Input("Which definition each pathway is: an object such as { \"M1\": \"pathway.government-purchase\" }.", Chinese = "路径与流程")]
    public required JsonElement Pathways { get; init; }

    [Input("The pathways of needs that have ended; bind it to the same variable as the output.", Chinese = "已结束的需求")]
    public string[] EndedBefore { get; init; } = [];

    [Output("The pathways of needs that have ended, as needId:M1.", Chinese = "已结束的需求")]
    public string[] Ended { get; private set; } = [];

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var records = database.Reading();
        var scene = await new CaseDesk(records).Open(CaseId, cancellationToken);
        var needs = await records.Set<NeedItem>().Where(need => NeedItems.Contains(need.Id)).OrderBy(need => need.Id).ToListAsync(cancellationToken);
        var begun = needs.SelectMany(need => RoutesOf(need).Select(route => (Need: need, Route: route))).ToList();
        Bookmark[] children = [.. begun.Select(one => Bookmark.Child(Child + one.Need.Id + ":" + one.Route.Pathway, Message.Of(StartOf(context, one.Need, one.Route))))];
        Message[] manual = [.. needs.Where(need => !RoutesOf(need).Any())
            .Select(need => Tell.Unit("pathway.manual", "C", scene.Township, new { caseNumber = scene.Case.Number, need.ItemCode, need.Pathways }))];
        if (children.Length == 0)
            return await Complete(AllEnded, manual);
        return new Waiting([.. children, Bookmark.Event("interrupt", "interrupt:" + PersonId), Bookmark.Event(Orders, OrdersOf(CaseId))])
        {
            Memo = Json(begun.Select(one => one.Need.Id + ":" + one.Route.Pathway)), Send = [.. manual]
        };
    }

    protected override async Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        if (wakeup.Bookmark == "interrupt")
            return await Complete(Interrupted);
        var isChild = wakeup.Bookmark.StartsWith(Child, StringComparison.Ordinal);
        Ended = isChild ? [.. EndedBefore.Append(wakeup.Bookmark[Child.Length..]).Distinct()] : EndedBefore;
        // What began before pathways were told apart waits for one of each need.
        var expected = context.Memo is { ValueKind: JsonValueKind.Array } begun ? begun.EnumerateArray().Select(one => one.GetString()!) : NeedItems;
        await using var records = database.Reading();
        var isOver = expected.All(Ended.Contains) && !await new OrderQueries(records).AnyOpen(CaseId, cancellationToken);
        return isOver ? await Complete(AllEnded)
            : isChild && context.Memo is not null ? await KeepWaiting()
            : await KeepWaiting([Bookmark.Event($"{Orders}-{context.KeyFor(wakeup.Bookmark):N}", OrdersOf(CaseId))]);
    }

    private static string OrdersOf(string caseId) => $"case:{caseId}:orders";

    private IEnumerable<(string Pathway, string Definition)> RoutesOf(NeedItem need) => need.Pathways.Distinct()
        .Select(pathway => (pathway, Definition: Pathways.ValueKind == JsonValueKind.Object && Pathways.TryGetProperty(pathway, out var definition) ? definition.GetString() : null))
        .Where(route => route.Definition is not null).Select(route => (route.pathway, route.Definition!));

    private ChildStart StartOf(ActivityContext context, NeedItem need, (string Pathway, string Definition) route) => new(
        context.KeyFor(Child + need.Id + ":" + route.Pathway), route.Definition, Json(new { caseId = CaseId, needItemId = need.Id, personId = PersonId }),
        context.CorrelationId, context.BusinessKey, context.SubjectId);
}
