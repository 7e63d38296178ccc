using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Audit;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.Parameters;

namespace Relief.Flow.Activities.RedVest;

/// <summary>Keeps the sessions of teams, and shows each reader what they may see.</summary>
public sealed class SessionBook(ReliefDbContext context)
{
    /// <summary>
    /// Writes a session down once per key. Refused: NotTheTeamsSocialWorker, NotInService, NotYetHeld, NoTask, NoHours, VolunteerNotInTeam,
    /// VolunteerCertificateEnded, VolunteerTired (above the hours of a week, Monday to Sunday).
    /// </summary>
    public async Task<(string? Id, string? Problem)> Hold(string orderId, SessionForm form, Deed deed, CancellationToken cancellationToken)
    {
        await context.LockWord("volunteer:" + (form.VolunteerId ?? orderId), cancellationToken);
        if (await context.Set<HelpSession>().FirstOrDefaultAsync(row => row.IdemKey == deed.Key, cancellationToken) is { } known)
            return (known.Id, null);
        var order = await context.Set<Order>().SingleAsync(row => row.Id == orderId, cancellationToken);
        if (await Problem(order, form, deed, cancellationToken) is { } problem)
            return (null, problem);
        var session = new HelpSession
        {
            Id = deed.NewId(),
            CountyCode = order.CountyCode,
            CreatedAt = deed.At,
            CreatedBy = deed.By,
            OrderId = orderId,
            HeldOn = form.HeldOn,
            VolunteerId = form.VolunteerId,
            Hours = form.Hours,
            Task = form.Task!,
            Note = form.Note,
            IdemKey = deed.Key
        };
        await context.Insert(session, cancellationToken);
        await context.Audit(AuditTrail.Case(order.CaseId), new AuditDetail("SessionHeld", new { orderId, session.Id, session.HeldOn, session.Hours }), deed, cancellationToken);
        return (session.Id, null);
    }

    /// <summary>An order's sessions by day as somebody may see them: the team's social worker everything, a volunteer their own without notes, others all without notes.</summary>
    public async Task<IReadOnlyList<HelpSession>> As(string reader, string orderId, CancellationToken cancellationToken)
    {
        var sessions = await context.Set<HelpSession>().Where(row => row.OrderId == orderId).OrderBy(row => row.HeldOn).ThenBy(row => row.CreatedAt).ToListAsync(cancellationToken);
        var team = new TeamBook(context);
        if (await team.Holds(orderId, reader, TeamRole.SocialWorker, cancellationToken))
            return sessions;
        var isVolunteer = await context.Set<TeamMember>().AnyAsync(row => row.StaffId == reader && row.Role == TeamRole.Volunteer, cancellationToken);
        return [.. sessions.Where(session => !isVolunteer || session.VolunteerId == reader).Select(session => session with { Note = null })];
    }

    private async Task<string?> Problem(Order order, SessionForm form, Deed deed, CancellationToken cancellationToken)
    {
        var team = new TeamBook(context);
        if (!await team.Holds(order.Id, deed.By, TeamRole.SocialWorker, cancellationToken))
            return "NotTheTeamsSocialWorker";
        if (order.Status != OrderStatus.Active)
            return "NotInService";
        if (form.HeldOn > ChinaTime.DayOf(deed.At))
            return "NotYetHeld";
        if (string.IsNullOrWhiteSpace(form.Task))
            return "NoTask";
        if (form.Hours is <= 0 or > 24 || decimal.Round(form.Hours, 2) != form.Hours)
            return "NoHours";
        if (form.VolunteerId is not { } volunteer)
            return null;
        if (!await team.Holds(order.Id, volunteer, TeamRole.Volunteer, cancellationToken))
            return "VolunteerNotInTeam";
        if (await new VolunteerBook(context).HasEnded(volunteer, form.HeldOn, cancellationToken))
            return "VolunteerCertificateEnded";
        var most = await new ParameterQueries(context).Number("redvest.weekHours", order.CountyCode, form.HeldOn, cancellationToken);
        return await HoursOfWeek(volunteer, form.HeldOn, cancellationToken) + form.Hours > most ? "VolunteerTired" : null;
    }

    private async Task<decimal> HoursOfWeek(string volunteerId, DateOnly day, CancellationToken cancellationToken)
    {
        var monday = day.AddDays(-(((int)day.DayOfWeek + 6) % 7));
        var sunday = monday.AddDays(6);
        var hours = await context.Set<HelpSession>().Where(row => row.VolunteerId == volunteerId && row.HeldOn >= monday && row.HeldOn <= sunday)
            .Select(row => row.Hours).ToListAsync(cancellationToken);
        return hours.Sum();
    }
}
