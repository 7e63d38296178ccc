using Relief.Flow.Workflows.Operation;
using Relief.Flow.Workflows.Runtime;
using Relief.Flow.Workflows.Storage.Stuck;

namespace Relief.Flow.Host.Console;

/// <summary>Puts together what the page of stuck work and the first page show of it.</summary>
internal sealed class StuckViews(FindingQueries findings, DeadlineRisks risks, DrawnNames names, Installation installation)
{
    private const int PerPage = 50;

    public async Task<StuckModel> Of(AskedFindings asked, string? problem, string language, CancellationToken cancellationToken)
    {
        var page = await findings.List(asked.ToFilter(), asked.After, PerPage, cancellationToken);
        var groups = await findings.Groups(cancellationToken);
        return new StuckModel
        {
            Asked = asked,
            Problem = problem,
            Counts = await findings.Counts(cancellationToken),
            Groups = groups,
            Found = page,
            Risks = await risks.Of(page.Items, cancellationToken),
            Words = new StuckTexts(language),
            Now = (await installation.ReadClock(cancellationToken)).Now,
            DefinitionNames = await names.Definitions([.. page.Items.Select(one => one.DefinitionId).Concat(groups.Select(group => group.DefinitionId)).OfType<string>()], cancellationToken),
            StepNames = await names.Steps(page.Items.Where(one => one.DefinitionId is not null).Select(one => (one.DefinitionId!, one.ActivityId)).Concat(groups.Select(group => (group.DefinitionId, group.ActivityId))), cancellationToken)
        };
    }

    /// <summary>The next deadlines that will probably be missed.</summary>
    public async Task<IReadOnlyList<DeadlineRisk>> Risks(int most, CancellationToken cancellationToken) => (await risks.List(new FindingFilter(), null, most, cancellationToken)).Items;
}
