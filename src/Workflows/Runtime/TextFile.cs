using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json;

namespace Relief.Flow.Workflows.Runtime;

/// <summary>Texts that an assembly carries in one language: its embedded <c>&lt;name&gt;.&lt;language&gt;.json</c>, sorted by key; empty when it carries none.</summary>
public static class TextFile
{
    private static readonly ConcurrentDictionary<(Assembly, string), FrozenDictionary<string, string>> Read = [];

    /// <param name="language"><c>zh</c> or <c>en</c>.</param>
    /// <param name="name">The resource's name up to its language.</param>
    public static FrozenDictionary<string, string> Of(Assembly assembly, string language, string name = "activities") => Read.GetOrAdd((assembly, $"{name}.{language}.json"), Load);

    private static FrozenDictionary<string, string> Load((Assembly Assembly, string Resource) wanted)
    {
        using var file = wanted.Assembly.GetManifestResourceStream(wanted.Resource);
        return file is null
            ? FrozenDictionary<string, string>.Empty
            : JsonSerializer.Deserialize<Dictionary<string, string>>(file)!.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
