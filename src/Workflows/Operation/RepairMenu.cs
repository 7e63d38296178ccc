using System.Globalization;
using Relief.Flow.Workflows.Kernel;
using Relief.Flow.Workflows.Storage;
using Relief.Flow.Workflows.Storage.Stuck;

namespace Relief.Flow.Workflows.Operation;

/// <summary>What may be done as things stand: what helps against what was found first, then what is possible at any time.</summary>
internal static class RepairMenu
{
    public static IReadOnlyList<RepairOffer> Of(WhyFacts facts, StuckTexts say)
    {
        List<RepairOffer> offers = [];
        foreach (var finding in facts.Findings)
            offers.AddRange(Against(facts, say, finding).Where(offer => !offers.Any(other => other.Action == offer.Action && other.Target == offer.Target)));
        if (facts.Summary.FinishedAt is not null)
            return offers;

        offers.AddRange(Anyway(facts, say).Where(offer => !offers.Any(other => other.Action == offer.Action && other.Target == offer.Target)));
        return offers;
    }

    private static IEnumerable<RepairOffer> Against(WhyFacts facts, StuckTexts say, Finding finding)
    {
        var runs = facts.Runs.Where(run => run.ActivityId == finding.ActivityId || finding.ActivityId is null).ToArray();
        RepairOffer Whole(RepairAction action, string? target = null) => Offer(say, action, target, facts.StepOf(finding.ActivityId)) with { Against = finding.Code };
        IEnumerable<RepairOffer> Each(RepairAction action) => runs.Select(run => OfRun(facts, say, action, run) with { Against = finding.Code });
        return finding.Code switch
        {
            "K1" => [.. facts.Instance?.Incidents.Select(incident => Offer(say, RepairAction.Retry, Text(incident.Ordinal), facts.StepOf(incident.ActivityId), facts.Money.Contains(incident.ActivityId)) with { Against = finding.Code }) ?? []],
            "K21" => [Whole(RepairAction.Answer, finding.Ref) with { Choices = [.. UnknownOutcome.Answers.Select(answer => new RepairChoice(answer, say.Say("answer." + answer)))] }],
            "K2" => [Whole(RepairAction.Fire, finding.Ref)],
            "K3" or "K4" or "K5" or "K9" => [Whole(RepairAction.Rearm)],
            "K6" when facts.Summary.Status == nameof(InstanceStatus.Running) => [Whole(RepairAction.Rearm)],
            "K6" => [.. facts.Runs.Select(run => OfRun(facts, say, RepairAction.Redo, run) with { Against = finding.Code })],
            "K7" or "K8" => [Whole(RepairAction.Clean, finding.Ref)],
            "K10" => [Whole(RepairAction.Retell, finding.Ref) with { Choices = [new RepairChoice(finding.Detail ?? "", finding.Detail ?? "")] }],
            "K13" => [Whole(RepairAction.Replay, finding.Ref) with { NeedsSecond = IsGrave(facts, facts.Sent.FirstOrDefault(sent => sent.Id.ToString() == finding.Ref)) }],
            "K15" => Each(RepairAction.Skip),
            "K16" => [Whole(RepairAction.Suspend)],
            "K17" or "K22" => [.. Each(RepairAction.Move).Where(offer => offer.Choices.Count > 0), .. Each(RepairAction.Skip)],
            "K18" => [.. Each(RepairAction.Redo), .. Each(RepairAction.Skip)],
            "K20" => [Whole(RepairAction.Resume)],
            "K23" => [.. facts.Askable.Contains(finding) ? [Whole(RepairAction.Enquire, finding.Ref)] : Array.Empty<RepairOffer>(),
                .. LastSent(facts, finding) is { } sent ? [Whole(RepairAction.Replay, sent.Id.ToString()) with { NeedsSecond = IsGrave(facts, sent) }] : Each(RepairAction.Redo)],
            "K24" => [Whole(RepairAction.Cancel)],
            "K25" => [Whole(RepairAction.Restart)],
            _ => []
        };
    }

    private static IEnumerable<RepairOffer> Anyway(WhyFacts facts, StuckTexts say)
    {
        foreach (var run in facts.Runs)
        {
            if (facts.Instance!.Incidents.Any(incident => incident.Ordinal == run.Ordinal))
                yield return OfRun(facts, say, RepairAction.Retry, run);
            foreach (var timer in facts.Bookmarks.Where(line => line.Due is not null && run.Bookmarks.Any(standing => standing.Id == line.Id)))
                yield return Offer(say, RepairAction.Fire, timer.Id.ToString(), facts.StepOf(run.ActivityId), timer.Name == Incidents.RetryTimer && facts.Money.Contains(run.ActivityId));
            yield return OfRun(facts, say, RepairAction.Redo, run);
            yield return OfRun(facts, say, RepairAction.Skip, run);
            if (OfRun(facts, say, RepairAction.Move, run) is { Choices.Count: > 0 } move)
                yield return move;
        }

        yield return Offer(say, facts.Summary.Status == nameof(InstanceStatus.Suspended) ? RepairAction.Resume : RepairAction.Suspend, null, null);
        if (facts.Definition is { VariablesById.Count: > 0 } definition)
            yield return Offer(say, RepairAction.Edit, null, null) with { Choices = [.. definition.VariablesById.Values.OrderBy(variable => variable.Name, StringComparer.Ordinal).Select(variable => new RepairChoice(variable.Id, variable.Name))] };
        yield return Offer(say, RepairAction.Cancel, null, null);
    }

    private static RepairOffer OfRun(WhyFacts facts, StuckTexts say, RepairAction action, Frame run)
    {
        var offer = Offer(say, action, Text(run.Ordinal), facts.StepOf(run.ActivityId), action is RepairAction.Redo or RepairAction.Retry && facts.Money.Contains(run.ActivityId));
        return facts.Definition?.Nodes.GetValueOrDefault(run.ActivityId) is not { } node ? offer : offer with
        {
            Choices = action switch
            {
                RepairAction.Skip => [.. RepairChoices.Outcomes(facts.Definition, node).Select(outcome => new RepairChoice(outcome, outcome))],
                RepairAction.Move => [.. RepairChoices.Steps(facts.Definition, node).Where(step => step.Id != node.Id).Select(step => new RepairChoice(step.Id, step.DisplayText))],
                _ => []
            }
        };
    }

    // What the step sent last and was taken; the same key makes sending it again harmless, doing the step again would have another.
    private static OutboxLine? LastSent(WhyFacts facts, Finding finding) =>
        finding.Kind is null ? null : facts.Sent.FirstOrDefault(sent => sent is { Class: EffectClass.AtMostOnce, State: OutboxState.Delivered or OutboxState.Dead } && sent.ActivityId == finding.ActivityId);

    private static bool IsGrave(WhyFacts facts, OutboxLine? sent) => sent is null || sent.Class == EffectClass.AtMostOnce || facts.Money.Contains(sent.ActivityId);

    private static RepairOffer Offer(StuckTexts say, RepairAction action, string? target, string? step, bool movesMoney = false) =>
        new(action, target, say.Say("do." + action), say.Say("effect." + action, step)) { NeedsSecond = RepairRules.IsGrave(action) || movesMoney, Step = step };

    private static string Text(long ordinal) => ordinal.ToString(CultureInfo.InvariantCulture);
}
