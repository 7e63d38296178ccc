using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Audit;
using Relief.Flow.Activities.Calendar;

namespace Relief.Flow.Activities.Rounds;

/// <summary>Opens rounds of visits, writes their visits part by part, and closes them (P18 steps 1 and 4).</summary>
public sealed class RoundBook(ReliefDbContext context)
{
    /// <summary>The chain of a round.</summary>
    public static string Chain(string roundId) => "visit-round:" + roundId;

    /// <summary>The id of a county's round.</summary>
    public static string IdOf(string countyCode, VisitDuty duty, string period) => $"{countyCode}-{duty}-{period}";

    /// <summary>A round, or none.</summary>
    public Task<VisitRound?> Find(string id, CancellationToken cancellationToken) => context.Set<VisitRound>().FirstOrDefaultAsync(row => row.Id == id, cancellationToken);

    /// <summary>A round that must be there.</summary>
    public async Task<VisitRound> Get(string id, CancellationToken cancellationToken) =>
        await Find(id, cancellationToken) ?? throw new InvalidOperationException($"There is no round {id}.");

    /// <summary>Opens a round once; null when policy asks for no visits of this duty.</summary>
    public async Task<VisitRound?> Open(string countyCode, VisitDuty duty, string period, Deed deed, CancellationToken cancellationToken)
    {
        var id = IdOf(countyCode, duty, period);
        await context.LockWord(Chain(id), cancellationToken);
        if (await Find(id, cancellationToken) is { } known)
            return known;
        var (from, to) = RoundTimes.SpanOf(period);
        var times = await RoundTimes.Of(context, duty, countyCode, ChinaTime.DayOf(deed.At), cancellationToken);
        if (times == 0)
            return null;
        var round = new VisitRound
        {
            Id = id, CountyCode = countyCode, CreatedAt = deed.At, CreatedBy = deed.By, Duty = duty, Period = period, StartsOn = from, EndsOn = to, Times = times, Status = RoundStatus.Open
        };
        await context.Insert(round, cancellationToken);
        await context.Audit(Chain(id), new AuditDetail("RoundOpened", new { duty, period, times }), deed, cancellationToken);
        return round;
    }

    /// <summary>Writes the next visits of a round, at most so many; each once, whoever writes and however often. True when the round has all of them now.</summary>
    public async Task<bool> Generate(string id, int most, Deed deed, CancellationToken cancellationToken)
    {
        await context.Lock<VisitRound>(id, cancellationToken);
        var round = await Get(id, cancellationToken);
        if (round.Status != RoundStatus.Open)
            return true;
        var made = 0;
        for (var slot = 1; slot <= round.Times && made < most; slot++)
            made += await VisitSql.Generate(context, round, (slot, most - made), (deed.At, ChinaTime.DayOf(deed.At)), cancellationToken);
        if (made == most)
            return false;
        await context.Replace(round with { Status = RoundStatus.Generated, GeneratedAt = deed.At }, cancellationToken);
        var visits = await context.Set<HomeVisit>().CountAsync(row => row.RoundId == id && row.Duty == round.Duty, cancellationToken);
        await context.Audit(Chain(id), new AuditDetail("RoundGenerated", new { visits }), deed, cancellationToken);
        return true;
    }

    /// <summary>Ends the next open visits of a round that is over, at most so many. True when none is open any more and the round is closed.</summary>
    public async Task<bool> Close(string id, int most, Deed deed, CancellationToken cancellationToken)
    {
        await context.Lock<VisitRound>(id, cancellationToken);
        var round = await Get(id, cancellationToken);
        if (round.Status == RoundStatus.Closed)
            return true;
        // Fewer than asked for are not all of them: what somebody reported meanwhile was passed over.
        if (await VisitSql.Close(context, round, most, cancellationToken) == most
            || await context.Set<HomeVisit>().AnyAsync(row => row.RoundId == id && row.Status == HomeVisitStatus.Open, cancellationToken))
            return false;
        await context.Replace(round with { Status = RoundStatus.Closed, ClosedAt = deed.At }, cancellationToken);
        var owed = await new RoundQueries(context).Units(round, round.Duty, cancellationToken);
        await context.Audit(
            Chain(id), new AuditDetail("RoundClosed", new { required = owed.Sum(unit => unit.Required), visited = owed.Sum(unit => unit.Visited), missed = owed.Sum(unit => unit.Missed) }), deed, cancellationToken);
        return true;
    }
}
