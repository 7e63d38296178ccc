using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Audit;
using Relief.Flow.Activities.People;

namespace Relief.Flow.Activities.Attachments;

/// <summary>Photos and scans at tasks: attached once by their content, taken off by whoever attached them, all of it in the audit trail.</summary>
public sealed class AttachmentBook(ReliefDbContext context, PersonalDataKey key)
{
    /// <summary>The most that one task carries.</summary>
    public const int Most = 20;

    /// <summary>What stands at a task, the oldest first.</summary>
    public async Task<IReadOnlyList<TaskAttachment>> Of(string taskId, CancellationToken cancellationToken) =>
        await context.Set<TaskAttachment>().Where(row => row.TaskId == taskId && row.RemovedAt == null).OrderBy(row => row.CreatedAt).ThenBy(row => row.Id).ToListAsync(cancellationToken);

    /// <summary>One that stands at a task; null when it does not.</summary>
    public Task<TaskAttachment?> Find(string taskId, string id, CancellationToken cancellationToken) =>
        context.Set<TaskAttachment>().FirstOrDefaultAsync(row => row.TaskId == taskId && row.Id == id && row.RemovedAt == null, cancellationToken);

    /// <summary>The content as it was handed in.</summary>
    public async Task<byte[]> Content(string hash, CancellationToken cancellationToken) =>
        key.Open((await context.Set<StoredFile>().SingleAsync(row => row.Id == hash, cancellationToken)).SealedContent);

    /// <summary>Attaches it; the same content again at the same task is the first one, whoever sends it. Null when the task carries <see cref="Most"/> already.</summary>
    public async Task<TaskAttachment?> Add(TaskAttachment wanted, byte[] content, Deed deed, CancellationToken cancellationToken)
    {
        await context.LockWord("attachments:" + wanted.TaskId, cancellationToken);
        var standing = await Of(wanted.TaskId, cancellationToken);
        if (standing.FirstOrDefault(one => one.Hash == wanted.Hash) is { } same)
            return same;
        if (standing.Count >= Most)
            return null;

        await context.LockWord("file:" + wanted.Hash, cancellationToken);
        if (!await context.Set<StoredFile>().AnyAsync(row => row.Id == wanted.Hash, cancellationToken))
        {
            await context.Insert(
                new StoredFile { Id = wanted.Hash, MediaType = wanted.MediaType, Size = content.Length, SealedContent = key.Seal(content), StoredAt = deed.At }, cancellationToken);
        }

        await context.Insert(wanted, cancellationToken);
        await context.Audit("task:" + wanted.TaskId, new AuditDetail("FileAttached", new { wanted.Id, wanted.Hash, wanted.MediaType, wanted.Size }), deed, cancellationToken);
        return wanted;
    }

    /// <summary>Takes it off; the content goes when nothing else shows it. False when it does not stand there.</summary>
    public async Task<bool> Remove(TaskAttachment standing, Deed deed, CancellationToken cancellationToken)
    {
        await context.LockWord("attachments:" + standing.TaskId, cancellationToken);
        await context.LockWord("file:" + standing.Hash, cancellationToken);
        if (await Find(standing.TaskId, standing.Id, cancellationToken) is null)
            return false;

        await context.Replace(standing with { RemovedAt = deed.At }, cancellationToken);
        if (!await context.Set<TaskAttachment>().AnyAsync(row => row.Hash == standing.Hash && row.RemovedAt == null && row.Id != standing.Id, cancellationToken))
            await context.Set<StoredFile>().Where(row => row.Id == standing.Hash).ExecuteDeleteAsync(cancellationToken);
        await context.Audit("task:" + standing.TaskId, new AuditDetail("FileRemoved", new { standing.Id, standing.Hash }), deed, cancellationToken);
        return true;
    }
}
