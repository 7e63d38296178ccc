using System.IO.Compression;

namespace Relief.Flow.Host.Answers;

/// <summary>Several files as one: a zip.</summary>
internal static class PackedFiles
{
    /// <summary>The zip, under a name, with its files in their order.</summary>
    public static async Task<IResult> Of(string name, IAsyncEnumerable<(string Name, byte[] Content)> files, CancellationToken cancellationToken)
    {
        var packed = new MemoryStream();
        await using (var zip = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
        {
            await foreach (var file in files.WithCancellation(cancellationToken))
            {
                await using var entry = await zip.CreateEntry(file.Name).OpenAsync(cancellationToken);
                await entry.WriteAsync(file.Content, cancellationToken);
            }
        }

        return Results.Bytes(packed.ToArray(), "application/zip", name);
    }
}
