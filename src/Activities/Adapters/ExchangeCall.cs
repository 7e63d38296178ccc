using System.Text.Json;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Adapters;

/// <summary>An exchange as a call, and an answer as what becomes of it: the same for every outside system (A60).</summary>
internal static class ExchangeCall
{
    /// <summary>How long the other side may take for its answer, in seconds.</summary>
    private const int Patience = 20;

    /// <summary>The call; the outbox repeats it under one key after 1, 5, 30 and 120 minutes.</summary>
    public static Message Of(Exchange exchange) =>
        Message.To(exchange.Adapter, new HttpCall("POST", exchange.Path, Body: JsonElement.Parse(exchange.Body), ContentType: "application/json", Timeout: Patience));

    /// <summary>Asks how it stands, which changes nothing there.</summary>
    public static Message Asks(Exchange exchange) =>
        Message.To(exchange.Adapter, new HttpCall("GET", $"{exchange.Path}/{exchange.Id}", Timeout: Patience));

    /// <summary>What becomes of an exchange by an answer.</summary>
    public static ExchangeEnd EndOf(HttpReply reply) => reply switch
    {
        { Error: null, Status: >= 200 and < 300 } => new ExchangeEnd(ExchangeStatus.Delivered) { ReplyStatus = reply.Status, Answer = reply.Body },
        { Error: null, Status: >= 400 and < 500 and not 408 and not 429 } or { Error: null, Status: < 400 and > 0 } => new ExchangeEnd(ExchangeStatus.Refused) { ReplyStatus = reply.Status, Reason = $"answered {reply.Status}" },
        _ => new ExchangeEnd(ExchangeStatus.Unreachable) { ReplyStatus = reply.Status, Reason = reply.TimedOut ? "no answer in time" : reply.Status > 0 ? $"answered {reply.Status}" : "no connection" }
    };
}
