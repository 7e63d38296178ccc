using System.Security.Cryptography;
using System.Text;

namespace Relief.Flow.Activities.People;

/// <summary>Encrypts ID numbers and finds them by a keyed hash; the key never reaches the database.</summary>
/// <remarks>AES-256-GCM with a fresh nonce per value, so equal numbers look different; HMAC-SHA-256 for the search. Both keys are derived from one.</remarks>
public sealed class PersonalDataKey
{
    private const int NonceLength = 12;
    private const int TagLength = 16;
    private readonly byte[] _sealing;
    private readonly byte[] _searching;
    private readonly byte[] _signing;

    /// <param name="key">32 bytes, from <c>Relief:PersonalDataKey</c>. Losing it loses the numbers.</param>
    public PersonalDataKey(byte[] key)
    {
        if (key.Length != 32)
            throw new ArgumentException("The personal data key has 32 bytes.", nameof(key));
        _sealing = HKDF.DeriveKey(HashAlgorithmName.SHA256, key, 32, info: "relief id number seal"u8.ToArray());
        _searching = HKDF.DeriveKey(HashAlgorithmName.SHA256, key, 32, info: "relief id number search"u8.ToArray());
        _signing = HKDF.DeriveKey(HashAlgorithmName.SHA256, key, 32, info: "relief link signature"u8.ToArray());
    }

    /// <summary>Encrypts a number for storage.</summary>
    public string Seal(string idNumber) => SealText(Normal(idNumber));

    /// <summary>Encrypts a note or a device's secret for storage, as it is written; <see cref="Open(string)"/> opens it.</summary>
    public string SealText(string note) => Convert.ToBase64String(Seal(Encoding.UTF8.GetBytes(note)));

    /// <summary>Encrypts a file's content for storage; <see cref="Open(byte[])"/> opens it.</summary>
    public byte[] Seal(ReadOnlySpan<byte> text)
    {
        var packed = new byte[NonceLength + TagLength + text.Length];
        var nonce = packed.AsSpan(0, NonceLength);
        RandomNumberGenerator.Fill(nonce);
        using var cipher = new AesGcm(_sealing, TagLength);
        cipher.Encrypt(nonce, text, packed.AsSpan(NonceLength + TagLength), packed.AsSpan(NonceLength, TagLength));
        return packed;
    }

    /// <summary>Opens a sealed number; one sealed with another key or tampered with is a <see cref="CryptographicException"/>.</summary>
    public string Open(string sealedNumber) => Encoding.UTF8.GetString(Open(Convert.FromBase64String(sealedNumber)));

    /// <summary>Opens sealed content; what was sealed with another key or tampered with is a <see cref="CryptographicException"/>.</summary>
    public byte[] Open(byte[] packed)
    {
        var text = new byte[packed.Length - NonceLength - TagLength];
        using var cipher = new AesGcm(_sealing, TagLength);
        cipher.Decrypt(packed.AsSpan(0, NonceLength), packed.AsSpan(NonceLength + TagLength), packed.AsSpan(NonceLength, TagLength), text);
        return text;
    }

    /// <summary>The hash by which a number is found: the same for the same number, useless without the key.</summary>
    public string SearchHash(string idNumber) => Convert.ToHexStringLower(HMACSHA256.HashData(_searching, Encoding.UTF8.GetBytes(Normal(idNumber))));

    /// <summary>A signature over a text that only this installation can make, as lower-case hexadecimal; for links that are handed out.</summary>
    public string Sign(string text) => Convert.ToHexStringLower(HMACSHA256.HashData(_signing, Encoding.UTF8.GetBytes(text)));

    private static string Normal(string idNumber) => idNumber.Trim().ToUpperInvariant();
}
