using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using Relief.Flow.Activities.Attachments;
using Relief.Flow.Host.Access;
using Relief.Flow.Host.Answers;

namespace Relief.Flow.Host.Tasks;

/// <summary>Photos and scans at a task.</summary>
internal static class AttachmentsApi
{
    public static void Map(RouteGroupBuilder tasks)
    {
        var most = LimitOf(tasks);
        tasks.MapGet("/{id:guid}/attachments", List).WithSummary("The files at a task, the oldest first").Refuses(404);
        tasks.MapGet("/{id:guid}/attachments/{attachment}", Open).RequireAuthorization(Policies.Work).WithSummary("One file, as it was handed in").Produces<byte[]>(contentType: "application/octet-stream").Refuses(404);
        tasks.MapPost("/{id:guid}/attachments", Add).WithMetadata(new RequestSizeLimitAttribute(most)).RequireAuthorization(Policies.Work)
            .WithSummary("Attach a photo or PDF, the body as it is; the same content again is the first one").Accepts<byte[]>("*/*")
            .WithMetadata(Repeatable.Never).Refuses(403, 404, 409, 413, 422);
        tasks.MapDelete("/{id:guid}/attachments/{attachment}", Remove).RequireAuthorization(Policies.Work).WithSummary("Take a file off that one attached oneself").WithMetadata(Repeatable.Kept).Refuses(403, 404, 409);
    }

    /// <summary>The largest file in bytes, as this installation sets it.</summary>
    public static long LimitOf(IEndpointRouteBuilder routes) => routes.ServiceProvider.GetRequiredService<IOptions<ReliefOptions>>().Value.MaxAttachmentBytes;

    /// <summary>A file for a browser, which must not take it for anything else than it is.</summary>
    public static IResult File(HttpContext context, (TaskAttachment Attachment, byte[] Content) found)
    {
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        context.Response.Headers.CacheControl = "no-store";
        var isPicture = found.Attachment.MediaType.StartsWith("image/", StringComparison.Ordinal);
        return Results.Bytes(found.Content, found.Attachment.MediaType, isPicture ? null : found.Attachment.Name);
    }

    private static async Task<Results<Ok<TaskFiles>, ProblemHttpResult>> List(AttachmentDesk desk, Guid id, CancellationToken cancellationToken) =>
        await desk.Of(id, cancellationToken) is { } found ? TypedResults.Ok(new TaskFiles([.. found.Select(TaskFile.Of)])) : TasksApi.NotFound();

    private static async Task<IResult> Open(AttachmentDesk desk, HttpContext context, Guid id, string attachment) =>
        await desk.Open(id, attachment, context.RequestAborted) is { } found ? File(context, found) : AttachmentDesk.NotThere();

    private static async Task<Results<Ok<TaskFile>, ProblemHttpResult>> Add(AttachmentDesk desk, HttpContext context, Guid id, string? name)
    {
        var content = await RawBody.Read(context.Request, context.RequestAborted);
        var (attached, refused) = await desk.Add(id, name, content.ToArray(), context.User.By(), context.RequestAborted);
        return attached is not null ? TypedResults.Ok(TaskFile.Of(attached)) : refused!;
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Remove(AttachmentDesk desk, Guid id, string attachment, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        await desk.Remove(id, attachment, user.By(), cancellationToken) is { } refused ? refused : TypedResults.NoContent();
}

/// <summary>The files at a task.</summary>
public sealed record TaskFiles(IReadOnlyList<TaskFile> Items);

/// <summary>A file at a task.</summary>
/// <param name="Size">Bytes.</param>
/// <param name="DocumentHash">By which a paper or proof names it: <c>sha256:…</c>.</param>
public sealed record TaskFile(string Id, string Name, string MediaType, int Size, string DocumentHash, string By, DateTimeOffset At)
{
    internal static TaskFile Of(TaskAttachment one) => new(one.Id, one.Name, one.MediaType, one.Size, "sha256:" + one.Hash, one.CreatedBy, one.CreatedAt);
}
