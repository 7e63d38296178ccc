using System.Text.Json;

namespace Relief.Flow.Workflows;

/// <summary>A request from outside, as an instance keeps it: without the headers that hold secrets.</summary>
/// <param name="RequestId">By it the caller who waits finds the answer.</param>
/// <param name="Path">Below <c>/workflows</c>, without slashes at its ends.</param>
/// <param name="Content">A JSON body as it is, a form as an object, other text as text, else base64.</param>
/// <param name="Length">Bytes of the body as it came.</param>
public sealed record HttpReceived(
    Guid RequestId, string Method, string Path, Dictionary<string, string> Query, Dictionary<string, string> Headers, JsonElement Content, long Length);

/// <summary>What an instance answers to a request; kept with the commit that decided it.</summary>
/// <param name="Body">The text; null for none.</param>
public sealed record HttpAnswer(Guid RequestId, int Status, string? Body, string? ContentType, Dictionary<string, string> Headers);
