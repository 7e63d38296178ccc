using System.IO.Compression;
using System.Security.Claims;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Mvc;
using Relief.Flow.Host.Access;
using Relief.Flow.Host.Answers;
using Relief.Flow.Workflows.Definitions;
using Relief.Flow.Workflows.Runtime;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Host.Designer;

/// <summary>Many definitions at once. Each is done for itself: one that is refused does not hold up the others, and is named in the answer.</summary>
internal static class DrawnBulk
{
    public static void Map(RouteGroupBuilder elsa)
    {
        var bulk = elsa.MapGroup("/bulk-actions").RequireAuthorization(Policies.Design);
        bulk.MapPost("/publish/workflow-definitions/by-definition-ids", Publish);
        bulk.MapPost("/retract/workflow-definitions/by-definition-ids", Retract);
        bulk.MapPost("/delete/workflow-definitions/by-definition-id", Delete);
        bulk.MapPost("/delete/workflow-definitions/by-id", DeleteVersions);
        elsa.MapPost("/bulk-actions/export/workflow-definitions", Export);
        elsa.MapPost("/workflow-definitions/import-files", ImportFiles).RequireAuthorization(Policies.Design).DisableAntiforgery();
    }

    private static async Task<IResult> Publish(DrawnDesk desk, ClaimsPrincipal user, ManyDefinitions body, CancellationToken cancellationToken)
    {
        List<string> published = [], before = [], missing = [], refused = [], moved = [];
        foreach (var id in body.DefinitionIds ?? [])
        {
            var latest = await desk.Queries.Find(id, VersionChoice.Latest, cancellationToken);
            if (latest is null)
                missing.Add(id);
            else if (latest.IsPublished)
                before.Add(id);
            else if (await desk.Library.Publish(id, user.By(), cancellationToken) is { Stored: not null } done)
            {
                published.Add(id);
                moved.AddRange(done.Consumers.Select(consumer => consumer.DefinitionId));
            }
            else
                refused.Add(id);
        }

        return Results.Ok(new { published, alreadyPublished = before, notFound = missing, skipped = refused, updatedConsumers = moved });
    }

    private static async Task<IResult> Retract(DrawnDesk desk, ManyDefinitions body, CancellationToken cancellationToken)
    {
        List<string> retracted = [], before = [], missing = [];
        foreach (var id in body.DefinitionIds ?? [])
        {
            if (await desk.Queries.Find(id, VersionChoice.Latest, cancellationToken) is null)
                missing.Add(id);
            else
                (await desk.Library.Retract(id, cancellationToken) ? retracted : before).Add(id);
        }

        return Results.Ok(new { retracted, alreadyRetracted = before, notFound = missing });
    }

    private static async Task<IResult> Delete(DrawnDesk desk, ManyDefinitions body, CancellationToken cancellationToken) =>
        Results.Ok(new { deleted = await Count(body.DefinitionIds, desk.Library.Delete, cancellationToken) });

    private static async Task<IResult> DeleteVersions(DrawnDesk desk, ManyVersions body, CancellationToken cancellationToken) =>
        Results.Ok(new { deleted = await Count(body.Ids, desk.Library.DeleteVersion, cancellationToken) });

    private static async Task<int> Count(IReadOnlyList<string>? ids, Func<string, CancellationToken, Task<bool>> delete, CancellationToken cancellationToken)
    {
        var done = 0;
        foreach (var id in ids ?? [])
            done += await delete(id, cancellationToken) ? 1 : 0;
        return done;
    }

    /// <summary>The versions, and with <c>includeConsumingWorkflows</c> the definitions in which they are drawn.</summary>
    private static async Task<IResult> Export(DrawnDesk desk, ManyVersions body, CancellationToken cancellationToken)
    {
        List<StoredDefinition> found = [];
        foreach (var id in (body.Ids ?? []).Distinct(StringComparer.Ordinal))
        {
            if (await desk.Queries.FindVersion(id, cancellationToken) is { } stored)
                found.AddRange(body.IncludeConsumingWorkflows ? await desk.Library.Consumers.With(stored, cancellationToken) : [stored]);
        }

        return await Packed(found.DistinctBy(stored => stored.VersionId), cancellationToken);
    }

    /// <summary>A zip with one file for each version, named by definition and number.</summary>
    internal static Task<IResult> Packed(IEnumerable<StoredDefinition> versions, CancellationToken cancellationToken) =>
        PackedFiles.Of("workflow-definitions.zip", versions.Select(stored => ($"{FileName(stored)}.json", DrawnShape.Exported(stored))).ToAsyncEnumerable(), cancellationToken);

    /// <summary>JSON files and zips of them. The answer names each file that was refused, with the reasons and their places.</summary>
    private static async Task<IResult> ImportFiles(DrawnDesk desk, ClaimsPrincipal user, IFormFileCollection files, CancellationToken cancellationToken)
    {
        List<string> imported = [];
        Dictionary<string, string[]> errors = [];
        foreach (var file in files)
        {
            await using var content = file.OpenReadStream();
            foreach (var (name, json) in await Unpacked(file.FileName, content, cancellationToken))
            {
                var result = await desk.Library.Import(json, new ImportWish(false, user.By()) { AsInFile = true }, cancellationToken);
                if (result.Stored is { } stored)
                    imported.Add(stored.DefinitionId);
                else
                    errors[name] = [.. result.Problems.Where(problem => !problem.IsWarning).Select(problem => $"{problem.Field ?? problem.ActivityId}: {problem.Message}")];
            }
        }

        return errors.Count == 0 ? Results.Ok(new { count = imported.Count, imported }) : Results.Json(new { count = imported.Count, imported, errors }, statusCode: 400, contentType: "application/problem+json");
    }

    private static async Task<List<(string Name, byte[] Json)>> Unpacked(string name, Stream content, CancellationToken cancellationToken)
    {
        List<(string, byte[])> found = [];
        if (!name.EndsWith(".zip", StringComparison.OrdinalIgnoreCase))
        {
            found.Add((name, await Read(content, cancellationToken)));
            return found;
        }

        await using var zip = new ZipArchive(content, ZipArchiveMode.Read);
        foreach (var entry in zip.Entries.Where(entry => entry.Name.EndsWith(".json", StringComparison.OrdinalIgnoreCase)).Take(1000))
        {
            await using var opened = await entry.OpenAsync(cancellationToken);
            found.Add((entry.FullName, await Read(opened, cancellationToken)));
        }

        return found;
    }

    // One byte more than a definition may have, whatever the zip says of itself: the reader then refuses it.
    private static async Task<byte[]> Read(Stream stream, CancellationToken cancellationToken)
    {
        var buffer = new byte[DefinitionReader.MaxBytes + 1];
        var read = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        return buffer[..read];
    }

    private static string FileName(StoredDefinition stored) =>
        string.Concat($"{stored.DefinitionId}-v{stored.Version}".Select(letter => char.IsLetterOrDigit(letter) || letter is '.' or '-' or '_' ? letter : '_'));
}

public sealed record ManyDefinitions(IReadOnlyList<string>? DefinitionIds);

public sealed record ManyVersions(IReadOnlyList<string>? Ids, bool IncludeConsumingWorkflows = false);
