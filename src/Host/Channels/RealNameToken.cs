using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Relief.Flow.Host.Answers;

namespace Relief.Flow.Host.Channels;

/// <summary>The signed token by which an app says who its user is: a JSON web token, HS256, in force.</summary>
internal static class RealNameToken
{
    /// <summary>Its claims; else what is wrong with it: <c>identityForged</c> or <c>identityExpired</c>.</summary>
    public static (JsonObject? Claims, string? Problem) Read(string token, string secret, DateTimeOffset now)
    {
        if (token.Split('.') is not [var header, var payload, var signature] || Part(header)?["alg"]?.ToString() != "HS256" || Part(payload) is not { } claims
            || Bytes(signature) is not { } given || !SignedBody.IsRight(Convert.ToBase64String(given), secret, Encoding.ASCII.GetBytes($"{header}.{payload}"), isBase64: true))
            return (null, "identityForged");
        return claims["exp"] is JsonValue until && until.TryGetValue<long>(out var seconds) && seconds > now.ToUnixTimeSeconds() ? (claims, null) : (null, "identityExpired");
    }

    private static JsonObject? Part(string text)
    {
        try
        {
            return Bytes(text) is { } bytes ? JsonNode.Parse(bytes) as JsonObject : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static byte[]? Bytes(string text)
    {
        try
        {
            return Base64Url.DecodeFromChars(text);
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
