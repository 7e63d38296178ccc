using System.IO.Compression;
using System.Text.Json;
using Relief.Flow.Workflows.Kernel;

namespace Relief.Flow.Workflows.Runtime;

/// <summary>The instance as the bytes that are stored between two bursts.</summary>
/// <remarks>The first byte is the format: 1 = JSON, 2 = JSON compressed (Brotli), taken for states above 4 KB.</remarks>
public static class InstanceState
{
    private const byte Plain = 1;
    private const byte Compressed = 2;
    private const int Threshold = 4096;

    public static byte[] Write(Instance instance)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(instance, InstanceJson.Default.Instance);
        if (json.Length < Threshold)
        {
            return [Plain, .. json];
        }

        using var stream = new MemoryStream();
        stream.WriteByte(Compressed);
        using (var brotli = new BrotliStream(stream, CompressionLevel.Fastest, leaveOpen: true))
        {
            brotli.Write(json);
        }

        return stream.ToArray();
    }

    /// <exception cref="InvalidDataException">The format is of a later release.</exception>
    public static Instance Read(byte[] state)
    {
        switch (state[0])
        {
            case Plain:
                return JsonSerializer.Deserialize(state.AsSpan(1), InstanceJson.Default.Instance)!;
            case Compressed:
                using (var brotli = new BrotliStream(new MemoryStream(state, 1, state.Length - 1), CompressionMode.Decompress))
                {
                    return JsonSerializer.Deserialize(brotli, InstanceJson.Default.Instance)!;
                }

            default:
                throw new InvalidDataException($"State format {state[0]} is not known to this release.");
        }
    }
}
