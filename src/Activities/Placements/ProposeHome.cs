using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Referrals;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Placements;

/// <summary>Who does not want an institution, or does not need one, is offered care at home and a neighbour's help on the same day (PW2 step 2).</summary>
/// <remarks>
/// The two needs are registered at once and proposed by pathways M1 and M6. The reviewer agrees them with monthly quantities and the support
/// agreement's reference; then both pathways start, each once.
/// </remarks>
[ChangesRecords]
[Activity("Relief Care", "Offers care at home instead of an institution.", Chinese = "转为居家供养", Waits = true)]
[Outcomes("Proposed", "NotWanted")]
public sealed class ProposeHome : OrderStep
{
    [Input("The item of care at home.", Chinese = "居家照料项目")]
    public string CareItem { get; init; } = "home-care";

    [Input("The item of a neighbour's help.", Chinese = "邻里互助项目")]
    public string NeighbourItem { get; init; } = "neighbour-help";

    protected override async Task<StepEnd?> Begin(StepScene scene, CancellationToken cancellationToken)
    {
        var needs = await Home(scene, cancellationToken);
        var first = scene.Order.Needs[0];
        NeedEntry[] missing =
        [
            .. new[] { CareItem, NeighbourItem }.Where(item => needs.All(need => need.ItemCode != item))
                .Select(item => new NeedEntry(item, "生活照料", first.PersonClass, first.Urgency, first.Wording))
        ];
        if (missing.Length > 0)
            await new CaseBook(scene.Db).RegisterNeeds(scene.Order.Case.Id, missing, scene.Context.DeedOf("home"), cancellationToken);
        foreach (var need in (await Home(scene, cancellationToken)).Where(need => need.Status == NeedStatus.Registered))
            await new CaseBook(scene.Db).Decide(need with { Status = NeedStatus.Recommended, Pathways = [PathwayOf(need)] }, scene.Context.DeedOf("propose:" + need.Id), cancellationToken);
        return null;
    }

    protected override async Task<Question> Ask(StepScene scene, CancellationToken cancellationToken) =>
        new("placement.home", "居家供养方案", ReliefRoles.TownshipReviewer, scene.Order.TownshipCode)
        {
            Outcomes = ["Agreed", "NotWanted"],
            Form =
            [
                FormField.Of("careQuantity", "每月居家照料数量", "number", "Agreed"), FormField.Of("neighbourVisits", "每月邻里探访次数", "integer", "Agreed"),
                FormField.Of("agreement", "供养协议编号", "string", "Agreed"), FormField.Of("reason", "说明", "string", "NotWanted")
            ],
            Data = new { needs = (await Home(scene, cancellationToken)).Select(need => new { need.Id, need.ItemCode, need.Pathways }) },
            WhenStopped = "NotWanted",
            DueKey = "review.decide",
            Audience = "R",
            Send = [ActivityDeeds.Tell("placement.home", "P", scene.Order.Order.PersonId, scene.Order.Reference)]
        };

    protected override async Task<StepEnd> Decide(StepScene scene, Answer answer, CancellationToken cancellationToken)
    {
        if (answer.Decision == "NotWanted")
            return StepEnd.By("NotWanted");
        if (answer.Number("careQuantity") is not (> 0) || answer.Number("neighbourVisits") is not (> 0) || answer.Text("agreement") is not { Length: > 0 } agreement)
            return StepEnd.Not("HomePlanIncomplete");
        List<Message> starts = [];
        foreach (var need in (await Home(scene, cancellationToken)).Where(need => need.Status == NeedStatus.Recommended))
        {
            var quantity = need.ItemCode == CareItem ? answer.Number("careQuantity")!.Value : answer.Number("neighbourVisits")!.Value;
            await new CaseBook(scene.Db).Decide(need with { Status = NeedStatus.Confirmed, Quantity = quantity }, scene.Context.DeedOf("confirm:" + need.Id, answer.By), cancellationToken);
            starts.Add(Message.Of(StartOf(scene, need)));
        }

        return StepEnd.By("Proposed", [.. starts]) with { Kept = new { agreement } };
    }

    private async Task<List<NeedItem>> Home(StepScene scene, CancellationToken cancellationToken) =>
        [.. (await new CaseQueries(scene.Db).Needs(scene.Order.Case.Id, cancellationToken)).Where(need => need.ItemCode == CareItem || need.ItemCode == NeighbourItem)];

    private string PathwayOf(NeedItem need) => need.ItemCode == CareItem ? "M1" : "M6";

    private ChildStart StartOf(StepScene scene, NeedItem need) => new(
        InstanceIds.Of("home:" + need.Id), PathwayOf(need) == "M1" ? "pathway.government-purchase" : "pathway.neighbour-aid",
        Json(new { caseId = scene.Order.Case.Id, needItemId = need.Id, personId = scene.Order.Order.PersonId }),
        scene.Context.CorrelationId, "need:" + need.Id, scene.Context.SubjectId);
}
