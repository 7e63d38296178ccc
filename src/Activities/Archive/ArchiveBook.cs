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

    /// <summary>Opens the file of a case with its keeper, with the papers it must hold; one that is there is returned, with what it did not have to hold before.</summary>
    public async Task<ArchiveFile> Open(FileEntry entry, Deed deed, CancellationToken cancellationToken)
    {
        await context.Lock<Case>(entry.CaseId, cancellationToken);
        var known = await context.Set<ArchiveFile>().FirstOrDefaultAsync(row => row.CaseId == entry.CaseId && row.SupplierId == entry.SupplierId, cancellationToken);
        if (known is not null)
            return await Widened(known, entry, deed, cancellationToken);
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
            FolderNumber = await FolderOf(parent.PersonId, cancellationToken) ?? entry.ServiceNumber,
            Status = ArchiveStatus.Open
        };
        await context.Insert(file, cancellationToken);
        await Require(file.Id, entry.RequiredPapers, 0, cancellationToken);
        await context.Audit(AuditTrail.Case(parent.Id), new AuditDetail("ArchiveOpened", entry), deed, cancellationToken);
        return file;
    }

    /// <summary>Files a paper, or signs why it is missing; then says how complete the file is. A sealed file stays as it is. A paper without its number, for which no reason is signed either, is still missing.</summary>
    public async Task<Completeness> File(string fileId, FiledPaper paper, Deed deed, CancellationToken cancellationToken)
    {
        var file = await context.Locked<ArchiveFile>(fileId).SingleAsync(cancellationToken);
        if (file.Status == ArchiveStatus.Archived)
            return new Completeness(ArchiveStatus.Archived, []);
        var items = await context.Set<ArchiveItem>().Where(row => row.FileId == fileId).ToListAsync(cancellationToken);
        var old = items.Find(row => row.Kind == paper.Kind);
        var item = new ArchiveItem
        {
            Id = old?.Id ?? $"{fileId}-{items.Count + 1}",
            FileId = fileId,
            Kind = paper.Kind,
            Present = paper.IsThere,
            ExceptionReason = paper.IsThere ? null : paper.ExceptionReason,
            SignedBy = paper.IsThere || paper.ExceptionReason is null ? null : deed.By,
            DocumentHash = paper.DocumentHash
        };
        await (old is null ? context.Insert(item, cancellationToken) : context.Replace(item, cancellationToken));
        items.RemoveAll(row => row.Kind == paper.Kind);
        items.Add(item);

        var missing = items.Where(row => !row.Present && row.ExceptionReason is null).Select(row => row.Kind).Order(StringComparer.Ordinal).ToList();
        var status = missing.Count > 0 ? ArchiveStatus.Open : items.TrueForAll(row => row.Present) ? ArchiveStatus.Complete : ArchiveStatus.Exception;
        if (status != file.Status)
            await context.Replace(file with { Status = status, SealedAt = status == ArchiveStatus.Open ? null : deed.At }, cancellationToken);
        await context.Audit(AuditTrail.Case(file.CaseId), new AuditDetail("PaperFiled", paper), deed, cancellationToken);
        return new Completeness(status, missing);
    }

    /// <summary>Puts a closed case's complete files away for good: from then on they are only read (P09 step 6). What is incomplete stays open.</summary>
    public async Task Seal(string caseId, Deed deed, CancellationToken cancellationToken)
    {
        var complete = await context.Set<ArchiveFile>().Where(row => row.CaseId == caseId && (row.Status == ArchiveStatus.Complete || row.Status == ArchiveStatus.Exception)).OrderBy(row => row.Id).ToListAsync(cancellationToken);
        foreach (var file in complete)
            await context.Replace(file with { Status = ArchiveStatus.Archived }, cancellationToken);
        if (complete.Count > 0)
            await context.Audit(AuditTrail.Case(caseId), new AuditDetail("ArchiveSealed", complete.Select(file => file.ServiceNo)), deed, cancellationToken);
    }

    // A case may come to the same keeper by a second pathway, which asks for more.
    private async Task<ArchiveFile> Widened(ArchiveFile file, FileEntry entry, Deed deed, CancellationToken cancellationToken)
    {
        var held = await context.Set<ArchiveItem>().Where(row => row.FileId == file.Id).Select(row => row.Kind).ToListAsync(cancellationToken);
        string[] more = [.. entry.RequiredPapers.Except(held)];
        if (more.Length == 0 || file.Status == ArchiveStatus.Archived)
            return file;
        await Require(file.Id, more, held.Count, cancellationToken);
        var open = file with { Status = ArchiveStatus.Open, SealedAt = null };
        await context.Replace(open, cancellationToken);
        await context.Audit(AuditTrail.Case(file.CaseId), new AuditDetail("ArchiveWidened", new { entry.SupplierId, more }), deed, cancellationToken);
        return open;
    }

    private Task Require(string fileId, IEnumerable<string> papers, int held, CancellationToken cancellationToken) =>
        context.InsertAll<ArchiveItem>([.. papers.Distinct().Select((paper, index) => new ArchiveItem { Id = $"{fileId}-{held + index + 1}", FileId = fileId, Kind = paper, Present = false })], cancellationToken);

    // Who lives alone, or whose household is not known, has a folder of their own.
    private Task<string?> FolderOf(string personId, CancellationToken cancellationToken) =>
        (from person in context.Set<Person>()
         join household in context.Set<Household>() on person.HouseholdId equals household.Id
         where person.Id == personId
         select household.FolderNumber).FirstOrDefaultAsync(cancellationToken);
}
