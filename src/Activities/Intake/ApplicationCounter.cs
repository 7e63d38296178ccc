using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Areas;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Discoveries;
using Relief.Flow.Activities.Organisations;
using Relief.Flow.Activities.People;

namespace Relief.Flow.Activities.Intake;

/// <summary>Where applications of all channels come in: person, application and case in one transaction, once per key.</summary>
public sealed class ApplicationCounter(ReliefDbContext context, PersonalDataKey key)
{
    /// <summary>Takes in a request that has been looked through; a repeat with the same key gives the first receipt.</summary>
    public async Task<ApplicationReceipt> Take(ApplicationRequest request, Deed deed, CancellationToken cancellationToken)
    {
        var person = await new PersonBook(context, key).Enter(new PersonEntry
        {
            CountyCode = request.CountyCode!,
            IdNumber = request.Person!.IdNumber!,
            Name = request.Person.Name!,
            Sex = request.Person.Sex ?? "M",
            BirthDate = request.Person.BirthDate!.Value,
            AreaCode = request.Person.AreaCode!,
            Phone = request.Person.Phone
        }, deed.Step("person"), cancellationToken);
        var discovery = await new DiscoveryQueries(context).Behind((request.DiscoveryId, request.MandateId), (request.CountyCode!, person.Id), cancellationToken);
        var application = await new ApplicationBook(context).Enter(EntryOf(request, person) with { DiscoveryId = discovery?.Id }, deed, cancellationToken);
        if (application.DiscoveryId is { } came)
            await new DiscoveryBook(context).Apply(came, application.Id, deed.Step("discovery"), cancellationToken);
        var opened = await new CaseBook(context).Open(application.Id, await OwnerOf(person, cancellationToken), deed.Step("case"), cancellationToken);
        var caseId = opened switch
        {
            CaseResult.Done(var own) => own,
            CaseResult.SameOpenCase(var open) => open,
            _ => throw new InvalidOperationException($"A case cannot be opened: {opened}.")
        };
        var found = await context.Set<Case>().SingleAsync(row => row.Id == caseId, cancellationToken);
        return new ApplicationReceipt(application.Id, application.Number, caseId, found.Number, person.Id, opened is CaseResult.Done, application.DiscoveryId);
    }

    /// <summary>Whether the village lies in the county.</summary>
    public async Task<bool> Knows(string countyCode, string areaCode, CancellationToken cancellationToken) =>
        (await new AreaQueries(context).CodesAbove(areaCode, cancellationToken)).Contains(countyCode);

    private static ApplicationEntry EntryOf(ApplicationRequest request, Person person) => new()
    {
        CountyCode = request.CountyCode!,
        Channel = request.Channel!,
        ApplicantName = request.ApplicantName ?? person.Name,
        PersonId = person.Id,
        OnBehalf = request.OnBehalf || request.MandateId is not null,
        Category = request.Category!.Value,
        ItemCodes = request.ItemCodes,
        Wording = request.Wording!,
        Papers = request.Papers,
        ConsentVersion = request.ConsentVersion,
        Urgency = request.Triage.Urgency
    };

    private async Task<string> OwnerOf(Person person, CancellationToken cancellationToken)
    {
        var township = await new AreaQueries(context).TownshipOf(person.AreaCode, cancellationToken);
        return await context.Set<Organisation>().Where(row => row.AreaCode == township && row.Kind == OrganisationKind.Township)
            .Select(row => row.Id).FirstOrDefaultAsync(cancellationToken) ?? township;
    }
}
