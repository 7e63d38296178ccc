using Microsoft.EntityFrameworkCore;

namespace Relief.Flow.Activities.Linkage;

/// <summary>Keeps and reads who was at which session.</summary>
public sealed class AttendanceBook(ReliefDbContext context)
{
    /// <summary>An order's sessions by day.</summary>
    public async Task<IReadOnlyList<Attendance>> Of(string orderId, CancellationToken cancellationToken) =>
        await context.Set<Attendance>().Where(row => row.OrderId == orderId).OrderBy(row => row.HeldOn).ToListAsync(cancellationToken);

    /// <summary>Notes sessions of an order; a day that is noted already, or lies ahead, is refused and nothing is noted. Null when all is well, else why not.</summary>
    public async Task<string?> Note((string OrderId, string CountyCode) order, IReadOnlyList<HeldSession> sessions, DateOnly today, Deed deed, CancellationToken cancellationToken)
    {
        var known = (await Of(order.OrderId, cancellationToken)).Select(row => row.HeldOn).ToHashSet();
        if (sessions.Any(session => session.Date > today))
            return "NotYetHeld";
        if (sessions.Any(session => !known.Add(session.Date)))
            return "NotedBefore";
        Attendance[] rows = [.. sessions.Select(session => new Attendance
        {
            Id = deed.NewId(),
            CountyCode = order.CountyCode,
            CreatedAt = deed.At,
            CreatedBy = deed.By,
            OrderId = order.OrderId,
            HeldOn = session.Date,
            Attended = session.Attended,
            Reason = session.Reason
        })];
        await context.InsertAll(rows, cancellationToken);
        return null;
    }

    /// <summary>True when the person missed the two latest sessions: somebody asks why (E06).</summary>
    public async Task<bool> MissedTwice(string orderId, CancellationToken cancellationToken) =>
        (await Of(orderId, cancellationToken)) is { Count: > 1 } rows && rows.TakeLast(2).All(row => !row.Attended);
}
