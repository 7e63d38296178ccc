using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Areas;
using Relief.Flow.Activities.People;
using Relief.Flow.Activities.Settlement;

namespace Relief.Flow.Activities.Neighbours;

/// <summary>Makes the neighbours' yearly sheets and the payment file of a township's year.</summary>
/// <remarks>A helper may see their own sheet whole, with the names of those they help: ask first whether the subsidy is theirs to see, and then over all records.</remarks>
public sealed class YearSheets(ReliefDbContext context)
{
    /// <summary>A helper's sheet of a year, or none before it is reckoned.</summary>
    public async Task<YearSheet?> Of(string helperId, int year, CancellationToken cancellationToken)
    {
        if (await new NeighbourQueries(context).Line(helperId, year, cancellationToken) is not { } line)
            return null;
        var helper = await context.Set<NeighbourVolunteer>().SingleAsync(row => row.Id == helperId, cancellationToken);
        string[] people = [.. line.Logs.Select(log => log.PersonId).Distinct()];
        var names = await context.Set<Person>().Where(row => people.Contains(row.Id)).ToDictionaryAsync(row => row.Id, row => row.Name, cancellationToken);
        return new YearSheet
        {
            HelperName = helper.Name,
            VillageName = (await new AreaQueries(context).Names([helper.AreaCode], cancellationToken)).GetValueOrDefault(helper.AreaCode, helper.AreaCode),
            Subsidy = line.Subsidy,
            Sheet = await context.Set<SubsidySheet>().SingleAsync(row => row.Id == line.Subsidy.SheetId, cancellationToken),
            Days = [.. line.Logs.Select(log => new HelpedDay(log.Id, log.ServiceDate, names[log.PersonId], log.Content, log.ConfirmedHow))]
        };
    }

    /// <summary>The subsidies of a year as far as this context shows them, by id.</summary>
    public async Task<IReadOnlyList<Subsidy>> OfYear(int year, string after, int take, CancellationToken cancellationToken) =>
        await context.Set<Subsidy>().Where(row => row.Year == year && row.Id.CompareTo(after) > 0).OrderBy(row => row.Id).Take(take).ToListAsync(cancellationToken);

    /// <summary>The townships' sheets of a year as far as this context shows them, by id.</summary>
    public async Task<IReadOnlyList<SubsidySheet>> Townships(int year, CancellationToken cancellationToken) =>
        await context.Set<SubsidySheet>().Where(row => row.Year == year).OrderBy(row => row.Id).ToListAsync(cancellationToken);

    /// <summary>The helpers of these ids, with their villages' codes, names and accounts.</summary>
    public async Task<IReadOnlyDictionary<string, NeighbourVolunteer>> Helpers(IReadOnlyList<string> ids, CancellationToken cancellationToken) =>
        await context.Set<NeighbourVolunteer>().Where(row => ids.Contains(row.Id)).ToDictionaryAsync(row => row.Id, cancellationToken);

    /// <summary>Whether anything of a helper is to be seen: the helper, their subsidy, or a visit of theirs.</summary>
    public async Task<bool> Holds(string helperId, CancellationToken cancellationToken) =>
        await context.Holds<NeighbourVolunteer>(helperId, cancellationToken)
        || await context.Set<Subsidy>().AnyAsync(row => row.HelperId == helperId, cancellationToken) || await context.Set<NeighbourLog>().AnyAsync(row => row.HelperId == helperId, cancellationToken);

    /// <summary>The payment file of a sheet whose money is committed, for somebody who did not review it. Its total is the sum that is granted.</summary>
    public async Task<PaymentFileResult> PaymentFile(string sheetId, string by, CancellationToken cancellationToken)
    {
        if (await context.Locked<SubsidySheet>(sheetId).SingleOrDefaultAsync(cancellationToken) is not { } sheet)
            return new PaymentFileResult.Unknown();
        if (sheet.Status != SheetStatus.Committed)
            return new PaymentFileResult.Refused("NotApproved", sheet.Status.ToString());
        if (by == sheet.Reviewer)
            return new PaymentFileResult.Refused("SamePerson");
        var rows = await (from subsidy in context.Set<Subsidy>()
                          join helper in context.Set<NeighbourVolunteer>() on subsidy.HelperId equals helper.Id
                          where subsidy.SheetId == sheetId
                          orderby subsidy.HelperId
                          select new { subsidy.Granted, helper.Name, helper.BankAccount }).ToListAsync(cancellationToken);
        if (rows.Sum(row => row.Granted) <= 0)
            return new PaymentFileResult.Refused("NothingToPay");
        if (rows.Exists(row => row.Granted > 0 && string.IsNullOrWhiteSpace(row.BankAccount)))
            return new PaymentFileResult.Refused("NoAccount");
        return new PaymentFileResult.Made(new PaymentFile("pay:" + sheetId, "subsidy:" + sheetId,
            [.. rows.Where(row => row.Granted > 0).Select(row => new PaymentLine(row.Name, row.BankAccount, row.Granted, $"{sheet.Year}年度邻里互助补贴", "F3"))]));
    }
}
