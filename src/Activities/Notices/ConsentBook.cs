using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Audit;
using Relief.Flow.Activities.People;

namespace Relief.Flow.Activities.Notices;

/// <summary>Takes down and takes back consents to a name on the public sheet; one stands per person, all of them are kept (P13).</summary>
public sealed class ConsentBook(ReliefDbContext context)
{
    /// <summary>The event that a person's consent was given or taken back: what hangs is renewed.</summary>
    public static string Changed(string personId) => "publication:" + personId;

    /// <summary>The consent that stands; null when none does.</summary>
    public Task<PublicationConsent?> Of(string personId, CancellationToken cancellationToken) =>
        context.Set<PublicationConsent>().FirstOrDefaultAsync(row => row.PersonId == personId && row.WithdrawnAt == null, cancellationToken);

    /// <summary>Takes a consent down; one that stands already is the answer.</summary>
    public async Task<PublicationConsent> Give(string personId, string form, Deed deed, CancellationToken cancellationToken)
    {
        await context.Lock<Person>(personId, cancellationToken);
        if (await Of(personId, cancellationToken) is { } standing)
            return standing;

        var person = await context.Set<Person>().SingleAsync(row => row.Id == personId, cancellationToken);
        var given = new PublicationConsent { Id = deed.NewId(), CountyCode = person.CountyCode, CreatedAt = deed.At, CreatedBy = deed.By, PersonId = personId, Form = form };
        await context.Insert(given, cancellationToken);
        await context.Audit("person:" + personId, new AuditDetail("PublicationConsented", new { given.Id, form }), deed, cancellationToken);
        return given;
    }

    /// <summary>Takes it back; false when none stands.</summary>
    public async Task<bool> Withdraw(string personId, Deed deed, CancellationToken cancellationToken)
    {
        await context.Lock<Person>(personId, cancellationToken);
        if (await Of(personId, cancellationToken) is not { } standing)
            return false;

        // What shows the name goes first: no sheet shows a name without a consent, not for a moment.
        foreach (var notice in await context.Set<NoticeRecord>().Where(row => row.PersonId == personId && row.ShownName != null && (row.Status == NoticeStatus.Prepared || row.Status == NoticeStatus.Posted)).ToListAsync(cancellationToken))
            await new NoticeBook(context).Withdraw(notice.Id, "consent", deed, cancellationToken);
        await context.Replace(standing with { WithdrawnAt = deed.At }, cancellationToken);
        await context.Audit("person:" + personId, new AuditDetail("PublicationWithdrawn", new { standing.Id }), deed, cancellationToken);
        return true;
    }
}
