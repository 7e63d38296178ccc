using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http.HttpResults;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Channels;
using Relief.Flow.Activities.Parameters;
using Relief.Flow.Host.Answers;
using Relief.Flow.Host.Relief;

namespace Relief.Flow.Host.Channels;

/// <summary>Lets in only what a known channel signed a moment ago and never sent before, and reads it by the channel's mapping.</summary>
/// <remarks>
/// Problems: <c>channel.unknown</c>, <c>channel.notOffered</c>, <c>channel.unsigned</c>, <c>channel.badSignature</c>, <c>channel.tooOld</c>, <c>channel.future</c>, <c>channel.malformed</c>,
/// <c>channel.replayed</c>, <c>channel.identityMissing</c>, <c>channel.identityForged</c>, <c>channel.identityExpired</c>. Each refusal is one line in the log.
/// </remarks>
internal sealed partial class SignedMessages(ReliefRecords records, ChannelMappings mappings, ILogger<SignedMessages> logger)
{
    private const int LargestMessage = 256 * 1024;
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    /// <summary>The message, or why it is not let in.</summary>
    public async Task<(ChannelMessage? Message, ProblemHttpResult? Refused)> Read(HttpRequest request, string channelId, string operation, CancellationToken cancellationToken)
    {
        await using var db = records.ReadingAll();
        var book = new ChannelBook(db, records.Key);
        if (await book.Find(channelId, cancellationToken) is not { Active: true } channel || mappings.Find(channel.Mapping) is not { } mapping)
            return (null, Refuse(404, "channel.unknown", "No such channel is let in here.", channelId));
        if (!mapping.Operations.TryGetValue(operation, out var wanted))
            return (null, Refuse(404, "channel.notOffered", "This channel does not offer that.", channelId));

        var sealing = new Sealing(mapping.Signature, request.Headers);
        if (sealing.Problem is { } missing)
            return (null, Refuse(401, "channel.unsigned", missing, channelId));
        var body = await RawBody.Read(request, LargestMessage, cancellationToken);
        var secret = book.SecretOf(channel);
        if (!sealing.IsRight(secret, operation, body.Span))
            return (null, Refuse(401, "channel.badSignature", "The signature is not this channel's.", channelId));
        var now = await records.Now(cancellationToken);
        var mostOff = Second * await new ParameterQueries(db).Whole("channel.messageAge", channel.CountyCode, ChinaTime.DayOf(now), cancellationToken);
        if (SignedBody.Off(sealing.SentAt, now, mostOff) is { } off)
            return (null, Refuse(422, "channel." + off, "The time of sending lies too far from now.", channelId));
        if (Parse(body) is not { } message)
            return (null, Refuse(400, "channel.malformed", "A JSON object is needed.", channelId));
        if (!await records.Change(changing => new ChannelBook(changing, records.Key).Takes(channel.Id, sealing.Nonce, sealing.SentAt, now, cancellationToken), cancellationToken))
            return (null, Refuse(409, "channel.replayed", "This nonce was used before. A repeat has the same number and a new nonce.", channelId));

        var (idNumber, problem) = Identify(message, mapping, secret, now);
        if (problem is not null)
            return (null, Refuse(422, "channel." + problem, "The user's real-name token is missing, not the channel's, or no longer in force.", channelId));
        return Known(message, mapping) is not { } named
            ? (null, RefuseNames(channelId))
            : (new ChannelMessage(channel, mapping, operation, MappedFields.Read(message, mapping, wanted), named.Number, named.User) { IdNumber = idNumber }, null);
    }

    /// <summary>A refusal, with one line in the log.</summary>
    public ProblemHttpResult Refuse(int status, string code, string detail, string channelId) => Logged(Refusal.Of(status, code, detail), channelId);

    /// <summary>A refusal from within, with one line in the log.</summary>
    public ProblemHttpResult Logged(ProblemHttpResult refused, string channelId)
    {
        Log.ChannelRefused(logger, refused.ProblemDetails.Extensions[Refusal.Code]?.ToString() ?? "", SignedBody.Safe(channelId));
        return refused;
    }

