using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Areas;

namespace Relief.Flow.Activities.Staff;

/// <summary>Reads who may do what, where.</summary>
public sealed class StaffQueries(ReliefDbContext context)
{
    /// <summary>The active staff who hold a role on a day for an area: granted there or anywhere above it. By id.</summary>
    public async Task<IReadOnlyList<StaffMember>> With(string role, string areaCode, DateOnly on, CancellationToken cancellationToken)
    {
        var chain = await new AreaQueries(context).CodesAbove(areaCode, cancellationToken);
        var holders = context.Set<StaffRole>()
            .Where(row => row.Role == role && chain.Contains(row.AreaCode) && row.ValidFrom <= on && (row.ValidTo == null || row.ValidTo >= on))
            .Select(row => row.StaffId);
        return await context.Set<StaffMember>().Where(row => row.Active && holders.Contains(row.Id)).OrderBy(row => row.Id).ToListAsync(cancellationToken);
    }

    /// <summary>The roles a user holds on a day, each with its area.</summary>
    public async Task<IReadOnlyList<StaffRole>> RolesOf(string staffId, DateOnly on, CancellationToken cancellationToken) =>
        await context.Set<StaffRole>()
            .Where(row => row.StaffId == staffId && row.ValidFrom <= on && (row.ValidTo == null || row.ValidTo >= on))
            .OrderBy(row => row.Role).ToListAsync(cancellationToken);

    /// <summary>Whether a user holds a role for an area on a day.</summary>
    public async Task<bool> Holds(string staffId, string role, string areaCode, DateOnly on, CancellationToken cancellationToken) =>
        (await With(role, areaCode, on, cancellationToken)).Any(member => member.Id == staffId);

    /// <summary>Whether a user holds a role on a day as an active member of an organisation, wherever it works.</summary>
    public async Task<bool> HoldsWithin(string staffId, string role, string organisationId, DateOnly on, CancellationToken cancellationToken) =>
        await context.Set<StaffMember>().AnyAsync(row => row.Id == staffId && row.Active && row.UnitId == organisationId, cancellationToken)
        && (await RolesOf(staffId, on, cancellationToken)).Any(row => row.Role == role);

    /// <summary>A staff member; null when nobody has that id.</summary>
    public async Task<StaffMember?> Find(string staffId, CancellationToken cancellationToken) =>
        await context.Set<StaffMember>().FirstOrDefaultAsync(row => row.Id == staffId, cancellationToken);

    /// <summary>The first of these who is no active member of the staff; null when all are, or when no staff are kept here at all.</summary>
    public async Task<string?> FirstUnknown(IReadOnlyList<string> people, CancellationToken cancellationToken)
    {
        var known = await context.Set<StaffMember>().Where(row => row.Active && people.Contains(row.Id)).Select(row => row.Id).ToListAsync(cancellationToken);
        return people.FirstOrDefault(person => !known.Contains(person)) is { } unknown && await IsKept(cancellationToken) ? unknown : null;
    }

    /// <summary>Whether any staff are kept here at all.</summary>
    public Task<bool> IsKept(CancellationToken cancellationToken) => context.Set<StaffMember>().AnyAsync(cancellationToken);

    /// <summary>Each role that an active user holds on a day with the units whose tasks it lets them take: its area, all below it, and the organisation that employs them; theirs also whose work they do.</summary>
    public async Task<IReadOnlyList<StaffPost>> PostsOf(string staffId, DateOnly on, CancellationToken cancellationToken)
    {
        if (await Find(staffId, cancellationToken) is not { Active: true } member)
            return [];

        List<StaffPost> posts = [.. await OwnPosts(member, on, cancellationToken)];
        foreach (var away in await new DeputyBook(context).DoneFor(staffId, on, cancellationToken))
        {
            if (await Find(away, cancellationToken) is { Active: true } other)
                posts.AddRange(await OwnPosts(other, on, cancellationToken));
        }

        return [.. posts.GroupBy(post => post.Role).Select(held => new StaffPost(held.Key, [.. held.SelectMany(post => post.Units).Distinct()]))];
    }

    private async Task<List<StaffPost>> OwnPosts(StaffMember member, DateOnly on, CancellationToken cancellationToken)
    {
        List<StaffPost> posts = [];
        foreach (var held in (await RolesOf(member.Id, on, cancellationToken)).GroupBy(row => row.Role))
        {
            List<string> units = [member.UnitId];
            foreach (var area in held.Select(row => row.AreaCode).Distinct())
                units.AddRange(await new AreaQueries(context).CodesUnder(area, cancellationToken));
            posts.Add(new StaffPost(held.Key, [.. units.Distinct()]));
        }

        return posts;
    }

    /// <summary>Who may take a task of a role and unit on a day: staff of the area, or of the organisation that the unit is. By id.</summary>
    public async Task<IReadOnlyList<StaffMember>> Able(string role, string unit, DateOnly on, CancellationToken cancellationToken)
    {
        var holders = context.Set<StaffRole>().Where(row => row.Role == role && row.ValidFrom <= on && (row.ValidTo == null || row.ValidTo >= on)).Select(row => row.StaffId);
        var within = await context.Set<StaffMember>().Where(row => row.Active && row.UnitId == unit && holders.Contains(row.Id)).ToListAsync(cancellationToken);
        return [.. within.Concat(await With(role, unit, on, cancellationToken)).DistinctBy(row => row.Id).OrderBy(row => row.Id, StringComparer.Ordinal)];
    }

    /// <summary>The relations that exclude any of these staff from a person's case (E09).</summary>
    public async Task<IReadOnlyList<KinDeclaration>> Conflicts(string personId, IReadOnlyList<string> staffIds, CancellationToken cancellationToken) =>
        await context.Set<KinDeclaration>().Where(row => row.PersonId == personId && staffIds.Contains(row.StaffId))
            .OrderBy(row => row.StaffId).ToListAsync(cancellationToken);

    /// <summary>Who of the staff may not be asked about a person: their kin and their agents (E09).</summary>
    public async Task<IReadOnlyList<string>> KinOf(string personId, CancellationToken cancellationToken) =>
        await context.Set<KinDeclaration>().Where(row => row.PersonId == personId).Select(row => row.StaffId).Distinct().OrderBy(id => id).ToListAsync(cancellationToken);
}

/// <summary>A role with the units for which it is held.</summary>
public sealed record StaffPost(string Role, IReadOnlyList<string> Units);
