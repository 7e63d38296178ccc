using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Audit;
using Relief.Flow.Activities.Funds;
using Relief.Flow.Activities.Parameters;

namespace Relief.Flow.Activities.Neighbours;

/// <summary>Freezes, computes and pays the yearly subsidy (P11). Each helper is paid once a year, up to the cap (INV-17); the database holds it too.</summary>
public sealed class SubsidyBook(ReliefDbContext context)
{
    private readonly NeighbourQueries _queries = new(context);

    /// <summary>The id of a township's sheet of a year.</summary>
    public static string IdOf(string townshipCode, int year) => $"{townshipCode}-{year}";

    /// <summary>Freezes a year's logs: none is written for it after this.</summary>
    public async Task<SubsidySheet> Freeze((string County, string Township, int Year) of, Deed deed, CancellationToken cancellationToken)
    {
        var id = IdOf(of.Township, of.Year);
        await context.LockWord("subsidy:" + id, cancellationToken);
        if (await context.Set<SubsidySheet>().FirstOrDefaultAsync(row => row.Id == id, cancellationToken) is { } known)
            return known;
        var sheet = new SubsidySheet
        {
            Id = id, CountyCode = of.County, CreatedAt = deed.At, CreatedBy = deed.By, TownshipCode = of.Township, Year = of.Year, Status = SheetStatus.Frozen
        };
        await context.Insert(sheet, cancellationToken);
        await Note(id, "NeighbourYearFrozen", new { of.Year }, deed, cancellationToken);
        return sheet;
    }

    /// <summary>Counts every countable log once and reckons each helper's amount; how many helpers there are.</summary>
    public async Task<int> Compute(string sheetId, Deed deed, CancellationToken cancellationToken)
    {
        var sheet = await Locked(sheetId, cancellationToken);
        if (await context.Set<Subsidy>().CountAsync(row => row.SheetId == sheetId, cancellationToken) is > 0 and var known)
            return known;
        var last = new DateOnly(sheet.Year, 12, 31);
        var unit = await new ParameterQueries(context).Number("neighbour.unit", sheet.TownshipCode, last, cancellationToken);
        var cap = await new ParameterQueries(context).Number("neighbour.cap", sheet.TownshipCode, last, cancellationToken);
        var helpers = (await _queries.Countable(sheet.TownshipCode, sheet.Year, cancellationToken)).GroupBy(log => log.HelperId).OrderBy(group => group.Key, StringComparer.Ordinal).ToList();
        foreach (var logs in helpers)
        {
            var amount = Math.Min(logs.Count() * unit, cap);
            var subsidy = new Subsidy
            {
                Id = $"{logs.Key}-{sheet.Year}", SheetId = sheetId, HelperId = logs.Key, Year = sheet.Year, Visits = logs.Count(), Unit = unit, Cap = cap,
                Amount = amount, Granted = amount, Status = SubsidyStatus.Computed
            };
            await context.Insert(subsidy, cancellationToken);
            await context.InsertAll<SubsidyLog>([.. logs.Select(log => new SubsidyLog { Id = log.Id, SubsidyId = subsidy.Id })], cancellationToken);
        }

        await Note(sheetId, "SubsidyComputed", new { helpers = helpers.Count, unit, cap }, deed, cancellationToken);
        return helpers.Count;
    }

    /// <summary>Takes a helper's answer about their own line.</summary>
    public async Task Take(string subsidyId, Answer answer, Deed deed, CancellationToken cancellationToken)
    {
        var subsidy = await context.Set<Subsidy>().SingleAsync(row => row.Id == subsidyId, cancellationToken);
        if (subsidy.Status != SubsidyStatus.Computed)
            return;
        var status = answer.Decision == "Disputed" ? SubsidyStatus.Disputed : SubsidyStatus.Agreed;
        await context.Replace(subsidy with { Status = status, Reason = answer.Reason }, cancellationToken);
        await Note(subsidy.SheetId, "Subsidy" + status, new { subsidyId, answer.Reason }, deed, cancellationToken);
    }

    /// <summary>Takes the review: logs struck out, logs confirmed after a dispute, and every amount reckoned again.</summary>
    public async Task Review(string sheetId, (IReadOnlyList<string> Struck, IReadOnlyList<string> Restored) logs, Deed deed, CancellationToken cancellationToken)
    {
        var sheet = await Locked(sheetId, cancellationToken);
        await context.Set<SubsidyLog>().Where(row => logs.Struck.Contains(row.Id)).ExecuteDeleteAsync(cancellationToken);
        foreach (var id in logs.Restored)
            await new NeighbourBook(context).Confirm(id, "Review", deed, cancellationToken);
        var restored = (await _queries.Countable(sheet.TownshipCode, sheet.Year, cancellationToken)).Where(log => logs.Restored.Contains(log.Id));
        foreach (var subsidy in await _queries.Subsidies(sheetId, cancellationToken))
        {
            SubsidyLog[] more = [.. restored.Where(log => log.HelperId == subsidy.HelperId).Select(log => new SubsidyLog { Id = log.Id, SubsidyId = subsidy.Id })];
            await context.InsertAll(more, cancellationToken);
            var visits = await context.Set<SubsidyLog>().CountAsync(row => row.SubsidyId == subsidy.Id, cancellationToken);
            var amount = Math.Min(visits * subsidy.Unit, subsidy.Cap);
            // What the county has decided for a short budget holds on.
            var granted = subsidy.Granted == subsidy.Amount ? amount : decimal.Floor(amount * (subsidy.Granted / subsidy.Amount) * 100) / 100;
            await context.Replace(subsidy with { Visits = visits, Amount = amount, Granted = granted, Status = SubsidyStatus.Accepted }, cancellationToken);
        }

        await context.Replace(sheet with { Status = SheetStatus.Reviewed, Reviewer = deed.By }, cancellationToken);
        await Note(sheetId, "SubsidyReviewed", new { logs.Struck, logs.Restored }, deed, cancellationToken);
    }

