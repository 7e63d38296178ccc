using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Areas;
using Relief.Flow.Activities.Organisations;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Activities.Suppliers;

namespace Relief.Flow.Activities.Visibility;

/// <summary>Reads from the staff register what somebody may see.</summary>
public sealed class VisibilityQueries(ReliefDbContext context)
{
    /// <summary>Authorities, and those who work in their name: only for them an area means its people.</summary>
    private static readonly OrganisationKind[] Authorities =
    [
        OrganisationKind.CountyBureau, OrganisationKind.Township, OrganisationKind.VillageCommittee, OrganisationKind.SocialWorkStation, OrganisationKind.ReliefStation, OrganisationKind.ContactPoint,
        OrganisationKind.ReliefWindow
    ];

    /// <summary>For them an area is where they help and answer the doorbell, or where they guide: not whose people they may see.</summary>
    private static readonly string[] Without = [ReliefRoles.CityGuide, ReliefRoles.NeighbourAide];

    /// <summary>Who answers for the people of their own organisation.</summary>
    private static readonly string[] Leads = [ReliefRoles.PartySecretary, ReliefRoles.SupplierLead, ReliefRoles.RedVestLead];

    /// <summary>What a person may see on a day; only their own for somebody who is in no post. Null, which is everything, while no staff are kept at all.</summary>
    public async Task<RecordVisibility?> Of(string staffId, DateOnly on, CancellationToken cancellationToken)
    {
        var staff = new StaffQueries(context);
        if (await staff.Find(staffId, cancellationToken) is not { Active: true, UnitId: var unit })
            return await staff.IsKept(cancellationToken) ? RecordVisibility.OfOwn(staffId) : null;

        var posts = await staff.PostsOf(staffId, on, cancellationToken);
        string[] UnitsOf(Func<string, bool> has) => [.. posts.Where(post => has(post.Role)).SelectMany(post => post.Units).Where(code => code != unit).Distinct()];
        var isAuthority = await context.Set<Organisation>().AnyAsync(row => row.Id == unit && Authorities.Contains(row.Kind), cancellationToken);
        return new RecordVisibility
        {
            Areas = isAuthority ? UnitsOf(role => !Without.Contains(role)) : [],
            Guided = UnitsOf(role => role == ReliefRoles.CityGuide),
            Answered = UnitsOf(role => role == ReliefRoles.NeighbourAide),
            Bodies = await WithSuppliers([unit], cancellationToken),
            By = staffId,
            People = posts.Any(post => Leads.Contains(post.Role)) ? [.. await context.Set<StaffMember>().Where(row => row.UnitId == unit).Select(row => row.Id).ToListAsync(cancellationToken)] : [staffId],
            Roles = [.. posts.Select(post => post.Role)]
        };
    }

    /// <summary>A view with the records of these areas (of a city's guide: their figures alone), each with all below it, and of these organisations.</summary>
    public async Task<RecordVisibility> Within(IReadOnlyList<string> units, RecordVisibility own, CancellationToken cancellationToken)
    {
        var areas = await context.Set<AreaUnit>().Where(row => units.Contains(row.Code)).Select(row => row.Code).ToListAsync(cancellationToken);
        List<string> all = [];
        foreach (var area in areas)
            all.AddRange(await new AreaQueries(context).CodesUnder(area, cancellationToken));
        var without = own.Roles.Length > 0 && own.Roles.All(Without.Contains);
        string[] under = [.. all.Distinct()];
        return own with
        {
            Areas = without ? [] : under,
            Guided = without && own.Roles.Contains(ReliefRoles.CityGuide) ? under : [],
            Answered = own.Roles.Contains(ReliefRoles.NeighbourAide) ? under : [],
            Bodies = await WithSuppliers([.. units.Except(areas)], cancellationToken)
        };
    }

    // An organisation goes by another id where it delivers.
    private async Task<string[]> WithSuppliers(string[] bodies, CancellationToken cancellationToken) =>
        [.. bodies.Union(await context.Set<Supplier>().Where(row => row.OrganisationId != null && bodies.Contains(row.OrganisationId)).Select(row => row.Id).ToListAsync(cancellationToken))];

    /// <summary>Those that are neither an area nor an organisation.</summary>
    public async Task<IReadOnlyList<string>> Unknown(IReadOnlyList<string> units, CancellationToken cancellationToken)
    {
        var areas = await context.Set<AreaUnit>().Where(row => units.Contains(row.Code)).Select(row => row.Code).ToListAsync(cancellationToken);
        var bodies = await context.Set<Organisation>().Where(row => units.Contains(row.Id)).Select(row => row.Id).ToListAsync(cancellationToken);
        return [.. units.Except(areas).Except(bodies)];
    }
}
