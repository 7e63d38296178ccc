using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Lifecycle;

/// <summary>Starts the pathway of each confirmed need as a child of the case and waits until all of them have ended (A59, W-CASE 5 and 6).</summary>
/// <remarks>
/// A child gets <c>{ caseId, needItemId, personId }</c> and the correlation and person of the case. Needs whose pathways are not in the table
/// are handed to the clerk. An interrupt arrives as <c>interrupt:{personId}</c>.
/// </remarks>
[Activity("Relief Case", "Starts the pathway of each confirmed need and waits for all of them.", Chinese = "启动路径并等待全部订单", Waits = true)]
[Outcomes(AllEnded, Interrupted)]
public sealed class WaitAllOrders(ReliefDatabase database) : Activity
{
    private const string AllEnded = nameof(AllEnded);
    private const string Interrupted = nameof(Interrupted);
    private const string Child = "need:";

    [Input("The case.", Chinese = "个案")]
    public required string CaseId { get; init; }

    [Input("The person.", Chinese = "服务对象")]
    public required string PersonId { get; init; }

    [Input("The confirmed needs.", Chinese = "确认的需求")]
    public required string[] NeedItems { get; init; }

    [Input("Which definition each pathway is: an object such as { \"M1\": \"pathway.government-purchase\" }.", Chinese = "路径与流程")]
    public required JsonElement Pathways { get; init; }

    [Input("The needs whose pathway has ended; bind it to the same variable as the output.", Chinese = "已结束的需求")]
    public string[] EndedBefore { get; init; } = [];

    [Output("The needs whose pathway has ended.", Chinese = "已结束的需求")]
    public string[] Ended { get; private set; } = [];

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var records = database.Reading();
        var scene = await new CaseDesk(records).Open(CaseId, cancellationToken);
        var needs = await records.Set<NeedItem>().Where(need => NeedItems.Contains(need.Id)).OrderBy(need => need.Id).ToListAsync(cancellationToken);
        Bookmark[] children = [.. needs.Select(need => (Need: need, Definition: DefinitionOf(need))).Where(pair => pair.Definition is not null)
            .Select(pair => Bookmark.Child(Child + pair.Need.Id, Message.Of(StartOf(context, pair.Need, pair.Definition!))))];
        Message[] manual = [.. needs.Where(need => DefinitionOf(need) is null)
            .Select(need => Tell.Unit("pathway.manual", "C", scene.Township, new { caseNumber = scene.Case.Number, need.ItemCode, need.Pathways }))];
        Ended = [.. needs.Where(need => DefinitionOf(need) is null).Select(need => need.Id)];
        return children.Length == 0
            ? await Complete(AllEnded, manual)
            : await WaitAt([.. children, Bookmark.Event("interrupt", "interrupt:" + PersonId)], manual);
    }

    protected override Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        if (wakeup.Kind == BookmarkKind.Event)
            return Complete(Interrupted);
        Ended = [.. EndedBefore.Append(wakeup.Bookmark[Child.Length..]).Distinct()];
        return NeedItems.All(Ended.Contains) ? Complete(AllEnded) : KeepWaiting();
    }

    private string? DefinitionOf(NeedItem need) => need.Pathways
        .Select(pathway => Pathways.ValueKind == JsonValueKind.Object && Pathways.TryGetProperty(pathway, out var definition) ? definition.GetString() : null)
        .FirstOrDefault(definition => definition is not null);

    private ChildStart StartOf(ActivityContext context, NeedItem need, string definition) => new(
        context.KeyFor(Child + need.Id), definition, Json(new { caseId = CaseId, needItemId = need.Id, personId = PersonId }),
        context.CorrelationId, context.BusinessKey, context.SubjectId);
}