    /// <summary>Brings all amounts down in proportion to what there is, by a decision of the county; each is rounded down to the cent.</summary>
    public async Task Reduce(string sheetId, (decimal Available, string Document) by, Deed deed, CancellationToken cancellationToken)
    {
        var sheet = await Locked(sheetId, cancellationToken);
        var subsidies = await _queries.Subsidies(sheetId, cancellationToken);
        var total = subsidies.Sum(subsidy => subsidy.Amount);
        var ratio = total == 0 ? 1 : Math.Min(1, Math.Max(0, by.Available) / total);
        foreach (var subsidy in subsidies)
            await context.Replace(subsidy with { Granted = decimal.Floor(subsidy.Amount * ratio * 100) / 100 }, cancellationToken);
        await context.Replace(sheet with { Reduction = by.Document }, cancellationToken);
        await Note(sheetId, "SubsidyReduced", new { by.Available, by.Document }, deed, cancellationToken);
    }

    /// <summary>Turns the money set aside into approved money, once.</summary>
    public async Task<FundResult> Commit(string sheetId, Deed deed, CancellationToken cancellationToken)
    {
        var sheet = await Locked(sheetId, cancellationToken);
        if (sheet.Status is SheetStatus.Committed or SheetStatus.Paid)
            return new FundResult.Posted([]);
        var parts = await new FundQueries(context).Parts(sheet.ReservationId!, cancellationToken);
        PartAmount[] shares = [.. parts.Where(part => ReservationBook.Remaining(part) > 0).Select(part => new PartAmount(part.Id, ReservationBook.Remaining(part)))];
        var committed = await new ReservationBook(context).Commit(shares, "subsidy:" + sheetId, deed, cancellationToken);
        if (committed is FundResult.Posted)
            await context.Replace(sheet with { Status = SheetStatus.Committed }, cancellationToken);
        return committed;
    }

    /// <summary>Records the payment: money spent and every helper paid, once.</summary>
    public async Task<FundResult> Pay(string sheetId, string voucher, Deed deed, CancellationToken cancellationToken)
    {
        var sheet = await Locked(sheetId, cancellationToken);
        if (sheet.Status == SheetStatus.Paid)
            return new FundResult.Posted([]);
        var parts = await new FundQueries(context).Parts(sheet.ReservationId!, cancellationToken);
        PartAmount[] shares = [.. parts.Where(part => part.Committed > part.Spent).Select(part => new PartAmount(part.Id, part.Committed - part.Spent))];
        if (shares.Sum(share => share.Amount) != (await _queries.Subsidies(sheetId, cancellationToken)).Sum(subsidy => subsidy.Granted))
            return new FundResult.RuleViolation("NotCommitted");
        var spent = await new ReservationBook(context).Spend(shares, "subsidy:" + sheetId, deed, cancellationToken);
        if (spent is not FundResult.Posted)
            return spent;
        foreach (var subsidy in await _queries.Subsidies(sheetId, cancellationToken))
            await context.Replace(subsidy with { Status = SubsidyStatus.Paid }, cancellationToken);
        await context.Replace(sheet with { Status = SheetStatus.Paid, Voucher = voucher, PaidAt = deed.At }, cancellationToken);
        await Note(sheetId, "SubsidyPaid", new { voucher }, deed, cancellationToken);
        return spent;
    }

    /// <summary>Changes the sheet itself.</summary>
    public async Task Change(string sheetId, Func<SubsidySheet, SubsidySheet> change, Deed deed, CancellationToken cancellationToken)
    {
        var changed = change(await Locked(sheetId, cancellationToken));
        await context.Replace(changed, cancellationToken);
        await Note(sheetId, "SubsidySheet" + changed.Status, new { changed.ReservationId, changed.Proof }, deed, cancellationToken);
    }

    private async Task<SubsidySheet> Locked(string sheetId, CancellationToken cancellationToken)
    {
        return await context.Locked<SubsidySheet>(sheetId).SingleAsync(cancellationToken);
    }

    private Task Note(string sheetId, string what, object detail, Deed deed, CancellationToken cancellationToken) =>
        context.Audit("subsidy:" + sheetId, new AuditDetail(what, detail), deed, cancellationToken);
}
