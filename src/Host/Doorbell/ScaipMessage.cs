using System.Globalization;
using System.Text.Json;
using System.Xml;
using System.Xml.Linq;

namespace Relief.Flow.Host.Doorbell;

/// <summary>A message in the manner of SCAIP: small XML elements whose names and codes a mapping file explains (<c>scaip-mapping.json</c>).</summary>
/// <remarks>No document type and no entity is read. What the mapping does not know as a status code is an alarm: a double ring is better than a missed one.</remarks>
internal sealed class ScaipMessage
{
    private static readonly Mapping Names = Load();

    private readonly string reference;

    private ScaipMessage(SentSignal signal, string kind, string reference)
    {
        Signal = signal;
        Kind = kind;
        this.reference = reference;
    }

    public SentSignal Signal { get; }

    public string Kind { get; }

    /// <summary>Reads a message; none when it is no such XML or says neither device, reference nor time.</summary>
    public static ScaipMessage? Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var stream = new MemoryStream(body.ToArray());
            using var reader = XmlReader.Create(stream, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = 16 * 1024 });
            var root = XDocument.Load(reader).Root!;
            string? Value(string name) => root.Descendants().FirstOrDefault(element => element.Name.LocalName == Names.Elements[name])?.Value.Trim();
            int? Number(string name) => int.TryParse(Value(name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
            if (root.Name.LocalName != Names.Root || Value("deviceId") is not { Length: > 0 and <= 64 } device || Value("nonce") is not { Length: > 0 and <= 64 } nonce
                || !DateTimeOffset.TryParse(Value("time"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
                return null;
            return new ScaipMessage(new SentSignal(device, nonce, time, Number("battery"), Number("signal")), Names.Codes.GetValueOrDefault(Value("code") ?? "", "scaip"), nonce);
        }
        catch (XmlException)
        {
            return null;
        }
    }

    /// <summary>The answer in the same manner.</summary>
    public string Reply(SignalAnswer answer) => new XElement(
        Names.Reply, new XElement(Names.Elements["nonce"], reference), new XElement(Names.ReplyStatus, answer.Result == "DUPLICATE" ? Names.Duplicate : Names.Accepted)).ToString();

    private static Mapping Load()
    {
        using var stream = typeof(ScaipMessage).Assembly.GetManifestResourceStream("Relief.Flow.Host.Doorbell.scaip-mapping.json")!;
        return JsonSerializer.Deserialize<Mapping>(stream, JsonSerializerOptions.Web)!;
    }

    private sealed record Mapping(
        string Root, Dictionary<string, string> Elements, Dictionary<string, string> Codes, string Reply, string ReplyStatus, string Accepted, string Duplicate);
}
