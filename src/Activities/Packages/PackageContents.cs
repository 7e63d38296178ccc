using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Archive;
using Relief.Flow.Activities.Areas;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Catalogue;
using Relief.Flow.Activities.Changes;
using Relief.Flow.Activities.Decisions;
using Relief.Flow.Activities.Filing;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.People;
using Relief.Flow.Activities.Surveys;

namespace Relief.Flow.Activities.Packages;

/// <summary>Makes the content of a package from the records, as they stand: the covers are those of the files themselves.</summary>
/// <remarks>Ask first whether the offer is theirs to see and whether a consent stands, and then over all records.</remarks>
public sealed class PackageContents(ReliefDbContext context)
{
    /// <summary>The content of a package that was consented to.</summary>
    public async Task<PackageContent> Of(TransferPackage package, CancellationToken cancellationToken)
    {
        var person = await context.Set<Person>().SingleAsync(row => row.Id == package.PersonId, cancellationToken);
        var parent = await context.Set<Case>().SingleAsync(row => row.Id == package.CaseId, cancellationToken);
        var change = await new ChangeBook(context).Get(package.Id, cancellationToken);
        var survey = await new SurveyQueries(context).Valid(parent.Id, cancellationToken);
        return new PackageContent
        {
            PersonName = person.Name, Sex = person.Sex, BirthYear = person.BirthDate.Year, CaseNumber = parent.Number, Category = parent.Category,
            ServiceNo = await new ArchiveQueries(context).NumberOf(person.Id, cancellationToken),
            OpenedOn = ChinaTime.DayOf(parent.OpenedAt), LeftOn = change.EffectiveOn!.Value,
            Place = (await new AreaQueries(context).Names([package.Place!], cancellationToken)).GetValueOrDefault(package.Place!, package.Place!),
            Assessment = survey is null ? null : new PackageAssessment(survey.SubmittedAt is { } at ? ChinaTime.DayOf(at) : null, survey.FailedIndicators, survey.Opinion),
            Decisions = [.. (await new DecisionBook(context).Of(parent.Id, cancellationToken)).Select(one => new PackageDecision(one.EffectiveFrom, one.Outcome, one.Authority))],
            Plans = await Plans(parent.Id, change.EffectiveOn.Value, cancellationToken),
            Files = await Files(parent.Id, cancellationToken)
        };
    }

    private async Task<IReadOnlyList<PackagePlan>> Plans(string caseId, DateOnly last, CancellationToken cancellationToken)
    {
        var names = await context.Set<CatalogueItem>().ToDictionaryAsync(item => item.Code, item => item.Name, cancellationToken);
        List<PackagePlan> plans = [];
        foreach (var order in await new OrderQueries(context).Of(caseId, cancellationToken))
        {
            var to = order.PlannedTo < last ? order.PlannedTo : last;
            if ((await new OrderQueries(context).Find(order.Id, to, cancellationToken))?.Lines is { Count: > 0 } lines)
                plans.AddRange(lines.Select(line => new PackagePlan(order.Pathway, names.GetValueOrDefault(line.ItemCode, line.ItemCode), line.QuantityPerMonth, line.VisitsPerMonth, order.PlannedFrom, to)));
        }

        return plans;
    }

    private async Task<IReadOnlyList<FileCover>> Files(string caseId, CancellationToken cancellationToken)
    {
        List<FileCover> covers = [];
        foreach (var id in await context.Set<ArchiveFile>().Where(row => row.CaseId == caseId).OrderBy(row => row.ServiceNo).ThenBy(row => row.Id).Select(row => row.Id).ToListAsync(cancellationToken))
            covers.Add((await new FileCovers(context).Of(id, cancellationToken))!);
        return covers;
    }
}
