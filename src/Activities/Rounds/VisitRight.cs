using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Grids;
using Relief.Flow.Activities.Staff;

namespace Relief.Flow.Activities.Rounds;

/// <summary>Who may make which visits: the village's people or whoever has the cell, and for the street those of the township (P18, actors).</summary>
public sealed class VisitRight(ReliefDbContext context)
{
    private static readonly string[] OfVillage = [ReliefRoles.VillageWorker, ReliefRoles.GridWorker, ReliefRoles.Assistant, ReliefRoles.SocialWorker];
    private static readonly string[] OfStreet = [ReliefRoles.ReliefClerk, ReliefRoles.TownshipReviewer, ReliefRoles.Assistant, ReliefRoles.SocialWorker, ReliefRoles.SocialWorkStation];

    /// <summary>Whether somebody may make a visit; everybody, while no staff are kept at all.</summary>
    public async Task<bool> Has(string staffId, HomeVisit visit, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var day = ChinaTime.DayOf(now);
        var staff = new StaffQueries(context);
        var roles = visit.Duty == VisitDuty.Street ? OfStreet : OfVillage;
        if ((await staff.PostsOf(staffId, day, cancellationToken)).Any(post => roles.Contains(post.Role) && post.Units.Contains(visit.AreaCode)))
            return true;
        return (visit.Duty != VisitDuty.Street && await new GridQueries(context).WorkerOf(visit.AreaCode, day, cancellationToken) == staffId) || !await staff.IsKept(cancellationToken);
    }
}
