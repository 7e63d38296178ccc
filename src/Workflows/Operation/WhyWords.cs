using Relief.Flow.Workflows.Kernel;
using Relief.Flow.Workflows.Storage;
using Relief.Flow.Workflows.Storage.Stuck;

namespace Relief.Flow.Workflows.Operation;

/// <summary>Puts the facts into words: a function of the facts and the language.</summary>
internal static class WhyWords
{
    private const int LatestRepairs = 5;

    public static Why Of(WhyFacts facts, StuckTexts say)
    {
        var waits = facts.Runs.SelectMany(run => run.Bookmarks.Where(standing => standing.Name != Incidents.RetryTimer)
            .Select(standing => (Run: run, Standing: standing, Line: facts.Bookmarks.FirstOrDefault(line => line.Id == standing.Id)))).ToArray();
        var cannot = Cannot(facts, say).ToArray();
        WhyLine[] waitsFor = [.. waits.Select(wait => new WhyLine(WaitsFor(facts, say, wait.Standing, wait.Line)) { ActivityId = wait.Run.ActivityId, Since = wait.Standing.Since, Id = wait.Standing.Child ?? (wait.Standing.Kind == BookmarkKind.Task ? wait.Standing.Id : null) })];
        return new Why
        {
            InstanceId = facts.Summary.Id,
            DefinitionId = facts.Summary.DefinitionId,
            Definition = facts.Definition?.Name ?? facts.Published?.Name ?? facts.Summary.DefinitionId,
            Version = facts.Summary.Version,
            Name = facts.Summary.Name,
            BusinessKey = facts.Summary.BusinessKey,
            Status = facts.Summary.Status,
            Headline = Headline(facts, say, cannot, waitsFor),
            At = [.. facts.Runs.Select(run => At(facts, say, run))],
            WaitsFor = waitsFor,
            GoesOnWhen = [.. GoesOn(facts, say, waits.Select(wait => (wait.Run, wait.Standing)), cannot.Length > 0)],
            CannotBecause = cannot,
            Changed = [.. Changed(facts, say)],
            May = RepairMenu.Of(facts, say)
        };
    }

    private static string Headline(WhyFacts facts, StuckTexts say, WhyLine[] cannot, WhyLine[] waitsFor) => facts switch
    {
        { Summary.FinishedAt: not null } when cannot.Length == 0 => say.Say("head.ended", say.Say("status." + facts.Summary.Status)),
        _ when cannot is [var worst, ..] => worst.Code is { } code ? say.Say("head.stuck", say.NameOf(code), worst.Text) : worst.Text,
        _ when waitsFor is [var first, ..] => say.Say("head.waits", first.Text),
        _ => say.Say("head.runs")
    };

    private static WhyLine At(WhyFacts facts, StuckTexts say, Frame run)
    {
        var since = facts.Instance!.Incidents.FirstOrDefault(incident => incident.Ordinal == run.Ordinal)?.At
            ?? run.Since ?? (run.Bookmarks.IsEmpty ? facts.Summary.UpdatedAt : run.Bookmarks.Min(standing => standing.Since));
        var text = say.Say("at", facts.StepOf(run.ActivityId), StuckTexts.At(since), say.Age(facts.Now - since));
        var usual = facts.Times.GetValueOrDefault(run.ActivityId) is { P50: { } half, P95: { } most } time ? " " + say.Say("at.usual", say.Age(half), say.Age(most), time.Waits.Count) : "";
        return new WhyLine(text + usual) { ActivityId = run.ActivityId, Since = since };
    }

    private static string WaitsFor(WhyFacts facts, StuckTexts say, Standing standing, BookmarkLine? line) => standing.Kind switch
    {
        BookmarkKind.Task when facts.Tasks.TryGetValue(standing.Id, out var task) => task.Due is { } due
            ? say.Say("waits.taskDue", task.Title, Who(say, task), StuckTexts.At(due))
            : say.Say("waits.task", task.Title, Who(say, task)),
        BookmarkKind.Timer => say.Say("waits.timer", StuckTexts.At(line?.Due ?? standing.Due ?? standing.Since)),
        BookmarkKind.Child when standing.Child is { } child && facts.Children.TryGetValue(child, out var found) =>
            say.Say("waits.child", found.Name ?? found.DefinitionId, say.Say("status." + found.Status)),
        BookmarkKind.Child => say.Say("waits.child", standing.Child, say.Say("status.Running")),
        BookmarkKind.Reply => say.Say("waits.reply"),
        _ when line?.CorrelationId is { } correlation => say.Say("waits.eventOf", line.Key ?? standing.Name, correlation),
        _ => say.Say("waits.event", line?.Key ?? standing.Name)
    };

