using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Archive;
using Relief.Flow.Activities.Areas;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Catalogue;
using Relief.Flow.Activities.InKind;
using Relief.Flow.Activities.Linkage;
using Relief.Flow.Activities.Neighbours;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.Pairs;
using Relief.Flow.Activities.Parameters;
using Relief.Flow.Activities.People;
using Relief.Flow.Activities.RedVest;
using Relief.Flow.Activities.Suppliers;
using Relief.Flow.Activities.Visits;

namespace Relief.Flow.Activities.Filing;

/// <summary>Makes the covers of files from the records.</summary>
/// <remarks>Its keeper may see the cover whole: ask first whether the file is theirs to see, and then over all records.</remarks>
public sealed class FileCovers(ReliefDbContext context)
{
    private const int GrownUp = 28;   // P09: a minor's file is kept until the 28th birthday

    /// <summary>The cover of a file, or none.</summary>
    public async Task<FileCover?> Of(string fileId, CancellationToken cancellationToken)
    {
        if (await new ArchiveQueries(context).Find(fileId, cancellationToken) is not { } file)
            return null;
        var parent = await context.Set<Case>().SingleAsync(row => row.Id == file.CaseId, cancellationToken);
        var person = await context.Set<Person>().SingleAsync(row => row.Id == file.PersonId, cancellationToken);
        var areas = new AreaQueries(context);
        return new FileCover
        {
            File = file,
            Papers = [.. (await new ArchiveQueries(context).Papers(fileId, cancellationToken)).OrderBy(paper => paper.Id.Length).ThenBy(paper => paper.Id, StringComparer.Ordinal)],
            Services = await Services(file, cancellationToken),
            PersonName = person.Name,
            Sex = person.Sex,
            BirthYear = person.BirthDate.Year,
            Category = parent.Category,
            CaseNumber = parent.Number,
            Place = string.Concat((await areas.ChainOf(parent.AreaCode, cancellationToken)).Where(area => area.Level != AreaLevel.City).OrderBy(area => area.Level).Select(area => area.Name)),
            KeeperName = (await new SupplierQueries(context).Find(file.SupplierId, cancellationToken))?.Name ?? (await areas.Names([file.SupplierId], cancellationToken)).GetValueOrDefault(file.SupplierId, file.SupplierId),
            KeptUntil = parent.ClosedAt is { } closed ? await KeptUntil(parent, person, ChinaTime.DayOf(closed), cancellationToken) : null
        };
    }

    private async Task<DateOnly> KeptUntil(Case parent, Person person, DateOnly closed, CancellationToken cancellationToken)
    {
        var years = await new ParameterQueries(context).Whole("archive.retention", parent.AreaCode, closed, cancellationToken);
        var (byYears, grownUp) = (closed.AddYears(years), person.BirthDate.AddYears(GrownUp));
        return person.BirthDate.AddYears(18) > closed && grownUp > byYears ? grownUp : byYears;
    }

    // What the file's keeper delivered or saw delivered; of the sessions of a team the task alone, their notes are confidential.
    private async Task<IReadOnlyList<ReceivedHelp>> Services(ArchiveFile file, CancellationToken cancellationToken)
    {
        var orders = await context.Set<Order>().Where(row => row.CaseId == file.CaseId).ToDictionaryAsync(row => row.Id, row => row.Pathway, cancellationToken);
        string[] ids = [.. orders.Keys];
        List<ReceivedHelp> all = [];
        void Add(string orderId, DateOnly on, string what, decimal? quantity, string recordId) => all.Add(new ReceivedHelp(orders[orderId], on, what, quantity, recordId));

        foreach (var row in await (from record in context.Set<VisitRecord>()
                                   join item in context.Set<CatalogueItem>() on record.ItemCode equals item.Code
                                   where ids.Contains(record.OrderId) && record.SupplierId == file.SupplierId && (record.Status == RecordStatus.Accepted || record.Status == RecordStatus.Settled)
                                   select new { record, item.Name }).ToListAsync(cancellationToken))
            Add(row.record.OrderId, row.record.ServiceDate, row.Name, row.record.Quantity, row.record.Id);
        if (await new SupplierQueries(context).Find(file.SupplierId, cancellationToken) is not null)
            return InOrder(all);

        foreach (var row in await context.Set<Attendance>().Where(row => ids.Contains(row.OrderId) && row.Attended).ToListAsync(cancellationToken))
            Add(row.OrderId, row.HeldOn, "参加活动", null, row.Id);
        foreach (var row in await (from contact in context.Set<PairContact>()
                                   join pair in context.Set<Pair>() on contact.PairId equals pair.Id
                                   where ids.Contains(pair.OrderId)
                                   select new { contact, pair.OrderId }).ToListAsync(cancellationToken))
            Add(row.OrderId, row.contact.ContactedOn, row.contact.Kind, null, row.contact.Id);
        foreach (var row in await context.Set<HelpSession>().Where(row => ids.Contains(row.OrderId)).ToListAsync(cancellationToken))
            Add(row.OrderId, row.HeldOn, row.Task, row.Hours, row.Id);
        foreach (var row in await (from log in context.Set<NeighbourLog>()
                                   join pair in context.Set<Pair>() on log.PairId equals pair.Id
                                   where ids.Contains(pair.OrderId) && log.Status == LogStatus.Confirmed
                                   select new { log, pair.OrderId }).ToListAsync(cancellationToken))
            Add(row.OrderId, row.log.ServiceDate, row.log.Content, null, row.log.Id);
        foreach (var row in await context.Set<InKindEntry>().Where(row => ids.Contains(row.OrderId)).ToListAsync(cancellationToken))
            Add(row.OrderId, row.GivenOn, row.Goods, row.Quantity, row.Id);
        return InOrder(all);
    }

    private static IReadOnlyList<ReceivedHelp> InOrder(IEnumerable<ReceivedHelp> services) =>
        [.. services.OrderBy(service => service.On).ThenBy(service => service.RecordId, StringComparer.Ordinal)];
}
