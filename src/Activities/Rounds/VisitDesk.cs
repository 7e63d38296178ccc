using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Audit;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Parameters;

namespace Relief.Flow.Activities.Rounds;

/// <summary>Takes reports of visits, and asks for visits on their own (P18 step 2). A report and what it changes are one transaction.</summary>
public sealed class VisitDesk(ReliefDbContext context)
{
    /// <summary>The chain of a visit.</summary>
    public static string Chain(string visitId) => "visit:" + visitId;

    /// <summary>A report that must be there.</summary>
    public async Task<HomeReport> Get(string reportId, CancellationToken cancellationToken) =>
        await context.Set<HomeReport>().FirstOrDefaultAsync(row => row.Id == reportId, cancellationToken) ?? throw new InvalidOperationException($"There is no report {reportId}.");

    /// <summary>Takes a report once per key: the visit is made, or somebody has to come again. A call counts only where it may; one visit never serves village and street.</summary>
    public async Task<ReportResult> Report(ReportEntry entry, Deed deed, CancellationToken cancellationToken)
    {
        await context.Lock<HomeVisit>([entry.VisitId, .. entry.Also], cancellationToken);
        if (await context.Set<HomeReport>().FirstOrDefaultAsync(row => row.Id == deed.Key, cancellationToken) is { } known)
            return new ReportResult(known, null, await Leads(known, cancellationToken));
        var visits = await context.Set<HomeVisit>().Where(row => row.Id == entry.VisitId || entry.Also.Contains(row.Id)).OrderBy(row => row.Id).ToListAsync(cancellationToken);
        var visit = visits.Single(row => row.Id == entry.VisitId);
        var round = await new RoundBook(context).Get(visit.RoundId, cancellationToken);
        var ground = entry.Mode == VisitMode.Phone ? await Ground(visit, ChinaTime.DayOf(entry.VisitedAt), cancellationToken) : null;
        if ((Fault(entry, visits, (round, deed.At)) ?? await Fault(entry, visit, ground, cancellationToken)) is { } fault)
            return new ReportResult(null, fault, false);

        var report = new HomeReport
        {
            Id = deed.Key, CountyCode = visit.CountyCode, CreatedAt = deed.At, CreatedBy = deed.By, AreaCode = visit.AreaCode, VisitId = visit.Id, FamilyId = visit.FamilyId, PersonId = visit.PersonId,
            Outcome = entry.Outcome, Mode = entry.Mode, RemoteGround = ground, VisitedBy = entry.VisitedBy, VisitedAt = entry.VisitedAt, VisitedOn = ChinaTime.DayOf(entry.VisitedAt),
            Situation = entry.Situation, Needs = entry.Needs, Changes = [.. entry.Changes.Select(change => change.ToString())], Danger = entry.Danger, PolicyExplained = entry.PolicyExplained,
            Latitude = entry.Place?.Latitude, Longitude = entry.Place?.Longitude, Photos = [.. entry.Photos]
        };
        report = await new VisitPace(context).Look(report, cancellationToken);
        await context.Insert(report, cancellationToken);
        foreach (var one in visits)
        {
            await context.Replace(entry.Outcome == VisitOutcome.NobodyHome ? one with { Misses = one.Misses + 1 }
                : one with { Status = Enum.Parse<HomeVisitStatus>(entry.Outcome.ToString()), ReportId = report.Id }, cancellationToken);
            await context.Audit(Chain(one.Id), new AuditDetail("VisitReported", new { report = report.Id, entry.Outcome, entry.Mode, ground, entry.VisitedBy, entry.VisitedAt }), deed, cancellationToken);
        }

        return new ReportResult(report, null, await Leads(report, cancellationToken));
    }

    /// <summary>Asks for a visit by the grid worker, beside those that are owed: it belongs to the village's round of the month. One at a time for a family.</summary>
    public async Task<(HomeVisit? Visit, VisitFault? Fault)> Ask((string PersonId, DateOnly DueOn, string Reason) wanted, Deed deed, CancellationToken cancellationToken)
    {
        var person = await context.Set<People.Person>().SingleAsync(row => row.Id == wanted.PersonId, cancellationToken);
        var family = person.HouseholdId ?? person.Id;
        var today = ChinaTime.DayOf(deed.At);
        var round = await new RoundBook(context).Find(RoundBook.IdOf(person.CountyCode, VisitDuty.Village, RoundTimes.PeriodOf(VisitDuty.Village, wanted.DueOn)), cancellationToken);
        if (round is not { Status: not RoundStatus.Closed })
            return (null, new VisitFault("visit.noRound", "The county has no open round of visits in that month; begin its rounds first, or name a day of this month."));
        if (wanted.DueOn < today)
            return (null, new VisitFault("visit.dueOver", "The day is over; name a later one."));
        await context.LockWord($"visit:{round.Id}:{family}", cancellationToken);
        var asked = await context.Set<HomeVisit>().Where(row => row.RoundId == round.Id && row.Duty == VisitDuty.Grid && row.FamilyId == family).ToListAsync(cancellationToken);
        if (asked.Find(row => row.Status == HomeVisitStatus.Open) is { } open)
            return (open, null);
        var visit = new HomeVisit
        {
            Id = $"{round.Id}-{family}-g{asked.Count + 1}", CountyCode = person.CountyCode, CreatedAt = deed.At, CreatedBy = deed.By, AreaCode = person.AreaCode, RoundId = round.Id, Duty = VisitDuty.Grid,
            Slot = asked.Count + 1, FamilyId = family, PersonId = person.Id, Reason = wanted.Reason, DueOn = wanted.DueOn, Status = HomeVisitStatus.Open, Misses = 0
        };
        await context.Insert(visit, cancellationToken);
        await context.Audit(Chain(visit.Id), new AuditDetail("VisitAsked", new { wanted.Reason, wanted.DueOn }), deed, cancellationToken);
        return (visit, null);
    }

