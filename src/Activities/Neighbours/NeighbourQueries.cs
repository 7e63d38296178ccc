using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Pairs;
using Relief.Flow.Activities.People;
using Relief.Flow.Activities.Visits;

namespace Relief.Flow.Activities.Neighbours;

/// <summary>Reads helpers, their logs and their sheets.</summary>
public sealed class NeighbourQueries(ReliefDbContext context)
{
    /// <summary>A county's helpers, by id.</summary>
    public async Task<IReadOnlyList<NeighbourVolunteer>> Helpers(string countyCode, CancellationToken cancellationToken) =>
        await context.Set<NeighbourVolunteer>().Where(row => row.CountyCode == countyCode).OrderBy(row => row.Id).ToListAsync(cancellationToken);

    /// <summary>Whether a helper's certificate holds on a day.</summary>
    public Task<bool> IsCertified(string helperId, DateOnly on, CancellationToken cancellationToken) =>
        context.Set<CourseCertificate>().AnyAsync(row => row.HelperId == helperId && row.ValidFrom <= on && row.ValidTo >= on, cancellationToken);

    /// <summary>An order's logs, by day.</summary>
    public async Task<IReadOnlyList<NeighbourLog>> Logs(string orderId, CancellationToken cancellationToken)
    {
        var pairs = await context.Set<Pair>().Where(row => row.OrderId == orderId).Select(row => row.Id).ToListAsync(cancellationToken);
        return await context.Set<NeighbourLog>().Where(row => pairs.Contains(row.PairId)).OrderBy(row => row.ServiceDate).ThenBy(row => row.CreatedAt).ToListAsync(cancellationToken);
    }

    /// <summary>A sheet with its lines and their logs, or none.</summary>
    public async Task<SheetView?> Sheet(string sheetId, CancellationToken cancellationToken)
    {
        var sheet = await context.Set<SubsidySheet>().FirstOrDefaultAsync(row => row.Id == sheetId, cancellationToken);
        if (sheet is null)
            return null;
        List<SheetLine> lines = [];
        foreach (var subsidy in await Subsidies(sheetId, cancellationToken))
            lines.Add(await Line(subsidy, cancellationToken));
        return new SheetView(sheet, lines, lines.Sum(line => line.Logs.Count), lines.Sum(line => line.Subsidy.Granted));
    }

    /// <summary>A helper's line of a year, or none.</summary>
    public async Task<SheetLine?> Line(string helperId, int year, CancellationToken cancellationToken) =>
        await context.Set<Subsidy>().FirstOrDefaultAsync(row => row.HelperId == helperId && row.Year == year, cancellationToken) is { } found
            ? await Line(found, cancellationToken)
            : null;

    /// <summary>A sheet's subsidies, by helper.</summary>
    public async Task<IReadOnlyList<Subsidy>> Subsidies(string sheetId, CancellationToken cancellationToken) =>
        await context.Set<Subsidy>().Where(row => row.SheetId == sheetId).OrderBy(row => row.HelperId).ToListAsync(cancellationToken);

    /// <summary>The confirmed logs of a township's year that may be counted (INV-17); who is paid as a worker for that day is not paid twice.</summary>
    public async Task<IReadOnlyList<NeighbourLog>> Countable(string townshipCode, int year, CancellationToken cancellationToken)
    {
        var (from, to) = (new DateOnly(year, 1, 1), new DateOnly(year, 12, 31));
        var logs = await context.Set<NeighbourLog>()
            .Where(row => row.TownshipCode == townshipCode && row.Status == LogStatus.Confirmed && row.ServiceDate >= from && row.ServiceDate <= to)
            .OrderBy(row => row.ServiceDate).ThenBy(row => row.Id).ToListAsync(cancellationToken);
        List<NeighbourLog> countable = [];
        foreach (var log in logs)
        {
            if (await Counts(log, cancellationToken))
                countable.Add(log);
        }

        return countable;
    }

    private async Task<bool> Counts(NeighbourLog log, CancellationToken cancellationToken) =>
        await IsCertified(log.HelperId, log.ServiceDate, cancellationToken)
        && await context.Set<Pair>().AnyAsync(pair => pair.Id == log.PairId && pair.NoChargeAt != null && pair.PairedOn <= log.ServiceDate
            && (pair.EndedOn == null || pair.EndedOn >= log.ServiceDate), cancellationToken)
        && !await IsHousehold(log.HelperId, log.PersonId, cancellationToken)
        && !await context.Set<VisitRecord>().AnyAsync(record => record.WorkerId == log.HelperId && record.PersonId == log.PersonId
            && record.ServiceDate == log.ServiceDate && (record.Status == RecordStatus.Accepted || record.Status == RecordStatus.Settled), cancellationToken);

    /// <summary>Whether a helper lives in a person's household, or is that person.</summary>
    public Task<bool> IsHousehold(string helperId, string personId, CancellationToken cancellationToken) =>
        context.Set<NeighbourVolunteer>().AnyAsync(helper => helper.Id == helperId && (helper.PersonId == personId
            || context.Set<Person>().Any(person => person.Id == personId && person.HouseholdId != null && person.HouseholdId == helper.HouseholdId)), cancellationToken);

    private async Task<SheetLine> Line(Subsidy subsidy, CancellationToken cancellationToken)
    {
        var ids = context.Set<SubsidyLog>().Where(row => row.SubsidyId == subsidy.Id).Select(row => row.Id);
        return new SheetLine(subsidy, await context.Set<NeighbourLog>().Where(log => ids.Contains(log.Id)).OrderBy(log => log.ServiceDate).ThenBy(log => log.Id).ToListAsync(cancellationToken));
    }
}
