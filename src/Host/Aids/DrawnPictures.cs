using System.Security.Cryptography;
using System.Text;
using Microsoft.Net.Http.Headers;
using Relief.Flow.Workflows.Definitions;
using Relief.Flow.Workflows.Drawing;
using Relief.Flow.Workflows.Runtime;

namespace Relief.Flow.Host.Aids;

/// <summary>Definitions as pictures: how this installation's activities look, and how a picture is answered.</summary>
public sealed class DrawnPictures(ActivityCatalog catalog)
{
    /// <summary>The look of every activity, in a language.</summary>
    public DiagramStyle Style(string language, DiagramPaint? paint = null) => new()
    {
        Look = node => new ActivityLook(KindOf(node), NameOf(node, language)),
        PortName = (node, port) => catalog.Find(node.Type) is { } descriptor ? ActivityTexts.Port(descriptor, port, language) : port,
        Word = key => AidTexts.Word(language, key),
        Language = language == AidTexts.Chinese ? "zh-CN" : "en",
        Paint = paint
    };

    /// <summary>The picture with its tag; 304 when the caller has it already.</summary>
    public IResult Answer(HttpContext http, Definition definition, DiagramStyle style)
    {
        var bytes = Encoding.UTF8.GetBytes(DiagramWriter.Write(definition, style));
        var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes))[..32]}\"");
        http.Response.Headers.CacheControl = "private, no-cache";
        http.Response.Headers.Vary = "Accept-Language";
        // Looked at by itself it is a document of its own: nothing but its own style may act in it.
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; sandbox";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        return Results.Bytes(bytes, "image/svg+xml; charset=utf-8", entityTag: tag);
    }

    private ActivityKind KindOf(Node node)
    {
        var descriptor = catalog.Find(node.Type);
        return descriptor switch
        {
            { IsEmergency: true } => ActivityKind.Emergency,
            { Approves: true } => ActivityKind.Approval,
            { MovesMoney: true } => ActivityKind.Money,
            _ when node.Type is "Elsa.FlowDecision" or "Elsa.FlowSwitch" or "Elsa.If" or "Elsa.Switch" => ActivityKind.Decision,
            _ when node.Type is "Elsa.End" or "Elsa.Finish" or "Elsa.Complete" => ActivityKind.End,
            _ when node.Type is "Elsa.ExecuteWorkflow" or "Elsa.DispatchWorkflow" or "Elsa.BulkDispatchWorkflows" => ActivityKind.Child,
            _ when !node.Activities.IsEmpty || node.Embedded.Count > 0 || descriptor is { IsContainer: true } => ActivityKind.Container,
            { Waits: true } => ActivityKind.Wait,
            _ => ActivityKind.Plain
        };
    }

    private string NameOf(Node node, string language) =>
        catalog.Find(node.Type) is { } descriptor ? ActivityTexts.Name(descriptor, language) : node.Type;
}
