using System.Collections.Frozen;
using System.Text.Json;

namespace Relief.Flow.Host.Channels;

/// <summary>The mapping files: those that come with the program, and those in the folder of <c>Relief:Channels:Mappings</c>, which win. Read and looked through at the start.</summary>
internal sealed class ChannelMappings
{
    /// <summary>Every operation with the fields that its contract knows.</summary>
    public static readonly FrozenDictionary<string, string[]> Contract = new Dictionary<string, string[]>
    {
        ["applications"] =
        [
            "person.idNumber", "person.name", "person.sex", "person.birthDate", "person.areaCode", "person.phone", "applicantName", "onBehalf", "category", "itemCodes", "wording", "papers",
            "consentVersion", "triage.aloneNow", "triage.canMove", "triage.hasFoodAndMedicine", "triage.inDanger"
        ],
        ["supplements"] = ["papers", "withdrawn"],
        ["consents"] = ["purpose", "agreed", "reference"],
        ["status"] = ["language"],
        ["ratings"] = ["stars", "wording"],
        ["requests"] = ["areaCode", "wording"],
        ["surveys"] =
        [
            "caseNumber", "surveyorId", "signerIds", "signedAt", "signerDevices", "opinion", "failedIndicators", "recommendedItems", "familySigner", "familyRefusal", "place", "photos", "device", "deviceTime",
            "geo.latitude", "geo.longitude", "geo.accuracy", "answers"
        ],
        ["calls"] = ["type", "placeCode", "wording", "lifeRisk", "recording", "externalDue", "aboutUnitId", "aboutSupplierId", "caller", "lost"]
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly string[] Placeholders = ["{time}", "{nonce}", "{body}"];
    private readonly FrozenDictionary<string, ChannelMapping> _known;

    public ChannelMappings(IConfiguration configuration, IHostEnvironment environment)
    {
        var known = Shipped().ToDictionary(StringComparer.Ordinal);
        if (configuration["Relief:Channels:Mappings"] is { Length: > 0 } folder)
        {
            foreach (var file in Directory.EnumerateFiles(Path.GetFullPath(folder, environment.ContentRootPath), "*.json"))
                known[Path.GetFileNameWithoutExtension(file)] = Read(File.ReadAllText(file), file);
        }

        _known = known.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>The mapping files by name.</summary>
    public IReadOnlyDictionary<string, ChannelMapping> All => _known;

    /// <summary>A mapping by the name of its file; null for none.</summary>
    public ChannelMapping? Find(string name) => _known.GetValueOrDefault(name);

    /// <summary>A mapping as it is written.</summary>
    /// <exception cref="InvalidOperationException">It is none, or says something that the contract does not know.</exception>
    public static ChannelMapping Read(string text, string file)
    {
        ChannelMapping mapping;
        try
        {
            mapping = JsonSerializer.Deserialize<ChannelMapping>(text, JsonSerializerOptions.Web) ?? throw new InvalidOperationException($"The mapping {file} is empty.");
        }
        catch (JsonException broken)
        {
            throw new InvalidOperationException($"The mapping {file} cannot be read: {broken.Message}", broken);
        }

        return Problem(mapping) is { } problem ? throw new InvalidOperationException($"The mapping {file}: {problem}") : mapping;
    }

    private static string? Problem(ChannelMapping mapping)
    {
        if (mapping is not { Name.Length: > 0, Channel.Length: > 0 and <= 20, Number.Length: > 0, Signature: { Header.Length: > 0, Time.Length: > 0, Nonce.Length: > 0, Over: not null } scheme })
            return "name, channel (1 to 20 characters), number and signature are needed.";
        if (scheme.Encoding is not ("hex" or "base64") || scheme.TimeIn is not ("seconds" or "milliseconds"))
            return "signature.encoding is hex or base64, signature.timeIn is seconds or milliseconds.";
        if (Placeholders.FirstOrDefault(one => !scheme.Over.Contains(one, StringComparison.Ordinal)) is { } unsigned)
            return $"signature.over leaves out {unsigned}: what is not signed can be forged.";
        foreach (var (name, operation) in mapping.Operations)
        {
            if (!Contract.TryGetValue(name, out var fields))
                return $"there is no operation {name}.";
            if (operation.Fields.Keys.FirstOrDefault(field => !fields.Contains(field)) is { } unknown)
                return $"{name} has no field {unknown}.";
            if (operation.Fields.Values.SelectMany(TablesOf).FirstOrDefault(table => !mapping.Tables.ContainsKey(table)) is { } missing)
                return $"{name} names the table {missing}, which is not there.";
        }

        return null;
    }

    private static IEnumerable<string> TablesOf(JsonElement source) => source.ValueKind switch
    {
        JsonValueKind.Array => source.EnumerateArray().SelectMany(TablesOf),
        JsonValueKind.Object when source.TryGetProperty("table", out var table) => [table.GetString()!],
        _ => []
    };

    private static IEnumerable<KeyValuePair<string, ChannelMapping>> Shipped()
    {
        const string folder = "Relief.Flow.Host.Channels.Mappings.";
        var assembly = typeof(ChannelMappings).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(folder, StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            yield return KeyValuePair.Create(name[folder.Length..^".json".Length], Read(reader.ReadToEnd(), name));
        }
    }
}
