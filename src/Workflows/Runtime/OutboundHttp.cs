using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Relief.Flow.Workflows.Runtime;

/// <summary>Outgoing calls of definitions: with a key, a time limit, a size limit, and not to addresses inside the house.</summary>
/// <remarks>The address is checked after the name is resolved and on every redirect, so a name that resolves to a private address is refused too.</remarks>
public sealed class OutboundHttp : IDisposable
{
    private const int MostBytes = 1_000_000;
    private const int FirstBytes = 4_096;

    private readonly HttpClient _guarded;
    private readonly HttpClient _trusted;

    public OutboundHttp(RuntimeOptions options)
    {
        _trusted = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) });
        _guarded = options.AllowPrivateAddresses ? _trusted : new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            ConnectCallback = ConnectOutside
        });
    }

    /// <summary>A call that a definition asked for.</summary>
    public Task<HttpReply> Send(HttpCall call, Guid key, CancellationToken cancellationToken) => Send(_guarded, call, key, cancellationToken);

    /// <summary>A call to an address that the configuration names.</summary>
    public Task<HttpReply> SendTrusted(HttpCall call, Guid key, CancellationToken cancellationToken) => Send(_trusted, call, key, cancellationToken);

    public void Dispose()
    {
        _guarded.Dispose();
        _trusted.Dispose();
    }

    private static async Task<HttpReply> Send(HttpClient client, HttpCall call, Guid key, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(Math.Clamp(call.Timeout, 1, 100)));
        using var request = new HttpRequestMessage(new HttpMethod(call.Method), call.Url);
        request.Headers.TryAddWithoutValidation("Idempotency-Key", key.ToString());
        if (call.Body.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null))
        {
            var text = call.Body.ValueKind == JsonValueKind.String ? call.Body.GetString()! : call.Body.GetRawText();
            request.Content = new StringContent(text, Encoding.UTF8, MediaTypeHeaderValue.Parse(string.IsNullOrWhiteSpace(call.ContentType) ? "application/json" : call.ContentType).MediaType!);
        }

        foreach (var (name, value) in call.Headers ?? [])
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
        var body = await ReadBody(response, limit.Token);
        return new HttpReply((int)response.StatusCode, body, response.Headers.ToDictionary(header => header.Key, header => string.Join(", ", header.Value)));
    }

    private static async Task<JsonElement> ReadBody(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        // Most answers are small and many come at once: a buffer of the limit for each of them kept the collector busy with a third of the processor.
        var bytes = new byte[FirstBytes];
        var length = 0;
        while ((length += await stream.ReadAtLeastAsync(bytes.AsMemory(length), bytes.Length - length, throwOnEndOfStream: false, cancellationToken)) == bytes.Length && length < MostBytes)
            Array.Resize(ref bytes, Math.Min(bytes.Length * 4, MostBytes));
        var text = Encoding.UTF8.GetString(bytes, 0, length);
        if (response.Content.Headers.ContentType?.MediaType?.Contains("json", StringComparison.OrdinalIgnoreCase) == true)
        {
            try
            {
                return JsonElement.Parse(text);
            }
            catch (JsonException)
            {
                // Not what it says it is: kept as text.
            }
        }

        return FlowJson.Of(text);
    }

    private static async ValueTask<Stream> ConnectOutside(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var addresses = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, cancellationToken);
        if (addresses.Length == 0 || addresses.Any(IsInside))
        {
            throw new HttpRequestException($"{context.DnsEndPoint.Host} is a private or loopback address: set Relief:Outbound:AllowPrivate to true to allow such calls.");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, context.DnsEndPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static bool IsInside(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        if (IPAddress.IsLoopback(address) || address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any) ||
            address.IsIPv6LinkLocal || address.IsIPv6SiteLocal || address.IsIPv6UniqueLocal || address.IsIPv6Multicast)
        {
            return true;
        }

        var bytes = address.GetAddressBytes();
        return bytes.Length == 4 && (bytes[0] is 0 or 10 or 127 or >= 224 || (bytes[0] == 172 && bytes[1] is >= 16 and <= 31) ||
            (bytes[0] == 192 && bytes[1] == 168) || (bytes[0] == 169 && bytes[1] == 254) || (bytes[0] == 100 && bytes[1] is >= 64 and <= 127));
    }
}
