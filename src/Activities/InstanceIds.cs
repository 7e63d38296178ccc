using System.Security.Cryptography;
using System.Text;

namespace Relief.Flow.Activities;

/// <summary>Ids of instances that are started once for a business key, whoever starts them and however often.</summary>
public static class InstanceIds
{
    /// <summary>The id that stands for a key such as <c>settlement:999901:PV-A:2026-04</c>.</summary>
    public static Guid Of(string key) => new(SHA256.HashData(Encoding.UTF8.GetBytes(key)).AsSpan(0, 16), bigEndian: true);
}
