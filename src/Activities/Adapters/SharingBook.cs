using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Audit;
using Relief.Flow.Activities.Calendar;

namespace Relief.Flow.Activities.Adapters;

/// <summary>Agreements on sharing, consents to it, and whether something may leave by them (S23, E20).</summary>
/// <remarks>The database refuses an exchange without an agreement that holds, or without the consent that it asks for.</remarks>
public sealed class SharingBook(ReliefDbContext context)
{
    /// <summary>The operation of an exchange that rests on an agreement.</summary>
    public const string Share = nameof(Share);

    /// <summary>Keeps an agreement once per key.</summary>
    public async Task<SharingAgreement> Agree(SharingAgreement agreement, Deed deed, CancellationToken cancellationToken)
    {
        await context.LockWord("sharing:" + agreement.Id, cancellationToken);
        if (await Find(agreement.Id, cancellationToken) is { } known)
            return known;
        await context.Insert(agreement, cancellationToken);
        await context.Audit("sharing:" + agreement.Id, new AuditDetail("SharingAgreed", new { agreement.Partner, agreement.Purpose, agreement.LegalBasis, agreement.ValidTo }), deed, cancellationToken);
        return agreement;
    }

    /// <summary>An agreement, or none.</summary>
    public Task<SharingAgreement?> Find(string id, CancellationToken cancellationToken) => context.Set<SharingAgreement>().FirstOrDefaultAsync(row => row.Id == id, cancellationToken);

    /// <summary>A county's agreements, newest first.</summary>
    public async Task<IReadOnlyList<SharingAgreement>> Of(string countyCode, CancellationToken cancellationToken) =>
        await context.Set<SharingAgreement>().Where(row => row.CountyCode == countyCode).OrderByDescending(row => row.CreatedAt).ThenBy(row => row.Id).ToListAsync(cancellationToken);

    /// <summary>Ends an agreement before its time; false when it has ended.</summary>
    public async Task<bool> End(string id, Deed deed, CancellationToken cancellationToken)
    {
        await context.Lock<SharingAgreement>(id, cancellationToken);
        if (await Find(id, cancellationToken) is not { EndedAt: null } agreement)
            return false;
        await context.Replace(agreement with { EndedAt = deed.At, EndedBy = deed.By }, cancellationToken);
        await context.Audit("sharing:" + id, new AuditDetail("SharingEnded", new { agreement.Partner }), deed, cancellationToken);
        return true;
    }

    /// <summary>The consent that stands, or none.</summary>
    public Task<SharingConsent?> Consent(string personId, string partner, CancellationToken cancellationToken) =>
        context.Set<SharingConsent>().FirstOrDefaultAsync(row => row.PersonId == personId && row.Partner == partner && row.WithdrawnAt == null, cancellationToken);

    /// <summary>Keeps a consent; the one that stands already is returned.</summary>
    public async Task<SharingConsent> Give(SharingConsent consent, Deed deed, CancellationToken cancellationToken)
    {
        await context.LockWord($"sharing:{consent.PersonId}:{consent.Partner}", cancellationToken);
        if (await Consent(consent.PersonId, consent.Partner, cancellationToken) is { } known)
            return known;
        await context.Insert(consent, cancellationToken);
        await context.Audit("person:" + consent.PersonId, new AuditDetail("SharingConsented", new { consent.Partner, consent.Form }), deed, cancellationToken);
        return consent;
    }

    /// <summary>Takes a consent back: what has not been taken by then is withheld at once (E20). The exchanges that this stops; null when none stood.</summary>
    public async Task<IReadOnlyList<string>?> Withdraw(string personId, string partner, Deed deed, CancellationToken cancellationToken)
    {
        await context.LockWord($"sharing:{personId}:{partner}", cancellationToken);
        if (await Consent(personId, partner, cancellationToken) is not { } consent)
            return null;
        await context.Replace(consent with { WithdrawnAt = deed.At }, cancellationToken);
        await context.Audit("person:" + personId, new AuditDetail("SharingWithdrawn", new { partner }), deed, cancellationToken);
        var resting = await (from exchange in context.Set<Exchange>()
                             join agreement in context.Set<SharingAgreement>() on exchange.AgreementId equals agreement.Id
                             where exchange.PersonId == personId && exchange.Adapter == partner && agreement.NeedsConsent
                                 && (exchange.Status == ExchangeStatus.Waiting || exchange.Status == ExchangeStatus.Refused || exchange.Status == ExchangeStatus.Unreachable)
                             orderby exchange.Id
                             select exchange.Id).ToListAsync(cancellationToken);
        foreach (var id in resting)
            await new ExchangeBook(context).Settle(id, new ExchangeEnd(ExchangeStatus.Withheld) { Reason = "consentWithdrawn" }, deed.Step(id), cancellationToken);
        return resting;
    }

    /// <summary>Why an exchange may not leave now: noAgreement, agreementEnded or noConsent; null when it may.</summary>
    public async Task<string?> Forbids(Exchange exchange, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (exchange.Operation != Share)
            return null;   // a law provides for it, and names it
        return await Find(exchange.AgreementId ?? "", cancellationToken) is { } agreement ? await Forbids(agreement, exchange.PersonId, now, cancellationToken) : "noAgreement";
    }

    /// <summary>Why nothing of a person may be shared by an agreement now; null when it may.</summary>
    public async Task<string?> Forbids(SharingAgreement agreement, string? personId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (agreement.StateOn(ChinaTime.DayOf(now)) != AgreementState.InForce)
            return "agreementEnded";
        return agreement.NeedsConsent && (personId is null || await Consent(personId, agreement.Partner, cancellationToken) is null) ? "noConsent" : null;
    }
}
