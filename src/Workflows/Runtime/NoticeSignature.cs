using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Relief.Flow.Workflows.Runtime;

/// <summary>Proves to the notification gateway that a notice comes from here, is unaltered, and was sent when it says: HMAC-SHA256 over <c>timestamp.body</c>.</summary>
/// <remarks>The gateway computes the same under the shared secret and refuses what is older than a few minutes; a notice that is sent again carries a new timestamp and the same <c>Idempotency-Key</c>.</remarks>
public static class NoticeSignature
{
    /// <summary>When it was sent, in seconds since 1970 (UTC).</summary>
    public const string TimestampHeader = "X-Relief-Timestamp";

    /// <summary><c>sha256=</c> and the signature in hexadecimal.</summary>
    public const string SignatureHeader = "X-Relief-Signature";

    /// <summary>The headers of a notice; none without a secret.</summary>
    /// <param name="body">The text exactly as it is sent.</param>
    public static Dictionary<string, string> Of(string? secret, DateTimeOffset at, string body)
    {
        if (string.IsNullOrEmpty(secret))
            return [];

        var timestamp = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var hash = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{timestamp}.{body}"));
        return new Dictionary<string, string> { [TimestampHeader] = timestamp, [SignatureHeader] = "sha256=" + Convert.ToHexStringLower(hash) };
    }
}
