using Microsoft.EntityFrameworkCore;
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
        var facts = await new PersonQueries(records).Facts(scene.Case.PersonId, ChinaTime.DayOf(context.Now), cancellationToken);
        var survey = await new SurveyQueries(records).Valid(CaseId, cancellationToken);
        var known = Facts(facts!, survey);
        List<object> kept = [];
        foreach (var need in await new CaseQueries(records).Needs(CaseId, cancellationToken))
        {
            if (need.Status is not (NeedStatus.Registered or NeedStatus.Recommended or NeedStatus.NotRecommended))
                continue;
            var pathways = await Pathways(records, need, known, cancellationToken);
            var recommended = survey?.RecommendedItems is not { Length: > 0 } items || items.Contains(need.ItemCode);
            kept.Add(new { need.ItemCode, Level = LevelOf(need, survey), Pathways = pathways, Recommended = recommended });
            await new CaseBook(records).Decide(need with { Pathways = [.. pathways], Status = recommended ? NeedStatus.Recommended : NeedStatus.NotRecommended },
                deed.Step(need.Id), cancellationToken);
        }

        await records.Audit(AuditTrail.Case(CaseId), new AuditDetail("NeedsAssessed", new { RoutingTable.Shipped.Version, Needs = kept }), deed, cancellationToken);
        return await Complete();
    }

    private static async Task<IReadOnlyList<string>> Pathways(ReliefDbContext records, NeedItem need, HashSet<string> known, CancellationToken cancellationToken)
    {
        var proposed = RoutingTable.Shipped.Propose(known.Append("family:" + need.Family).ToHashSet());
        var item = await records.Set<CatalogueItem>().FirstOrDefaultAsync(row => row.Code == need.ItemCode, cancellationToken);
        if (item is not { Pathways.Length: > 0 })
            return proposed;
        string[] allowed = [.. proposed.Intersect(item.Pathways)];
        return allowed.Length > 0 ? allowed : item.Pathways;
    }

    private static string LevelOf(NeedItem need, SurveyRecord? survey) =>
        need.Urgency != Urgency.Normal ? "urgent" : survey is { FailedIndicators.Length: > 0 } ? "necessary" : "supportive";

    // Words of the routing table; they stay in memory.
    private static HashSet<string> Facts(PersonFacts facts, SurveyRecord? survey)
    {
        HashSet<string> words = [.. facts.PersonClasses, .. facts.Categories.Select(category => Lower(category.ToString()))];
        if (survey is { FailedIndicators.Length: > 0 })
            words.Add("notSelfCaring");
        foreach (var condition in facts.Conditions)
            words.Add(Lower(condition.Kind.ToString()));
        if (facts.Conditions.Any(condition => condition.Kind is ConditionKind.NoCarer or ConditionKind.LivingAlone))
            words.Add("noCarer");
        if (facts.Conditions.Any(condition => condition is { Kind: ConditionKind.Disability, Level: <= 2 }))
            words.Add("severelyDisabled");
        if (survey?.Answers.Contains("\"wishesInstitution\":true", StringComparison.Ordinal) == true)
            words.Add("wishesInstitution");
        return words;
    }

    private static string Lower(string word) => char.ToLowerInvariant(word[0]) + word[1..];
}