    private static string Who(StuckTexts say, TaskSummary task) => task switch
    {
        { Assignee: { } assignee } => say.Say("who.assignee", assignee),
        { Role: { } role, Unit: { } unit } => say.Say("who.roleUnit", role, unit),
        { Role: { } role } => say.Say("who.role", role),
        _ => say.Say("who.nobody")
    };

    private static IEnumerable<WhyLine> GoesOn(WhyFacts facts, StuckTexts say, IEnumerable<(Frame Run, Standing Standing)> waits, bool isStuck)
    {
        foreach (var incident in facts.Instance?.Incidents.Where(incident => incident.RetryAt is not null) ?? [])
            yield return new WhyLine(say.Say("goes.retry", StuckTexts.At(incident.RetryAt!.Value))) { ActivityId = incident.ActivityId };
        foreach (var (run, standing) in waits)
        {
            var text = standing.Kind switch
            {
                BookmarkKind.Task => say.Say("goes.task"),
                BookmarkKind.Timer => say.Say("goes.timer", StuckTexts.At(facts.Bookmarks.FirstOrDefault(line => line.Id == standing.Id)?.Due ?? standing.Due ?? standing.Since)),
                BookmarkKind.Child => say.Say("goes.child"),
                BookmarkKind.Reply => say.Say("goes.reply"),
                _ => say.Say("goes.event")
            };
            yield return new WhyLine(text) { ActivityId = run.ActivityId };
        }

        if (isStuck)
            yield return new WhyLine(say.Say("goes.repair"));
    }

    private static IEnumerable<WhyLine> Cannot(WhyFacts facts, StuckTexts say)
    {
        foreach (var finding in facts.Findings)
        {
            var risk = facts.Risks.FirstOrDefault(one => one.Finding == finding);
            yield return new WhyLine(say.Tell(finding, facts.StepOf(finding.ActivityId), facts.Now) + (risk is null ? "" : " " + say.Tell(risk)))
            {
                Code = finding.Code,
                Severity = finding.Severity,
                Runbook = say.RunbookOf(finding),
                ActivityId = finding.ActivityId,
                Since = finding.Since,
                Id = Guid.TryParse(finding.About, out var id) ? id : null
            };
        }

        if (facts.Summary.Status == nameof(InstanceStatus.Suspended) && facts.Findings.All(finding => finding.Code != "K20"))
            yield return new WhyLine(say.Say("cannot.suspended"));
        if (facts.Summary.FinishedAt is null)
        {
            foreach (var halt in facts.Halts.Where(halt => halt.Handler != facts.Summary.Id))
                yield return new WhyLine(say.Say("cannot.halted", halt.Kind, StuckTexts.At(halt.Since))) { Since = halt.Since };
        }
    }

    private static IEnumerable<WhyLine> Changed(WhyFacts facts, StuckTexts say)
    {
        if (facts.Published is { } published && published.Version > facts.Summary.Version)
            yield return new WhyLine(say.Say("changed.version", published.Version, StuckTexts.At(published.CreatedAt), facts.Summary.Version)) { Since = published.CreatedAt };
        foreach (var repair in facts.Repairs.Take(LatestRepairs))
        {
            var key = repair.State == RepairState.Asked ? "changed.asked" : "changed.repair";
            var answer = repair is { Action: RepairAction.Enquire, Note: { } note } ? " " + say.Say("changed.answer", say.TellAnswer(note)) : "";
            yield return new WhyLine(say.Say(key, repair.AskedBy, StuckTexts.At(repair.AskedAt), say.Say("do." + repair.Action), repair.Reason) + answer) { Since = repair.AskedAt, Id = repair.Id };
        }
    }
}
