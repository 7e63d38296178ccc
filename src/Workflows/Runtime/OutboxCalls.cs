using System.Text.Json;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Workflows.Runtime;

/// <summary>Makes the call that a row of the outbox stands for: to an address of a definition, to an outside system that the configuration names, or to the notification gateway.</summary>
/// <remarks>
/// The key of the row is the key of the call, however often it is repeated. Tokens, signatures and what was sealed are put in here and nowhere else: no row holds them.
/// </remarks>
public sealed class OutboxCalls(OutboundHttp http, NoticeTemplates templates, RuntimeOptions options, AdapterAddresses adapters, Departures departures)
{
    /// <summary>Makes the call of a row; that no answer came is an answer too.</summary>
    public Task<HttpReply> Make(OutboxItem item, CancellationToken cancellationToken) => Answered(() => item.Message.Kind switch
    {
        MessageKind.Http when AdapterAddresses.NameOf(item.Message.Target) is { } name => Ask(name, FlowJson.To<HttpCall>(item.Message.Payload)!, (item.Id, item.Now), cancellationToken),
        MessageKind.Http => http.Send(FlowJson.To<HttpCall>(item.Message.Payload)!, item.Id, cancellationToken),
        MessageKind.Notice => Tell(item, FlowJson.To<Notice>(item.Message.Payload)!, cancellationToken),
        _ => Task.FromResult(new HttpReply(0, default, Error: $"A message of the kind {item.Message.Kind} does not leave the house."))
    }, cancellationToken);

    /// <summary>Looks something up at an outside system, now and outside the outbox: only what changes nothing there.</summary>
    /// <param name="name">The system.</param>
    /// <param name="path">Below its address.</param>
    /// <param name="now">Business time, for the signature.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public Task<HttpReply> Look(string name, string path, DateTimeOffset now, CancellationToken cancellationToken) =>
        Answered(() => Ask(name, new HttpCall("GET", path), (Guid.CreateVersion7(now), now), cancellationToken), cancellationToken);

    private static async Task<HttpReply> Answered(Func<Task<HttpReply>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await call();
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            var timedOut = exception is OperationCanceledException;
            return new HttpReply(0, default, Error: timedOut ? "No answer in time." : exception.Message, TimedOut: timedOut);
        }
    }

    private async Task<HttpReply> Ask(string name, HttpCall call, (Guid Key, DateTimeOffset At) sent, CancellationToken cancellationToken)
    {
        if (adapters.Of(name) is not { Url: { } url } address)
            return new HttpReply(0, default, Error: $"No address is set for {name} (Relief:Adapters:{name}:Url).");
        if (!await departures.MayLeave(call.Body, sent.At, cancellationToken))
            return new HttpReply(451, default);
        var body = departures.Unsealed(call.Body);
        Dictionary<string, string> headers = new(call.Headers ?? [], StringComparer.OrdinalIgnoreCase);
        if (!string.IsNullOrEmpty(address.Token))
            headers["Authorization"] = "Bearer " + address.Token;
        foreach (var (header, value) in NoticeSignature.Of(address.Secret, sent.At, body.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null ? "" : body.GetRawText()))
            headers[header] = value;
        return await http.SendTrusted(call with { Url = AdapterAddress.Join(url, call.Url), Headers = headers, Body = body }, sent.Key, cancellationToken);
    }

    private async Task<HttpReply> Tell(OutboxItem item, Notice notice, CancellationToken cancellationToken)
    {
        var text = templates.Render(notice);
        var own = options.NoticeAddresses is { } known ? await known(notice.Channel, cancellationToken) : null;
        if ((own?.Url ?? options.NotificationGateway) is not { } gateway)
        {
            // No gateway: the register of notices is the outbox itself, and the notice counts as given there.
            return new HttpReply(200, FlowJson.Of(new { keptInRegister = true }));
        }

        var notTold = await departures.NotTold(notice.To, cancellationToken);
        var body = FlowJson.Of(new { id = item.Id, notice.Template, notice.Audience, notice.Channel, notice.To, notTold, notice.Language, text, notice.Reference });
        var headers = NoticeSignature.Of(own?.Secret ?? options.NotificationSecret, item.Now, body.GetRawText());
        var call = new HttpCall("POST", gateway.ToString(), headers, body, "application/json");
        // The configuration's gateway may stand inside the house; an address that an administrator typed may not.
        return own is null ? await http.SendTrusted(call, item.Id, cancellationToken) : await http.Send(call, item.Id, cancellationToken);
    }
}
