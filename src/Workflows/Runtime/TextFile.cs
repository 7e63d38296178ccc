using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json;

namespace Relief.Flow.Workflows.Runtime;

/// <summary>The texts that an assembly carries in one language: its embedded <c>Texts/activities.&lt;language&gt;.json</c>, sorted by key; empty when it carries none.</summary>
internal static class TextFile
{
    private static readonly ConcurrentDictionary<(Assembly, string), FrozenDictionary<string, string>> Read = [];

    public static FrozenDictionary<string, string> Of(Assembly assembly, string language) => Read.GetOrAdd((assembly, language), Load);

    private static FrozenDictionary<string, string> Load((Assembly Assembly, string Language) wanted)
    {
        using var file = wanted.Assembly.GetManifestResourceStream($"activities.{wanted.Language}.json");
        return file is null
            ? FrozenDictionary<string, string>.Empty
            : JsonSerializer.Deserialize<Dictionary<string, string>>(file)!.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
