using Relief.Flow.Activities.Audit;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Catalogue;
using Relief.Flow.Activities.People;
using Relief.Flow.Activities.Surveys;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Decisions;

/// <summary>Proposes for each need how pressing it is and which pathways answer it, by the routing table (P05 step 3).</summary>
[Activity("Relief Review", "Proposes for each need its level and its pathways.", Chinese = "需求评估")]
[ChangesRecords]
public sealed class NeedAssessment(ReliefDatabase database) : Activity
{
    [Input("The case.", Chinese = "个案")]
    public required string CaseId { get; init; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var records = database.Over(context.Records);
        var deed = Deed.Of(context);
        var scene = await new CaseDesk(records).Open(CaseId, cancellationToken);
        var today = ChinaTime.DayOf(context.Now);
        var facts = await new PersonQueries(records).Facts(scene.Case.PersonId, today, cancellationToken);
        var survey = await new SurveyQueries(records).Valid(CaseId, cancellationToken);
        var table = await new RoutingQueries(records).On(scene.County, today, cancellationToken);
        List<object> kept = [];
        foreach (var need in await new CaseQueries(records).Needs(CaseId, cancellationToken))
        {
            if (need.Status is not (NeedStatus.Registered or NeedStatus.Recommended or NeedStatus.NotRecommended))
                continue;
            var listed = (await new CatalogueQueries(records).Find(need.ItemCode, cancellationToken))?.Pathways ?? [];
            var said = table.Propose(RoutingFacts.Of(facts!, survey, need, listed), listed, today);
            await new NeedRoutings(records).Propose(need, (table, said), deed.Step("route:" + need.Id), cancellationToken);
            var recommended = survey?.RecommendedItems is not { Length: > 0 } items || items.Contains(need.ItemCode);
            kept.Add(new { need.ItemCode, Level = LevelOf(need, survey), said.Pathways, Recommended = recommended });
            await new CaseBook(records).Decide(need with { Pathways = [.. said.Pathways], Status = recommended ? NeedStatus.Recommended : NeedStatus.NotRecommended },
                deed.Step(need.Id), cancellationToken);
        }

        await records.Audit(AuditTrail.Case(CaseId), new AuditDetail("NeedsAssessed", new { table.Version, Needs = kept }), deed, cancellationToken);
        return await Complete();
    }

    private static string LevelOf(NeedItem need, SurveyRecord? survey) =>
        need.Urgency != Urgency.Normal ? "urgent" : survey is { FailedIndicators.Length: > 0 } ? "necessary" : "supportive";
}
