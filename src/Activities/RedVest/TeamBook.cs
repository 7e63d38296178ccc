using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.Staff;

namespace Relief.Flow.Activities.RedVest;

/// <summary>Keeps the Red Vest team of an order: assistant, social worker and volunteers (PW5 step 1).</summary>
public sealed class TeamBook(ReliefDbContext context)
{
    /// <summary>Why a volunteer is out for good: they took money (volunteer rules art. 21).</summary>
    public const string TookMoney = "TookMoney";

    private static readonly Dictionary<TeamRole, string> Roles = new()
    {
        [TeamRole.Assistant] = ReliefRoles.Assistant,
        [TeamRole.SocialWorker] = ReliefRoles.SocialWorker,
        [TeamRole.Volunteer] = ReliefRoles.Volunteer
    };

    /// <summary>Who is in the team now, by id.</summary>
    public async Task<IReadOnlyList<TeamMember>> Of(string orderId, CancellationToken cancellationToken) =>
        await context.Set<TeamMember>().Where(row => row.OrderId == orderId && row.LeftAt == null).OrderBy(row => row.StaffId).ToListAsync(cancellationToken);

    /// <summary>The roles that nobody has yet.</summary>
    public async Task<IReadOnlyList<TeamRole>> Missing(string orderId, CancellationToken cancellationToken) =>
        [.. Enum.GetValues<TeamRole>().Except((await Of(orderId, cancellationToken)).Select(member => member.Role))];

    /// <summary>Whether somebody is in the team of an order in a role.</summary>
    public async Task<bool> Holds(string orderId, string staffId, TeamRole role, CancellationToken cancellationToken) =>
        (await Of(orderId, cancellationToken)).Any(member => member.StaffId == staffId && member.Role == role);

    /// <summary>Takes in members, those who are in it already once. Null when all is well, else why nobody was taken in: NotInRole, VolunteerBarred, CertificateInvalid, VolunteerCertificateEnded, Kin.</summary>
    public async Task<string?> Join((string OrderId, string PersonId, string Area) order, IReadOnlyList<NamedMember> named, Deed deed, CancellationToken cancellationToken)
    {
        await context.LockWord("team:" + order.OrderId, cancellationToken);
        foreach (var one in named)
        {
            if (await Problem(order, one, deed, cancellationToken) is { } problem)
                return problem;
        }

        var known = await Of(order.OrderId, cancellationToken);
        var area = await CountyOf(order.OrderId, cancellationToken);
        foreach (var shown in named.Where(one => one.Shows))
            await Keep(shown, area, deed, cancellationToken);
        TeamMember[] rows = [.. named.DistinctBy(one => (one.StaffId, one.Role)).Where(one => known.All(member => member.StaffId != one.StaffId || member.Role != one.Role)).Select(one => new TeamMember
        {
            Id = deed.NewId(),
            CountyCode = area,
            CreatedAt = deed.At,
            CreatedBy = deed.By,
            OrderId = order.OrderId,
            StaffId = one.StaffId!,
            Role = one.Role
        })];
        await context.InsertAll(rows, cancellationToken);
        return null;
    }

    /// <summary>Somebody leaves the team; false when they are not in it.</summary>
    public async Task<bool> Leave(string orderId, string staffId, string because, Deed deed, CancellationToken cancellationToken)
    {
        var rows = (await Of(orderId, cancellationToken)).Where(member => member.StaffId == staffId).ToList();
        foreach (var row in rows)
            await context.Replace(row with { LeftAt = deed.At, LeftBecause = because }, cancellationToken);
        return rows.Count > 0;
    }

    private async Task<string?> Problem((string OrderId, string PersonId, string Area) order, NamedMember one, Deed deed, CancellationToken cancellationToken)
    {
        var staff = new StaffQueries(context);
        if (one.StaffId is not { Length: > 0 } id || !await staff.Holds(id, Roles[one.Role], order.Area, ChinaTime.DayOf(deed.At), cancellationToken))
            return "NotInRole";
        if (await context.Set<TeamMember>().AnyAsync(row => row.StaffId == id && row.LeftBecause == TookMoney, cancellationToken))
            return "VolunteerBarred";
        if (await CertificateProblem(one, ChinaTime.DayOf(deed.At), cancellationToken) is { } problem)
            return problem;
        return (await staff.Conflicts(order.PersonId, [id], cancellationToken)).Count > 0 ? "Kin" : null;
    }

    // What is shown now counts, else what was shown before.
    private async Task<string?> CertificateProblem(NamedMember one, DateOnly today, CancellationToken cancellationToken)
    {
        if (one.Shows && !one.ShowsWell)
            return "CertificateInvalid";
        var hasEnded = one.Shows ? one.LastDay < today : one.Role == TeamRole.Volunteer && await new VolunteerBook(context).HasEnded(one.StaffId!, today, cancellationToken);
        return hasEnded ? "VolunteerCertificateEnded" : null;
    }

    private Task Keep(NamedMember shown, string county, Deed deed, CancellationToken cancellationToken) => new VolunteerBook(context).Certify(new VolunteerCertificate
    {
        Id = deed.NewId(), CountyCode = county, CreatedAt = deed.At, CreatedBy = deed.By, VolunteerId = shown.StaffId!, Certificate = shown.Certificate!.Trim(), ValidFrom = ChinaTime.DayOf(deed.At), ValidTo = shown.LastDay
    }, deed, cancellationToken);

    private async Task<string> CountyOf(string orderId, CancellationToken cancellationToken) =>
        await context.Set<Order>().Where(row => row.Id == orderId).Select(row => row.CountyCode).SingleAsync(cancellationToken);
}
