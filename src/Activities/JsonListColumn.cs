using System.Text.Json;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Relief.Flow.Activities;

/// <summary>Keeps a list of words as a JSON array.</summary>
internal sealed class JsonListColumn() : ValueConverter<string[], string>(
    value => JsonSerializer.Serialize(value, (JsonSerializerOptions?)null),
    stored => JsonSerializer.Deserialize<string[]>(stored, (JsonSerializerOptions?)null) ?? Array.Empty<string>());
