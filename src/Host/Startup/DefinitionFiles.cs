using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Relief.Flow.Workflows.Runtime;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Host.Startup;

/// <summary>Imports and publishes the definition files that this installation has not seen yet.</summary>
/// <remarks>A file is known by its hash: what was drawn over it since then in the designer is left alone.</remarks>
internal sealed class DefinitionFiles(
    DefinitionLibrary library, DefinitionQueries queries, IOptions<ReliefOptions> options, IHostEnvironment environment, ILogger<DefinitionFiles> logger)
{
    public async Task Load(CancellationToken cancellationToken)
    {
        var folder = Path.Combine(environment.ContentRootPath, options.Value.DefinitionsPath);
        var (imported, unchanged, refused) = (0, 0, 0);
        string[] found = Directory.Exists(folder) ? Directory.GetFiles(folder, "*.json") : [];
        (string Name, byte[] Json, byte[] Hash)[] files =
        [
            .. from name in found.Order(StringComparer.Ordinal) let json = File.ReadAllBytes(name) select (name, json, SHA256.HashData(json))
        ];
        var known = await queries.Known([.. files.Select(file => file.Hash)], cancellationToken);
        foreach (var file in files)
        {
            if (known.Contains(Convert.ToHexStringLower(file.Hash)))
                unchanged++;
            else if (await Import(file.Name, file.Json, cancellationToken))
                imported++;
            else
                refused++;
        }

        Log.DefinitionsLoaded(logger, imported, unchanged, refused);
    }

    private async Task<bool> Import(string file, byte[] json, CancellationToken cancellationToken)
    {
        var result = await library.Import(json, publish: true, "file:" + Path.GetFileName(file), cancellationToken);
        if (result.Stored is { } stored)
        {
            Log.DefinitionImported(logger, stored.DefinitionId, stored.Version);
            return true;
        }

        foreach (var problem in result.Problems.Where(problem => !problem.IsWarning))
            Log.DefinitionRefused(logger, Path.GetFileName(file), $"{problem.Code} {problem.Field ?? problem.ActivityId}: {problem.Message}");
        return false;
    }
}
