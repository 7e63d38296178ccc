using System.Security.Cryptography;
using System.Text;
using Relief.Flow.Activities.People;

namespace Relief.Flow.Activities.Agents;

/// <summary>The signed part of a relative's link: the link it stands for and a signature, nothing about anybody.</summary>
public static class PaperToken
{
    private const int LinkLength = 32;
    private const int SignatureLength = 24;

    /// <summary>The token of a link: the same whenever it is made.</summary>
    public static string Of(string linkId, PersonalDataKey key) => linkId + Signature(linkId, key);

    /// <summary>The link of a token; none when the signature is not ours.</summary>
    public static string? Read(string token, PersonalDataKey key) =>
        token.Length == LinkLength + SignatureLength
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(token[LinkLength..]), Encoding.UTF8.GetBytes(Signature(token[..LinkLength], key)))
            ? token[..LinkLength]
            : null;

    private static string Signature(string linkId, PersonalDataKey key) => key.Sign("papers:" + linkId)[..SignatureLength];
}
