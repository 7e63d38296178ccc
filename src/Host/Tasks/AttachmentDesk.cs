using System.Security.Cryptography;
using Microsoft.AspNetCore.Http.HttpResults;
using Relief.Flow.Activities.Attachments;
using Relief.Flow.Host.Answers;
using Relief.Flow.Host.Relief;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Host.Tasks;

/// <summary>Photos and scans at a task, for the API and for the inbox: whoever sees the task sees them, whoever holds it attaches them.</summary>
internal sealed class AttachmentDesk(TaskQueries tasks, ReliefRecords records)
{
    /// <summary>What stands at a task; null when whoever asks sees no such task.</summary>
    public async Task<IReadOnlyList<TaskAttachment>?> Of(Guid taskId, CancellationToken cancellationToken)
    {
        if (await tasks.Find(taskId, cancellationToken) is null)
            return null;

        await using var db = records.ReadingAll();
        return await new AttachmentBook(db, records.Key).Of(taskId.ToString(), cancellationToken);
    }

    /// <summary>The attachment with its content; null when it does not stand there.</summary>
    public async Task<(TaskAttachment Attachment, byte[] Content)?> Open(Guid taskId, string id, CancellationToken cancellationToken)
    {
        await using var db = records.ReadingAll();
        var book = new AttachmentBook(db, records.Key);
        return await tasks.Find(taskId, cancellationToken) is not null && await book.Find(taskId.ToString(), id, cancellationToken) is { } standing
            ? (standing, await book.Content(standing.Hash, cancellationToken))
            : null;
    }

    /// <summary>What was attached, now or before, or why not.</summary>
    public async Task<(TaskAttachment? Attachment, ProblemHttpResult? Refused)> Add(Guid taskId, string? name, byte[] content, string by, CancellationToken cancellationToken)
    {
        var kind = FileKind.Of(content);
        var fields = new Fields().Check("name", name?.Trim().Length is > 0 and <= 200, "What it is called, 1 to 200 characters.")
            .Check("content", kind is not null, "A photo (JPEG, PNG, WebP) or a PDF.");
        if (fields.RefusedAs("attachment.invalid") is { } wrong)
            return (null, wrong);
        if (await Held(taskId, by, cancellationToken) is { } refused)
            return (null, refused);

        var deed = await records.DeedOf(by, cancellationToken);
        var wanted = new TaskAttachment
        {
            Id = deed.NewId(), TaskId = taskId.ToString(), Hash = Convert.ToHexStringLower(SHA256.HashData(content)), Name = name!.Trim(), MediaType = kind!, Size = content.Length, CreatedAt = deed.At, CreatedBy = by
        };
        return await records.Change(db => new AttachmentBook(db, records.Key).Add(wanted, content, deed, cancellationToken), cancellationToken) is { } attached
            ? (attached, null)
            : (null, Refusal.Of(409, "attachment.tooMany", $"A task carries at most {AttachmentBook.Most} files."));
    }

    /// <summary>Null when it was taken off, else why not.</summary>
    public async Task<ProblemHttpResult?> Remove(Guid taskId, string id, string by, CancellationToken cancellationToken)
    {
        if (await Held(taskId, by, cancellationToken) is { } refused)
            return refused;

        await using var db = records.ReadingAll();
        if (await new AttachmentBook(db, records.Key).Find(taskId.ToString(), id, cancellationToken) is not { } standing)
            return NotThere();
        if (standing.CreatedBy != by)
            return Refusal.Of(403, "attachment.notYours", "Whoever attached a file takes it off.");

        var deed = await records.DeedOf(by, cancellationToken);
        return await records.Change(changing => new AttachmentBook(changing, records.Key).Remove(standing, deed, cancellationToken), cancellationToken) ? null : NotThere();
    }

    public static ProblemHttpResult NotThere() => Refusal.Of(404, "attachment.notFound", "No such file stands at this task.");

    private async Task<ProblemHttpResult?> Held(Guid taskId, string by, CancellationToken cancellationToken) => await tasks.Find(taskId, cancellationToken) is { } task
        ? TasksApi.NotHeld(task.Summary, by, "Who has taken the task attaches files and takes them off.")
        : TasksApi.NotFound();
}
