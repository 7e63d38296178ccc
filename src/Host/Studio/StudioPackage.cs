using System.Collections.Frozen;
using System.IO.Compression;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Net.Http.Headers;

namespace Relief.Flow.Host.Studio;

/// <summary>The designer's files as npm brought them, compressed as they lie: Brotli for who takes it, unpacked on the way for who does not.</summary>
/// <remarks>Files whose names carry a hash are kept by browsers for a year; the rest are asked for again by their tag.</remarks>
internal sealed class StudioPackage(IHostEnvironment environment)
{
    private readonly Lazy<FrozenDictionary<string, PackedFile>> _files = new(() => Index(Path.Combine(environment.ContentRootPath, "studio")));

    /// <summary>False when the build could not fetch the package.</summary>
    public bool IsHere => _files.Value.ContainsKey("_framework/blazor.webassembly.js");

    public IResult Serve(string path, HttpContext context)
    {
        if (!_files.Value.TryGetValue(path, out var file))
            return Results.NotFound();

        var headers = context.Response.Headers;
        headers.CacheControl = file.IsHashed ? "public, max-age=31536000, immutable" : "no-cache";
        headers.Vary = HeaderNames.AcceptEncoding;
        headers[HeaderNames.XContentTypeOptions] = "nosniff";
        var tag = new EntityTagHeaderValue(file.Tag);
        if (!file.IsBrotli)
            return Results.File(file.Path, file.Type, entityTag: tag);

        var opened = File.OpenRead(file.Path);
        if (!Accepts(context.Request))
            return Results.Stream(new BrotliStream(opened, CompressionMode.Decompress), file.Type, entityTag: tag);

        headers.ContentEncoding = "br";
        return Results.Stream(opened, file.Type, entityTag: tag);
    }

    private static bool Accepts(HttpRequest request) =>
        StringWithQualityHeaderValue.TryParseList(request.Headers.AcceptEncoding, out var encodings) && encodings.Any(encoding => encoding.Value == "br" && encoding.Quality != 0);

    private static FrozenDictionary<string, PackedFile> Index(string folder)
    {
        if (!Directory.Exists(folder))
            return FrozenDictionary<string, PackedFile>.Empty;

        var types = new FileExtensionContentTypeProvider();
        types.Mappings[".dat"] = types.Mappings[".pdb"] = types.Mappings[".blat"] = "application/octet-stream";
        return Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(path => Pack(folder, path, types)).ToFrozenDictionary(file => file.Name, file => file);
    }

    private static PackedFile Pack(string folder, string path, FileExtensionContentTypeProvider types)
    {
        var isBrotli = path.EndsWith(".br", StringComparison.Ordinal);
        var name = Path.GetRelativePath(folder, isBrotli ? path[..^3] : path).Replace('\\', '/');
        var about = new FileInfo(path);
        return new PackedFile(name, path, types.TryGetContentType(name, out var type) ? type : "application/octet-stream", isBrotli, $"\"{about.Length:x}-{about.LastWriteTimeUtc.Ticks:x}\"");
    }

    /// <param name="Name">The address below the designer's base.</param>
    private sealed record PackedFile(string Name, string Path, string Type, bool IsBrotli, string Tag)
    {
        // dotnet.native.1a2b3c4d5e.wasm: ten letters and digits before the extension.
        public bool IsHashed { get; } =
            Name.StartsWith("_framework/", StringComparison.Ordinal) && Name.Split('.') is [.., var hash, _] && hash.Length == 10 && hash.All(char.IsAsciiLetterOrDigit)
            || Name.EndsWith(".bundle.scp.css", StringComparison.Ordinal);
    }
}