    private ProblemHttpResult RefuseNames(string channelId) => Logged(
        new Fields().Add("number", "The channel's own number of the matter, 1 to 60 letters, digits, dots, dashes; and its own reference of the user. Neither is a phone or ID number.").RefusedAs("channel.unnamed")!, channelId);

    // Whoever puts a member of that name into the body says nothing by it.
    private static (string? IdNumber, string? Problem) Identify(JsonObject message, ChannelMapping mapping, string secret, DateTimeOffset now)
    {
        message.Remove("identity");
        if (mapping.Identity is not { } identity)
            return (null, null);
        if (MappedFields.At(message, identity.At)?.ToString() is not { Length: > 0 } token)
            return (null, "identityMissing");
        var (claims, problem) = RealNameToken.Read(token, secret, now);
        if (claims is null)
            return (null, problem);
        message["identity"] = claims;
        return (claims[identity.IdNumber]?.ToString(), null);
    }

    private static (string Number, string User)? Known(JsonObject message, ChannelMapping mapping)
    {
        var number = MappedFields.At(message, mapping.Number)?.ToString() ?? "";
        var user = mapping.User is { } at ? MappedFields.At(message, at)?.ToString() ?? "" : ChannelMessage.NoUser;
        return Name().IsMatch(number) && Name().IsMatch(user) && !PersonsNumber().IsMatch(number) && !PersonsNumber().IsMatch(user) ? (number, user) : null;
    }

    private static JsonObject? Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            return JsonNode.Parse(body.Span) as JsonObject;
        }
        catch (Exception broken) when (broken is JsonException or ArgumentException)
        {
            return null;
        }
    }

    [GeneratedRegex("^[A-Za-z0-9._-]{1,60}$")]
    private static partial Regex Name();

    // An ID number, or a mobile phone's.
    [GeneratedRegex("^([0-9]{17}[0-9Xx]|1[3-9][0-9]{9})$")]
    private static partial Regex PersonsNumber();

    /// <summary>What the headers say about who sent it and when.</summary>
    private sealed class Sealing
    {
        private readonly SignatureScheme scheme;
        private readonly string time;
        private readonly string given;

        public Sealing(SignatureScheme scheme, IHeaderDictionary headers)
        {
            this.scheme = scheme;
            time = headers[scheme.Time].ToString();
            Nonce = headers[scheme.Nonce].ToString();
            var sent = headers[scheme.Header].ToString();
            given = sent.StartsWith(scheme.Prefix, StringComparison.Ordinal) ? sent[scheme.Prefix.Length..] : "";
            var isTime = long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is > 0 and < 100_000_000_000_000;
            SentAt = !isTime ? default : scheme.TimeIn == "seconds" ? DateTimeOffset.FromUnixTimeSeconds(Math.Min(count, 100_000_000_000)) : DateTimeOffset.FromUnixTimeMilliseconds(count);
            Problem = given.Length is > 0 and <= 200 && isTime && Nonce.Length is > 0 and <= 64 && Nonce.All(char.IsAsciiLetterOrDigit)
                ? null
                : $"Send {scheme.Header}, {scheme.Time} ({scheme.TimeIn} since 1970) and {scheme.Nonce} (letters and digits, 64 at most).";
        }

        public string Nonce { get; }

        public DateTimeOffset SentAt { get; }

        public string? Problem { get; }

        public bool IsRight(string secret, string operation, ReadOnlySpan<byte> body)
        {
            // The body last: nothing in it is taken for a placeholder.
            var parts = scheme.Over.Replace("{operation}", operation, StringComparison.Ordinal).Replace("{time}", time, StringComparison.Ordinal).Replace("{nonce}", Nonce, StringComparison.Ordinal).Split("{body}", 2);
            byte[] signed = [.. Encoding.UTF8.GetBytes(parts[0]), .. body, .. Encoding.UTF8.GetBytes(parts[1])];
            return SignedBody.IsRight(given, secret, signed, scheme.Encoding == "base64");
        }
    }
}