    /// <summary>Whether this is the report after which the village looks for the family: nobody was home so many times (<c>visit.misses</c>).</summary>
    public async Task<bool> IsLastMiss(HomeReport report, CancellationToken cancellationToken)
    {
        if (report.Outcome != VisitOutcome.NobodyHome)
            return false;
        var most = await new ParameterQueries(context).Whole("visit.misses", report.AreaCode, report.VisitedOn, cancellationToken);
        var misses = await context.Set<HomeReport>().Where(row => row.VisitId == report.VisitId && row.Outcome == VisitOutcome.NobodyHome)
            .OrderBy(row => row.CreatedAt).ThenBy(row => row.Id).Select(row => row.Id).ToListAsync(cancellationToken);
        return most > 0 && (misses.IndexOf(report.Id) + 1) % most == 0;
    }

    private async Task<bool> Leads(HomeReport report, CancellationToken cancellationToken) =>
        report is { Outcome: VisitOutcome.Refused or VisitOutcome.AwayLongTerm } or { Changes.Length: > 0 } or { Needs.Length: > 0 } or { Danger.Length: > 0 } or { PaceAlarm: true }
        || await IsLastMiss(report, cancellationToken);

    private async Task<RemoteGround?> Ground(HomeVisit visit, DateOnly day, CancellationToken cancellationToken)
    {
        var parameters = new ParameterQueries(context);
        return await parameters.IsOn("emergency.mode", visit.AreaCode, day, cancellationToken) ? RemoteGround.Emergency
            : await parameters.IsOn("visit.remoteAllowed", visit.AreaCode, day, cancellationToken) ? RemoteGround.Allowed : null;
    }

    private static VisitFault? Fault(ReportEntry entry, List<HomeVisit> visits, (VisitRound Round, DateTimeOffset Now) at)
    {
        var visit = visits.Single(row => row.Id == entry.VisitId);
        if (visit.Status != HomeVisitStatus.Open)
            return new VisitFault("visit.over", $"The visit is {visit.Status} already; what came of it is not changed.");
        if (entry.VisitedAt > at.Now || ChinaTime.DayOf(entry.VisitedAt) < at.Round.StartsOn || ChinaTime.DayOf(entry.VisitedAt) > at.Round.EndsOn)
            return new VisitFault("visit.outsidePeriod", $"The visit is owed from {at.Round.StartsOn:yyyy-MM-dd} to {at.Round.EndsOn:yyyy-MM-dd}, and is reported after it was made.");
        if (visits.Select(row => row.Duty).ToHashSet() is var duties && duties.Contains(VisitDuty.Village) && duties.Contains(VisitDuty.Street))
            return new VisitFault("visit.villageAndStreet", "One visit may serve the village's duty and the grid's, never the village's and the street's; somebody of the street has to go as well.");
        return visits.Count != entry.Also.Distinct().Count() + 1 || visits.Exists(row => row.FamilyId != visit.FamilyId || row.Status != HomeVisitStatus.Open)
            ? new VisitFault("visit.alsoUnfit", "Name in also only other open visits to the same family.")
            : null;
    }

    private async Task<VisitFault?> Fault(ReportEntry entry, HomeVisit visit, RemoteGround? ground, CancellationToken cancellationToken)
    {
        if (entry.Mode == VisitMode.Phone && ground is null)
            return new VisitFault("visit.remoteNotAllowed", "A call is no visit: go there, unless emergency mode holds in the area (emergency.mode) or policy lets calls count (visit.remoteAllowed).");
        var day = ChinaTime.DayOf(entry.VisitedAt);
        return entry.Outcome != VisitOutcome.NobodyHome && await context.Set<HomeReport>().AnyAsync(
            row => row.FamilyId == visit.FamilyId && row.VisitedBy == entry.VisitedBy && row.VisitedOn == day && row.Outcome != VisitOutcome.NobodyHome, cancellationToken)
            ? new VisitFault("visit.sameVisit", "They reported a visit to this family on this day already: one visit counts once. What it serves besides is named in also when it is reported.")
            : null;
    }
}
