using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Relief.Flow.Workflows.Kernel;

/// <summary>Ids that are the same whenever the same decision is made again (name-based UUIDs of instance, run and purpose).</summary>
public static class StableId
{
    /// <summary>The id of something that a run of an activity decided.</summary>
    public static Guid Of(Guid instanceId, long ordinal, string purpose)
    {
        var text = Encoding.UTF8.GetByteCount(purpose);
        Span<byte> data = stackalloc byte[24 + Math.Min(text, 512)];
        instanceId.TryWriteBytes(data, bigEndian: true, out _);
        BinaryPrimitives.WriteInt64BigEndian(data[16..], ordinal);
        if (text <= 512)
        {
            Encoding.UTF8.GetBytes(purpose, data[24..]);
        }
        else
        {
            SHA256.HashData(Encoding.UTF8.GetBytes(purpose), data[24..]);
        }

        return From(data);
    }

    /// <summary>The id that stands for a text, such as a business key.</summary>
    public static Guid Of(string text) => From(Encoding.UTF8.GetBytes(text));

    private static Guid From(ReadOnlySpan<byte> data)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(data, hash);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }
}
