using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.People;
using Relief.Flow.Activities.Referrals;
using Relief.Flow.Activities.Staff;

namespace Relief.Flow.Activities.Charities;

/// <summary>Reads charities' projects, lists and consents.</summary>
public sealed class CharityQueries(ReliefDbContext context)
{
    private static readonly NominationStatus[] OnTheList = [NominationStatus.Nominated, NominationStatus.Queued, NominationStatus.Accepted, NominationStatus.Delivered];

    /// <summary>A county's projects, oldest first.</summary>
    public async Task<IReadOnlyList<CharityProject>> Projects(string countyCode, CancellationToken cancellationToken) =>
        await context.Set<CharityProject>().Where(row => row.CountyCode == countyCode).OrderBy(row => row.CreatedAt).ThenBy(row => row.Id).ToListAsync(cancellationToken);

    /// <summary>A project, or none.</summary>
    public Task<CharityProject?> Project(string id, CancellationToken cancellationToken) =>
        context.Set<CharityProject>().FirstOrDefaultAsync(row => row.Id == id, cancellationToken);

    /// <summary>A list, or none.</summary>
    public Task<CharityList?> List(string id, CancellationToken cancellationToken) =>
        context.Set<CharityList>().FirstOrDefaultAsync(row => row.Id == id, cancellationToken);

    /// <summary>A project's lists, in their order.</summary>
    public async Task<IReadOnlyList<CharityList>> Lists(string projectId, CancellationToken cancellationToken) =>
        await context.Set<CharityList>().Where(row => row.ProjectId == projectId).OrderBy(row => row.Number).ToListAsync(cancellationToken);

    /// <summary>Who is on a list, in the order of nomination.</summary>
    public async Task<IReadOnlyList<Nomination>> Of(string listId, CancellationToken cancellationToken) =>
        await context.Set<Nomination>().Where(row => row.ListId == listId).OrderBy(row => row.CreatedAt).ThenBy(row => row.Id).ToListAsync(cancellationToken);

    /// <summary>A list as its readers see it, or none.</summary>
    public async Task<CharityListView?> View(string listId, CancellationToken cancellationToken)
    {
        if (await List(listId, cancellationToken) is not { } list)
            return null;
        var places = await Of(listId, cancellationToken);
        string[] ids = list.Status == CharityListStatus.Deleted ? [] : [.. places.Select(place => place.PersonId)];
        var names = await context.Set<Person>().Where(row => ids.Contains(row.Id)).ToDictionaryAsync(row => row.Id, row => row.Name, cancellationToken);
        return new CharityListView(list, [.. places.Select(place => new ListedPerson(place, names.GetValueOrDefault(place.PersonId)))]);
    }

    /// <summary>An order's place on a project's lists, or none.</summary>
    public Task<Nomination?> Nomination(string orderId, string projectId, CancellationToken cancellationToken) =>
        context.Set<Nomination>().FirstOrDefaultAsync(row => row.OrderId == orderId && row.ProjectId == projectId, cancellationToken);

    /// <summary>The answer of an order's person to a receiver, or none.</summary>
    public Task<DataConsent?> Consent(string orderId, string recipientId, CancellationToken cancellationToken) =>
        context.Set<DataConsent>().FirstOrDefaultAsync(row => row.OrderId == orderId && row.RecipientId == recipientId, cancellationToken);

    /// <summary>How many places of a project are taken.</summary>
    public Task<int> Taken(string projectId, CancellationToken cancellationToken) =>
        context.Set<Nomination>().CountAsync(row => row.ProjectId == projectId && OnTheList.Contains(row.Status), cancellationToken);

    /// <summary>
    /// The first open project that an order's person is a candidate for and has not been tried with: criteria, term and free places, no kin
    /// of the charity's own people (Charity Law art. 59), and not a charity to which they said no.
    /// </summary>
    public async Task<CharityProject?> Next(OrderScene scene, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var today = ChinaTime.DayOf(now);
        var facts = (await new PersonQueries(context).Facts(scene.Order.PersonId, today, cancellationToken))!;
        var tried = await context.Set<Nomination>().Where(row => row.OrderId == scene.Order.Id).Select(row => row.ProjectId).ToListAsync(cancellationToken);
        var refused = await context.Set<DataConsent>().Where(row => row.OrderId == scene.Order.Id && !row.Granted).Select(row => row.RecipientId).ToListAsync(cancellationToken);
        foreach (var project in await Projects(scene.Order.CountyCode, cancellationToken))
        {
            if (tried.Contains(project.Id) || refused.Contains(project.CharityId) || !Fits(project, scene, facts, today))
                continue;
            if (await Taken(project.Id, cancellationToken) < project.Capacity && !await HasKin(project.CharityId, scene.Order.PersonId, cancellationToken))
                return project;
        }

        return null;
    }

    private static bool Fits(CharityProject project, OrderScene scene, PersonFacts facts, DateOnly today) =>
        project.ValidFrom <= today && project.ValidTo >= today
        && scene.Needs.Any(need => project.ItemCodes.Contains(need.ItemCode))
        && (project.PersonClasses.Length == 0 || project.PersonClasses.Intersect(facts.PersonClasses).Any())
        && (project.Categories.Length == 0 || project.Categories.Intersect(facts.Categories.Select(category => category.ToString())).Any());

    private async Task<bool> HasKin(string charityId, string personId, CancellationToken cancellationToken)
    {
        var people = await context.Set<StaffMember>().Where(row => row.UnitId == charityId).Select(row => row.Id).ToListAsync(cancellationToken);
        return (await new StaffQueries(context).Conflicts(personId, people, cancellationToken)).Count > 0;
    }
}
