using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Relief.Flow.Activities;
using Relief.Flow.Activities.Audit;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Channels;
using Relief.Flow.Activities.Notices;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Host.Answers;
using Relief.Flow.Host.Relief;
using Relief.Flow.Workflows;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Host.Channels;

/// <summary>What a channel's user does with a matter that is under way: looks how it stands, hands in papers, consents and signs, rates.</summary>
internal sealed class ChannelDesk(ReliefRecords records)
{
    /// <summary>How channels are answered; Chinese stays readable.</summary>
    public static readonly JsonSerializerOptions Options = new(ApiJson.Options) { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    /// <summary>Carries out what concerns a matter of this channel and this user; what is another's is not there, nor is what an alleged guardian may be asking for (E10).</summary>
    public async Task<ChannelAnswer> About(ChannelMessage message, CancellationToken cancellationToken)
    {
        await using var db = records.ReadingAll();
        if (await new MatterBook(db).Find(message.Channel.Id, message.Number, cancellationToken) is not { } matter || matter.UserRef != message.User || await new MatterQueries(db).IsHidden(matter, cancellationToken))
            return ChannelAnswer.No(Refusal.Of(404, "channel.noSuchNumber", "This channel started nothing under this number for this user."));
        return message.Operation switch
        {
            "status" => ChannelAnswer.Of(await new MatterQueries(db).Of(matter, message.Contract["language"]?.ToString() == "en", cancellationToken)),
            "supplements" => await Supply(message, matter, db, cancellationToken),
            "consents" => await Consent(message, matter, db, cancellationToken),
            _ => await Rate(message, matter, cancellationToken)
        };
    }

    private async Task<ChannelAnswer> Supply(ChannelMessage message, ChannelMatter matter, ReliefDbContext db, CancellationToken cancellationToken)
    {
        var fields = new Fields();
        var parcel = message.To<SentPapers>(fields);
        if (parcel is { Withdrawn: false })
            fields.Check("papers", parcel.Papers is { Count: > 0 and <= 50 } && parcel.Papers.All(paper => paper is { Length: > 0 and <= 100 }), "The codes of the papers that are handed in.");
        if (fields.Refused is { } refused)
            return ChannelAnswer.No(refused);
        var application = matter.Kind == MatterKind.Application ? await new ApplicationBook(db).Find(matter.RecordId, cancellationToken) : null;
        if (application is not { Status: ApplicationStatus.SupplementRequested, MissingPapers.Length: > 0 })
            return ChannelAnswer.No(Refusal.Of(409, "channel.nothingMissing", "Nothing is missing at the moment."));
        // Whoever does not wait any more has what was sent before: a parcel is kept for nobody.
        var sent = FlowJson.Of(new { papers = parcel!.Papers ?? [], withdrawn = parcel.Withdrawn });
        await records.Flows.Publish(new EventToPublish("supplement:" + application.Id, null, sent, TimeSpan.Zero), cancellationToken);
        return ChannelAnswer.Of(new StillMissing(matter.Number, parcel.Withdrawn ? [] : [.. application.MissingPapers.Except(parcel.Papers ?? [])]), StatusCodes.Status202Accepted);
    }

    private async Task<ChannelAnswer> Consent(ChannelMessage message, ChannelMatter matter, ReliefDbContext db, CancellationToken cancellationToken)
    {
        var fields = new Fields();
        var given = message.To<SentConsent>(fields);
        fields.Check("purpose", given?.Purpose is "publication" or "sharing" or "agreement", "publication, sharing or agreement.")
            .Check("agreed", given?.Agreed is not null, "Yes or no.").Check("reference", given?.Reference is { Length: > 0 and <= 100 }, "The reference of the electronic signature.");
        if (fields.Refused is { } refused)
            return ChannelAnswer.No(refused);
        var application = matter.Kind == MatterKind.Application ? await new ApplicationBook(db).Find(matter.RecordId, cancellationToken) : null;
        if (application?.CaseId is not { } caseId)
            return ChannelAnswer.No(Refusal.Of(409, "channel.nothingToSign", "Nothing waits for a signature."));
        if (application.OnBehalf)
            return ChannelAnswer.No(Refusal.Of(409, "channel.notThePerson", "The person signs, or the guardian does at the window; who applied for them does not."));

        var deed = await records.DeedOf(message.By, cancellationToken);
        var done = given!.Purpose switch
        {
            "publication" => await Publication(application.PersonId, given.Agreed!.Value, deed, cancellationToken),
            "sharing" => await Tell(await Orders(db, caseId, cancellationToken), new { decision = given.Agreed!.Value ? "Granted" : "Refused", form = "app", by = message.By }, cancellationToken),
            _ => await Tell(await Agreements(db, caseId, cancellationToken), new { decision = given.Agreed!.Value ? "Signed" : "Refused", signer = "esign:" + given.Reference, by = message.By }, cancellationToken)
        };
        if (!done)
            return ChannelAnswer.No(Refusal.Of(409, "channel.nothingToSign", "Nothing waits for a signature."));
        await records.Change(changing => changing.Audit(AuditTrail.Case(caseId), new AuditDetail("SignedByChannel", new { given.Purpose, given.Agreed, given.Reference, matter.ChannelId }), deed.Step("signed"), cancellationToken), cancellationToken);
        return ChannelAnswer.Of(new TakenConsent(matter.Number, given.Purpose!, given.Agreed!.Value));
    }

    private async Task<ChannelAnswer> Rate(ChannelMessage message, ChannelMatter matter, CancellationToken cancellationToken)
    {
        var fields = new Fields();
        var sent = message.To<SentRating>(fields);
        fields.Check("stars", sent?.Stars is >= 1 and <= 5, "1 to 5.").Check("wording", sent?.Wording is null or { Length: <= 1000 }, "At most 1000 characters.");
        if (fields.Refused is { } refused)
            return ChannelAnswer.No(refused);
        var rating = new ChannelRating
        {
            Id = matter.Id, CountyCode = matter.CountyCode, CreatedAt = await records.Now(cancellationToken), CreatedBy = message.By, ChannelId = matter.ChannelId, Stars = sent!.Stars!.Value, Wording = sent.Wording
        };
        return await records.Change(db => new MatterBook(db).Rate(rating, cancellationToken), cancellationToken)
            ? ChannelAnswer.Of(new TakenRating(matter.Number, rating.Stars))
            : ChannelAnswer.No(Refusal.Of(409, "channel.rated", "This was rated before."));
    }

    private async Task<bool> Publication(string personId, bool agrees, Deed deed, CancellationToken cancellationToken)
    {
        var changed = await records.Change(async db =>
        {
            if (!agrees)
                return await new ConsentBook(db).Withdraw(personId, deed, cancellationToken);
            await new ConsentBook(db).Give(personId, "app", deed, cancellationToken);
            return true;
        }, cancellationToken);
        if (changed)
            await records.Flows.Publish(new EventToPublish(ConsentBook.Changed(personId), null, FlowJson.Of(new { personId }), EventToPublish.Week, "publication:" + deed.Key), cancellationToken);
        return changed;
    }

    // Whoever waits for it hears it; where nobody does, nothing was to be signed.
    private async Task<bool> Tell(IEnumerable<string> events, object said, CancellationToken cancellationToken)
    {
        var heard = 0;
        foreach (var name in events)
            heard += (await records.Flows.Publish(new EventToPublish(name, null, FlowJson.Of(said), TimeSpan.Zero), cancellationToken)).Delivered;
        return heard > 0;
    }

    private static async Task<IReadOnlyList<string>> Orders(ReliefDbContext db, string caseId, CancellationToken cancellationToken) =>
        [.. (await new OrderQueries(db).Of(caseId, cancellationToken)).Select(order => "consent:" + order.Id)];

    private static async Task<IReadOnlyList<string>> Agreements(ReliefDbContext db, string caseId, CancellationToken cancellationToken)
    {
        List<string> waiting = [];
        foreach (var order in await new OrderQueries(db).Of(caseId, cancellationToken))
        {
            if (await new OrderQueries(db).Agreement(order.Id, cancellationToken) is { } agreement)
                waiting.Add($"sign:{agreement.Id}:person");
        }

        return waiting;
    }
}

/// <summary>Papers as a channel hands them in.</summary>
/// <param name="Withdrawn">True when the application is taken back instead.</param>
internal sealed record SentPapers(IReadOnlyList<string>? Papers, bool Withdrawn);

/// <summary>A consent or signature.</summary>
/// <param name="Purpose"><c>publication</c> of a masked name, <c>sharing</c> with who helps, <c>agreement</c> on the service.</param>
/// <param name="Reference">The reference of the electronic signature; the signature itself stays with the channel.</param>
internal sealed record SentConsent(string? Purpose, bool? Agreed, string? Reference);

/// <summary>What a user thinks of how a matter was dealt with.</summary>
internal sealed record SentRating(int? Stars, string? Wording);

/// <summary>What is still missing after a parcel.</summary>
internal sealed record StillMissing(string Number, IReadOnlyList<string> Missing);

/// <summary>A consent that was taken down.</summary>
internal sealed record TakenConsent(string Number, string Purpose, bool Agreed);

/// <summary>A rating that was kept.</summary>
internal sealed record TakenRating(string Number, int Stars);
