using System.Text.Json;

namespace Relief.Flow.Tests.Host;

/// <summary>A request as an outside system got it.</summary>
/// <param name="Number">From 1, in the order of arrival, over all paths.</param>
/// <param name="Path">Without the query.</param>
/// <param name="Query">With its question mark, or empty.</param>
/// <param name="Headers">By name, any case; several values are joined by a comma.</param>
public sealed record OutsideRequest(int Number, string Method, string Path, string Query, IReadOnlyDictionary<string, string> Headers, string Body)
{
    /// <summary>When it arrived, in the business time of its sender; null when nobody told the time.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>The body as JSON.</summary>
    public JsonElement Json => JsonElement.Parse(Body);

    public string? Header(string name) => Headers.GetValueOrDefault(name);
}
