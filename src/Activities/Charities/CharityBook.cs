using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Audit;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.Organisations;

namespace Relief.Flow.Activities.Charities;

/// <summary>Registers charities' projects, takes down consents and puts people on lists.</summary>
public sealed class CharityBook(ReliefDbContext context)
{
    /// <summary>Registers a project once per key.</summary>
    public async Task<CharityResult> Register(ProjectForm form, Deed deed, CancellationToken cancellationToken)
    {
        await context.LockWord("charity-project:" + deed.Key, cancellationToken);
        if (await context.Set<CharityProject>().FirstOrDefaultAsync(row => row.IdemKey == deed.Key, cancellationToken) is { } known)
            return CharityResult.Done(known.Id);
        if (!await context.Set<Organisation>().AnyAsync(row => row.Id == form.CharityId && row.CountyCode == form.CountyCode && row.Kind == OrganisationKind.Charity, cancellationToken))
            return CharityResult.Not("UnknownCharity");
        var project = new CharityProject
        {
            Id = deed.NewId(),
            CountyCode = form.CountyCode,
            CreatedAt = deed.At,
            CreatedBy = deed.By,
            CharityId = form.CharityId,
            Name = form.Name,
            Kind = form.Kind,
            ItemCodes = form.ItemCodes,
            PersonClasses = form.PersonClasses,
            Categories = form.Categories,
            Capacity = form.Capacity,
            ValidFrom = form.ValidFrom,
            ValidTo = form.ValidTo,
            Contact = form.Contact,
            IdemKey = deed.Key
        };
        await context.Insert(project, cancellationToken);
        await context.Audit("charity:" + form.CharityId, new AuditDetail("ProjectRegistered", project), deed, cancellationToken);
        return CharityResult.Done(project.Id);
    }

    /// <summary>Takes down whether a person lets a charity have their data; the answer to one order and one charity stands until it is taken back.</summary>
    public async Task<DataConsent> Consent(DataConsent answer, CancellationToken cancellationToken)
    {
        if (await new CharityQueries(context).Consent(answer.OrderId, answer.RecipientId, cancellationToken) is { } known)
            return known;
        await context.Insert(answer, cancellationToken);
        return answer;
    }

    /// <summary>Puts an order's person on the open list of a project, which is opened for the first; refused without consent or when the project is full.</summary>
    public async Task<(Nomination? Nomination, string? Problem)> Nominate(Order order, string projectId, Deed deed, CancellationToken cancellationToken)
    {
        await context.Lock<CharityProject>(projectId, cancellationToken);
        var queries = new CharityQueries(context);
        var project = await context.Set<CharityProject>().SingleAsync(row => row.Id == projectId, cancellationToken);
        if (await queries.Nomination(order.Id, projectId, cancellationToken) is { } known)
            return (known, null);
        if (await queries.Consent(order.Id, project.CharityId, cancellationToken) is not { Granted: true, WithdrawnAt: null } consent)
            return (null, "NoConsent");
        if (await queries.Taken(projectId, cancellationToken) >= project.Capacity)
            return (null, "ProjectFull");

        var list = await OpenList(project, deed, cancellationToken);
        var nomination = new Nomination
        {
            Id = deed.NewId(),
            CountyCode = order.CountyCode,
            CreatedAt = deed.At,
            CreatedBy = deed.By,
            ListId = list.Id,
            ProjectId = projectId,
            CharityId = project.CharityId,
            OrderId = order.Id,
            PersonId = order.PersonId,
            ConsentId = consent.Id,
            Status = NominationStatus.Nominated
        };
        await context.Insert(nomination, cancellationToken);
        return (nomination, null);
    }

    private async Task<CharityList> OpenList(CharityProject project, Deed deed, CancellationToken cancellationToken)
    {
        var lists = await context.Set<CharityList>().Where(row => row.ProjectId == project.Id).OrderBy(row => row.Number).ToListAsync(cancellationToken);
        if (lists.LastOrDefault() is { Status: CharityListStatus.Open } open)
            return open;
        var list = new CharityList
        {
            Id = deed.Step("list").NewId(),
            CountyCode = project.CountyCode,
            CreatedAt = deed.At,
            CreatedBy = deed.By,
            ProjectId = project.Id,
            CharityId = project.CharityId,
            Number = lists.Count + 1,
            Status = CharityListStatus.Open
        };
        await context.Insert(list, cancellationToken);
        return list;
    }
}
