using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Audit;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.People;

namespace Relief.Flow.Activities.Archive;

/// <summary>One person, one number, one file (P09).</summary>
public sealed class ArchiveBook(ReliefDbContext context)
{
    /// <summary>The person's number, given now if there is none: AAAAAA-YYYY-NNNNNN, ascending in county and year, for life (INV-12).</summary>
    /// <remarks>Take it last in a unit of work: the series stays locked until the commit. A rolled-back burst may leave a gap, never a repeat.</remarks>
    public async Task<NumberResult> AssignNumber(string personId, string countyCode, Deed deed, CancellationToken cancellationToken)
    {
        await context.Lock<Person>(personId, cancellationToken);
        var known = await context.Set<FileNumber>().FirstOrDefaultAsync(row => row.PersonId == personId, cancellationToken);
        if (known is not null)
            return new NumberResult(known.Number, IsNew: false);
        var year = ChinaTime.DayOf(deed.At).Year;
        var sequence = await context.NextNumber($"service:{countyCode}:{year}", cancellationToken);
        var number = string.Create(CultureInfo.InvariantCulture, $"{countyCode}-{year}-{sequence:000000}");
        await context.Insert(new FileNumber
        {
            Number = number,
            PersonId = personId,
            CountyCode = countyCode,
            Year = year,
            Sequence = sequence,
            AssignedAt = deed.At
        }, cancellationToken);
        await context.Audit("person:" + personId, new AuditDetail("ServiceNumberAssigned", number), deed, cancellationToken);
        return new NumberResult(number, IsNew: true);
    }

    /// <summary>Opens the file of a case with a supplier, with the papers it must hold; an open one is returned.</summary>
    public async Task<ArchiveFile> Open(FileEntry entry, Deed deed, CancellationToken cancellationToken)
    {
        await context.Lock<Case>(entry.CaseId, cancellationToken);
        var known = await context.Set<ArchiveFile>().FirstOrDefaultAsync(row => row.CaseId == entry.CaseId && row.SupplierId == entry.SupplierId, cancellationToken);
        if (known is not null)
            return known;
        var parent = await context.Set<Case>().SingleAsync(row => row.Id == entry.CaseId, cancellationToken);
        var file = new ArchiveFile
        {
            Id = deed.NewId(),
            CountyCode = parent.CountyCode,
            CreatedAt = deed.At,
            CreatedBy = deed.By,
            CaseId = parent.Id,
            ServiceNo = entry.ServiceNumber,
            PersonId = parent.PersonId,
            SupplierId = entry.SupplierId,
            Status = ArchiveStatus.Open
        };
        await context.Insert(file, cancellationToken);
        ArchiveItem[] items = [.. entry.RequiredPapers.Distinct().Select((paper, index) =>
            new ArchiveItem { Id = $"{file.Id}-{index + 1}", FileId = file.Id, Kind = paper, Present = false })];
        await context.InsertAll(items, cancellationToken);
        await context.Audit(AuditTrail.Case(parent.Id), new AuditDetail("ArchiveOpened", entry), deed, cancellationToken);
        return file;
    }

    /// <summary>Files a paper, or signs why it is missing; then says how complete the file is.</summary>
    public async Task<Completeness> File(string fileId, FiledPaper paper, Deed deed, CancellationToken cancellationToken)
    {
        await context.Lock<ArchiveFile>(fileId, cancellationToken);
        var file = await context.Set<ArchiveFile>().SingleAsync(row => row.Id == fileId, cancellationToken);
        var items = await context.Set<ArchiveItem>().Where(row => row.FileId == fileId).ToListAsync(cancellationToken);
        var old = items.Find(row => row.Kind == paper.Kind);
        var item = new ArchiveItem
        {
            Id = old?.Id ?? $"{fileId}-{items.Count + 1}",
            FileId = fileId,
            Kind = paper.Kind,
            Present = paper.ExceptionReason is null,
            ExceptionReason = paper.ExceptionReason,
            SignedBy = paper.ExceptionReason is null ? null : deed.By,
            DocumentHash = paper.DocumentHash
        };
        await (old is null ? context.Insert(item, cancellationToken) : context.Replace(item, cancellationToken));
        items.RemoveAll(row => row.Kind == paper.Kind);
        items.Add(item);

        var missing = items.Where(row => !row.Present && row.ExceptionReason is null).Select(row => row.Kind).Order(StringComparer.Ordinal).ToList();
        var status = missing.Count > 0 ? ArchiveStatus.Open : items.TrueForAll(row => row.Present) ? ArchiveStatus.Complete : ArchiveStatus.Exception;
        if (status != file.Status && file.Status != ArchiveStatus.Archived)
            await context.Replace(file with { Status = status, SealedAt = status == ArchiveStatus.Open ? null : deed.At }, cancellationToken);
        await context.Audit(AuditTrail.Case(file.CaseId), new AuditDetail("PaperFiled", paper), deed, cancellationToken);
        return new Completeness(status, missing);
    }
}
