using System.Buffers.Text;
using System.Text;

namespace Relief.Flow.Workflows.Storage;

/// <summary>Where the next page begins, as callers carry it: opaque to them, safe in an address.</summary>
internal static class PageToken
{
    public static string Write(string place) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(place));

    /// <summary>What <see cref="Write"/> was given, in its parts; null for what cannot come from there.</summary>
    /// <param name="longest">A longer token is not looked at.</param>
    public static string[]? Read(string? token, int longest, int parts) =>
        !string.IsNullOrEmpty(token) && token.Length <= longest && Base64Url.IsValid(token) && Encoding.UTF8.GetString(Base64Url.DecodeFromChars(token)).Split('|', parts) is var found && found.Length == parts
            ? found
            : null;
}
