using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Relief.Flow.Host.Access;

namespace Relief.Flow.Host.Console;

/// <summary>The mark that each form of ours carries, so that no other site can have a signed-in browser send one.</summary>
/// <remarks>Derived from the session's own token, which scripts and other sites cannot read: every node knows it, a restart keeps it, and it ends with the session.</remarks>
internal static class FormSeal
{
    public const string Field = "seal";

    private static readonly byte[] Purpose = "relief-form"u8.ToArray();

    public static string Of(HttpRequest request) =>
        Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret(request)), Purpose));

    /// <summary>Whether the form is one that we gave to this very session.</summary>
    public static bool IsOn(IFormCollection form, HttpRequest request) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(form[Field].ToString()), Encoding.UTF8.GetBytes(Of(request)));

    private static string Secret(HttpRequest request) =>
        request.Headers.Authorization.ToString() is { Length: > 0 } key ? key : request.Cookies[ApiKeyAuthentication.Cookie] ?? "";
}
