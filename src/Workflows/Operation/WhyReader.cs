using Relief.Flow.Workflows.Kernel;
using Relief.Flow.Workflows.Runtime;
using Relief.Flow.Workflows.Storage;
using Relief.Flow.Workflows.Storage.Steps;
using Relief.Flow.Workflows.Storage.Stuck;

namespace Relief.Flow.Workflows.Operation;

/// <summary>Explains instances. It reads only; what it says was true when it was asked.</summary>
public sealed class WhyReader
{
    private readonly ReadSide side;
    private readonly MoneySteps money;
    private readonly StuckLook look;
    private readonly Installation installation;
    private readonly InstanceQueries instances;

    public WhyReader(ReadSide side, InstanceQueries instances, MoneySteps money, StuckLook look, Installation installation)
    {
        this.side = side;
        this.money = money;
        this.look = look;
        this.installation = installation;
        this.instances = instances;
    }

    /// <returns>Null when there is no such instance.</returns>
    /// <param name="language"><c>zh</c> or <c>en</c>.</param>
    public async Task<Why?> Explain(Guid id, string language, CancellationToken cancellationToken) =>
        await Facts(id, cancellationToken) is { } facts ? WhyWords.Of(facts, new StuckTexts(language)) : null;

    private async Task<WhyFacts?> Facts(Guid id, CancellationToken cancellationToken)
    {
        if (await instances.Find(id, cancellationToken) is not { } summary)
            return null;

        var state = await instances.State(id, cancellationToken);
        var children = state?.Frames.SelectMany(frame => frame.Bookmarks).Select(standing => standing.Child).OfType<Guid>().ToArray() ?? [];
        var findings = await look.At(id, cancellationToken);
        var drawn = await money.Of(summary.VersionId, cancellationToken);
        return new WhyFacts
        {
            Summary = summary,
            Instance = state,
            Definition = drawn?.Definition,
            Money = drawn?.Steps ?? [],
            Askable = [.. findings.Where(look.CanAsk)],
            Sent = findings.Any(one => one.Code is "K13" or "K23") ? (await new OutboxQueries(side).List(new OutboxFilter { InstanceId = id }, null, Cursor.MaxTake, cancellationToken)).Items : [],
            Bookmarks = await instances.Bookmarks(id, cancellationToken),
            Tasks = (await new TaskQueries(side).List(new TaskFilter { InstanceId = id }, null, Cursor.MaxTake, cancellationToken)).Items.ToDictionary(task => task.Id),
            Children = await Summaries(children, cancellationToken),
            Findings = findings,
            Risks = await new DeadlineRisks(new FindingQueries(side), side, installation).Of(findings, cancellationToken),
            Times = await new StepTimeQueries(side).Of(summary.DefinitionId, cancellationToken),
            Halts = summary.SubjectId is { } subject ? await new HaltQueries(side).List(subject, cancellationToken) : [],
            Repairs = await new RepairQueries(side).Of(id, cancellationToken),
            Published = await new DefinitionQueries(side).Find(summary.DefinitionId, VersionChoice.Published, cancellationToken),
            Now = (await installation.ReadClock(cancellationToken)).Now
        };
    }

    private async Task<Dictionary<Guid, InstanceSummary>> Summaries(IEnumerable<Guid> ids, CancellationToken cancellationToken)
    {
        Dictionary<Guid, InstanceSummary> found = [];
        foreach (var id in ids.Take(Cursor.MaxTake))
        {
            if (await instances.Find(id, cancellationToken) is { } child)
                found[id] = child;
        }

        return found;
    }
}
