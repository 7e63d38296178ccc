using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http.HttpResults;
using Relief.Flow.Activities.Areas;
using Relief.Flow.Activities.Channels;
using Relief.Flow.Host.Access;
using Relief.Flow.Host.Answers;
using Relief.Flow.Host.Relief;

namespace Relief.Flow.Host.Channels;

/// <summary>The channels: where they send what their users want, and where an administrator sets them up. A message needs no key: it is signed.</summary>
internal static partial class ChannelsApi
{
    private const int ShortestSecret = 32;

    private static readonly (string Operation, string Summary)[] Operations =
    [
        ("applications", "Hand in an application; sent again under the same number it gets the first receipt"),
        ("supplements", "Hand in the papers that are missing, or take the application back"),
        ("consents", "Consent or sign: a masked name on the public sheet, data for who helps, the service agreement"),
        ("status", "How a matter stands, in plain words: numbers, what is missing, the next day; nothing about a person"),
        ("ratings", "Rate how a matter was dealt with, once"),
        ("requests", "Ask for help: a human answers within 24 hours"),
        ("calls", "Tell a call: it becomes a ticket; one that was lost is called back in time"),
        ("surveys", "Hand in a household survey that was filled in with another app")
    ];

    public static void MapChannels(this IEndpointRouteBuilder routes)
    {
        var signed = routes.MapGroup("/channels/{channel}").WithTags("Channels").AllowAnonymous().WithMetadata(Repeatable.Never);
        foreach (var (operation, summary) in Operations)
            signed.MapPost("/" + operation, (ChannelDoor door, HttpContext context, string channel) => door.Take(context, channel, operation))
                .WithSummary(summary).WithDescription("Signed as the channel's mapping file says; its fields and the form of the answer stand there too. A repeat has the same number and a new nonce.")
                .Accepts<object>("application/json", "*/*").Produces<object>().Refuses(400, 401, 404, 409, 422);

        var group = routes.MapGroup("/channels").WithTags("Channels");
        group.MapGet("/", List).WithSummary("The channels, what each offers and whether it is let in; never a secret").RequireAuthorization(Policies.See);
        group.MapGet("/ratings", Ratings).WithSummary("How users rated each channel of a county, reckoned from the ratings").RequireAuthorization(Policies.See);
        group.MapPut("/{channel}", Set).WithSummary("Set a channel up or change it; without a secret a new channel gets one, shown this once").RequireAuthorization(Policies.Keys)
            .WithMetadata(Repeatable.Never).Refuses(422);
    }

    private static async Task<Ok<Listing<ChannelView>>> List(ReliefRecords records, ChannelMappings mappings, CancellationToken cancellationToken)
    {
        await using var db = records.ReadingAll();
        var channels = await new ChannelBook(db, records.Key).All(cancellationToken);
        return TypedResults.Ok(new Listing<ChannelView>([.. channels.Select(one => new ChannelView(one.Id, one.Name, one.CountyCode, one.Mapping, one.Active, one.CallbackUrl is not null,
            [.. mappings.Find(one.Mapping)?.Operations.Keys.Order(StringComparer.Ordinal) ?? Enumerable.Empty<string>()]))]));
    }

    private static async Task<Ok<Listing<RatedChannel>>> Ratings(ReliefRecords records, string county, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        return TypedResults.Ok(new Listing<RatedChannel>(await new MatterBook(db).Ratings(county, cancellationToken)));
    }

    private static async Task<Results<Ok<SetChannel>, ProblemHttpResult>> Set(ReliefRecords records, ChannelMappings mappings, string channel, WantedChannel body, HttpContext context, CancellationToken cancellationToken)
    {
        await using var db = records.ReadingAll();
        var fields = new Fields()
            .Check("channel", Name().IsMatch(channel), "2 to 40 lower-case letters, digits and dashes.")
            .Check("mapping", mappings.Find(body.Mapping ?? channel) is not null, "One of the mapping files: " + string.Join(", ", mappings.All.Keys.Order(StringComparer.Ordinal)))
            .Check("secret", body.Secret is null or { Length: >= ShortestSecret and <= 200 }, "32 to 200 characters; leave it out to have one made.")
            .Check("callbackUrl", body.CallbackUrl is null || Uri.TryCreate(body.CallbackUrl, UriKind.Absolute, out var url) && url.Scheme is "https" or "http" && body.CallbackUrl.Length <= 500, "An address with https, 500 characters at most.")
            .Check("name", body.Name is null or { Length: > 0 and <= 50 }, "1 to 50 characters.")
            .Check("countyCode", await new AreaQueries(db).IsCounty(body.CountyCode, cancellationToken), "A county that is known here.");
        if (fields.Refused is { } refused)
            return refused;
        var isNew = await new ChannelBook(db, records.Key).Find(channel, cancellationToken) is null;
        var made = body.Secret is null && (isNew || body.RenewSecret) ? Convert.ToHexString(RandomNumberGenerator.GetBytes(ShortestSecret)) : null;
        var mapping = body.Mapping ?? channel;
        var entry = new ChannelEntry(channel, body.CountyCode!, body.Name ?? mappings.Find(mapping)!.Name, mapping, body.Secret ?? made, body.CallbackUrl, body.Active ?? true);
        var deed = await records.DeedOf(context.User.By(), cancellationToken);
        var set = await records.Change(changing => new ChannelBook(changing, records.Key).Set(entry, deed, cancellationToken), cancellationToken);
        return TypedResults.Ok(new SetChannel(set.Id, set.Name, set.Active, made));
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{1,39}$")]
    private static partial Regex Name();
}

/// <summary>A channel as it is shown.</summary>
/// <param name="Hears">Whether it is told how its matters stand.</param>
/// <param name="Offers">The operations that its mapping knows.</param>
public sealed record ChannelView(string Id, string Name, string CountyCode, string Mapping, bool Active, bool Hears, IReadOnlyList<string> Offers);

/// <summary>A channel as an administrator wants it.</summary>
/// <param name="Mapping">The mapping file; the one of the channel's own name when not said.</param>
/// <param name="Secret">What it signs with, when the other side has chosen it.</param>
/// <param name="RenewSecret">True to have a new one made.</param>
/// <param name="CallbackUrl">Where it hears how its matters stand, signed with the same secret.</param>
public sealed record WantedChannel(string? CountyCode, string? Mapping, string? Name, string? Secret, bool RenewSecret, string? CallbackUrl, bool? Active);

/// <summary>A channel that was set up.</summary>
/// <param name="Secret">Shown this once, when it was made here.</param>
public sealed record SetChannel(string Id, string Name, bool Active, string? Secret);
