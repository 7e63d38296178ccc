using System.Text.Json;

namespace Relief.Flow.Workflows.Definitions;

/// <summary>What a file says of the version that it was exported from.</summary>
public static class DefinitionFacts
{
    /// <summary>False when it does not say.</summary>
    public static bool IsPublished(ReadOnlyMemory<byte> json) => Model(json).Flag("isPublished");

    /// <summary>Null when it does not say, or says the year 1 as the designer does of a new one.</summary>
    public static DateTimeOffset? CreatedAt(ReadOnlyMemory<byte> json) =>
        DateTimeOffset.TryParse(Model(json).Text("createdAt"), System.Globalization.CultureInfo.InvariantCulture, out var at) && at.Year > 1 ? at : null;

    private static JsonElement Model(ReadOnlyMemory<byte> json) =>
        DefinitionReader.Model(JsonElement.Parse(DefinitionText.WithoutByteOrderMark(json.Span), new JsonDocumentOptions { MaxDepth = DefinitionReader.MaxDepth })) ?? default;
}
