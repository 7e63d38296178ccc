using System.Security.Cryptography;
using System.Text;

namespace Relief.Flow.Host.Answers;

/// <summary>HMAC-SHA256 over what somebody outside has sent, and how far their clock may be off: for doorbells and channels alike.</summary>
internal static class SignedBody
{
    private const int LongestName = 64;

    /// <summary>Whether a signature was made over these bytes with this secret.</summary>
    /// <param name="given">The signature as it came: in hexadecimal, or in base64 when that is how they write it.</param>
    public static bool IsRight(string given, string secret, ReadOnlySpan<byte> signed, bool isBase64 = false)
    {
        var hash = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed);
        var (right, told) = isBase64 ? (Convert.ToBase64String(hash), given) : (Convert.ToHexStringLower(hash), given.ToLowerInvariant());
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(told), Encoding.UTF8.GetBytes(right));
    }

    /// <summary><c>tooOld</c> or <c>future</c> when a clock is off by more than it may be; null when it is right.</summary>
    public static string? Off(DateTimeOffset sent, DateTimeOffset now, TimeSpan mostOff) => sent < now - mostOff ? "tooOld" : sent > now + mostOff ? "future" : null;

    /// <summary>A name as it may stand in the log: what a stranger sends must not write lines of its own.</summary>
    public static string Safe(string? name) => new([.. (name ?? "").Where(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_').Take(LongestName)]);
}
