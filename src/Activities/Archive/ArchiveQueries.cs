using Microsoft.EntityFrameworkCore;

namespace Relief.Flow.Activities.Archive;

/// <summary>Reads numbers and files.</summary>
public sealed class ArchiveQueries(ReliefDbContext context)
{
    /// <summary>A keeper's files, by ascending service number (INV-12).</summary>
    public async Task<IReadOnlyList<ArchiveFile>> Index(string supplierId, CancellationToken cancellationToken) =>
        await context.Set<ArchiveFile>().Where(row => row.SupplierId == supplierId).OrderBy(row => row.ServiceNo).ToListAsync(cancellationToken);

    /// <summary>The files after one of them, by ascending service number (INV-12).</summary>
    public async Task<IReadOnlyList<ArchiveFile>> From((string ServiceNo, string Id) after, int take, CancellationToken cancellationToken) =>
        await context.Set<ArchiveFile>().Where(row => row.ServiceNo.CompareTo(after.ServiceNo) > 0 || row.ServiceNo == after.ServiceNo && row.Id.CompareTo(after.Id) > 0).OrderBy(row => row.ServiceNo).ThenBy(row => row.Id).Take(take).ToListAsync(cancellationToken);

    /// <summary>The file that a keeper has of a case.</summary>
    public Task<ArchiveFile> OfCase(string caseId, string keeper, CancellationToken cancellationToken) =>
        context.Set<ArchiveFile>().SingleAsync(row => row.CaseId == caseId && row.SupplierId == keeper, cancellationToken);

    /// <summary>A file, or none.</summary>
    public Task<ArchiveFile?> Find(string fileId, CancellationToken cancellationToken) => context.Set<ArchiveFile>().FirstOrDefaultAsync(row => row.Id == fileId, cancellationToken);

    /// <summary>The files of a household folder, by ascending service number (CZ-046, INV-12).</summary>
    public async Task<IReadOnlyList<ArchiveFile>> Folder(string folderNumber, CancellationToken cancellationToken) =>
        await context.Set<ArchiveFile>().Where(row => row.FolderNumber == folderNumber || row.FolderNumber == null && row.ServiceNo == folderNumber)
            .OrderBy(row => row.ServiceNo).ThenBy(row => row.Id).ToListAsync(cancellationToken);

    /// <summary>A file's papers, by kind.</summary>
    public async Task<IReadOnlyList<ArchiveItem>> Papers(string fileId, CancellationToken cancellationToken) =>
        await context.Set<ArchiveItem>().Where(row => row.FileId == fileId).OrderBy(row => row.Kind).ToListAsync(cancellationToken);

    /// <summary>The papers of a file that are neither there nor excused, by kind.</summary>
    public async Task<IReadOnlyList<string>> Missing(string fileId, CancellationToken cancellationToken) =>
        [.. (await Papers(fileId, cancellationToken)).Where(row => row is { Present: false, ExceptionReason: null }).Select(row => row.Kind)];

    /// <summary>A person's service number, or none.</summary>
    public Task<string?> NumberOf(string personId, CancellationToken cancellationToken) =>
        context.Set<FileNumber>().Where(row => row.PersonId == personId).Select(row => row.Number).FirstOrDefaultAsync(cancellationToken);
}
