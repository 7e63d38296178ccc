using System.Security.Cryptography;
using System.Text;
using Relief.Flow.Activities.People;

namespace Relief.Flow.Activities.Doorbell;

/// <summary>The signed part of a responder's link: the ring it belongs to and a signature, nothing about anybody.</summary>
public static class RingToken
{
    private const int RingLength = 32;
    private const int SignatureLength = 24;

    /// <summary>The token of a ring: the same whenever it is made.</summary>
    public static string Of(string ringId, PersonalDataKey key) => ringId + Signature(ringId, key);

    /// <summary>The ring of a token; none when the signature is not ours.</summary>
    public static string? Read(string token, PersonalDataKey key) =>
        token.Length == RingLength + SignatureLength
        && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(token[RingLength..]), Encoding.ASCII.GetBytes(Signature(token[..RingLength], key)))
            ? token[..RingLength]
            : null;

    private static string Signature(string ringId, PersonalDataKey key) => key.Sign("ring:" + ringId)[..SignatureLength];
}
