using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Audit;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Adapters;

/// <summary>Keeps what goes to outside systems and what became of it; what has ended never changes again (the database holds it too).</summary>
public sealed class ExchangeBook(ReliefDbContext context)
{
    /// <summary>The procedure that carries an exchange to its end.</summary>
    public const string Procedure = "procedure.exchange";

    private const int MostShown = 500;

    /// <summary>The chain of an exchange.</summary>
    public static string Chain(string id) => "exchange:" + id;

    /// <summary>The id of the exchange that a key has opened.</summary>
    public static string IdOf(string key) => InstanceIds.Of("exchange:" + key).ToString("N");

    /// <summary>Keeps an exchange once per key.</summary>
    public async Task<Exchange> Open(ExchangeEntry entry, Deed deed, CancellationToken cancellationToken)
    {
        var id = IdOf(deed.Key);
        await context.LockWord(Chain(id), cancellationToken);
        if (await Find(id, cancellationToken) is { } known)
            return known;
        entry.Body.Remove("requestId");
        entry.Body.Remove("hash");
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(entry.Body.ToJsonString(FlowJson.Options))));
        entry.Body["hash"] = hash;
        entry.Body["requestId"] = id;
        var exchange = new Exchange
        {
            Id = id, CountyCode = entry.CountyCode, CreatedAt = deed.At, CreatedBy = deed.By, Adapter = entry.Adapter, Operation = entry.Operation, Subject = entry.Subject, PersonId = entry.PersonId,
            CaseId = entry.CaseId, AgreementId = entry.AgreementId, LegalBasis = entry.LegalBasis, Path = entry.Path, Body = entry.Body.ToJsonString(FlowJson.Options), ContentHash = hash, IsMirror = entry.IsMirror,
            DueAt = entry.DueAt, Status = ExchangeStatus.Waiting
        };
        await context.Insert(exchange, cancellationToken);
        await context.Audit(Chain(id), new AuditDetail("ExchangeDecided", new { exchange.Adapter, exchange.Operation, exchange.Subject, exchange.LegalBasis, exchange.AgreementId }), deed, cancellationToken);
        return exchange;
    }

    /// <summary>Keeps an exchange and begins the procedure that carries it to its end, with the commit that decided it.</summary>
    public async Task<Message> Send(ExchangeEntry entry, Deed deed, CancellationToken cancellationToken) => Message.Of(StartOf((await Open(entry, deed, cancellationToken)).Id));

    /// <summary>An exchange, or none.</summary>
    public Task<Exchange?> Find(string id, CancellationToken cancellationToken) => context.Set<Exchange>().FirstOrDefaultAsync(row => row.Id == id, cancellationToken);

    /// <summary>An exchange that must be there.</summary>
    public async Task<Exchange> Get(string id, CancellationToken cancellationToken) =>
        await Find(id, cancellationToken) ?? throw new InvalidOperationException($"There is no exchange {id}.");

    /// <summary>Says what became of an exchange; false when that was said before and holds.</summary>
    public async Task<bool> Settle(string id, ExchangeEnd end, Deed deed, CancellationToken cancellationToken)
    {
        await context.Lock<Exchange>(id, cancellationToken);
        var exchange = await Get(id, cancellationToken);
        if (!MayBecome(exchange.Status, end.Status))
            return false;
        await context.Replace(exchange with
        {
            Status = end.Status, ReplyStatus = end.ReplyStatus ?? exchange.ReplyStatus, Answer = end.Answer is { ValueKind: not JsonValueKind.Undefined } answer ? answer.GetRawText() : exchange.Answer,
            Reason = end.Reason, Proof = end.Proof, SettledBy = end.Status == ExchangeStatus.Waiting ? null : deed.By, SettledAt = end.Status == ExchangeStatus.Waiting ? null : deed.At
        }, cancellationToken);
        await context.Audit(Chain(id), new AuditDetail("Exchange" + end.Status, new { end.ReplyStatus, end.Reason, end.Proof }), deed, cancellationToken);
        return true;
    }

    /// <summary>The exchanges with a system about a case, newest first.</summary>
    public async Task<IReadOnlyList<Exchange>> About(string adapter, string caseId, CancellationToken cancellationToken) =>
        await context.Set<Exchange>().Where(row => row.Adapter == adapter && row.CaseId == caseId).OrderByDescending(row => row.CreatedAt).ThenBy(row => row.Id).ToListAsync(cancellationToken);

    /// <summary>A county's exchanges, newest first: with one system, or about one person, when asked.</summary>
    public async Task<IReadOnlyList<Exchange>> Of(string countyCode, string? adapter, string? personId, CancellationToken cancellationToken) =>
        await context.Set<Exchange>().Where(row => row.CountyCode == countyCode && (adapter == null || row.Adapter == adapter) && (personId == null || row.PersonId == personId))
            .OrderByDescending(row => row.CreatedAt).ThenBy(row => row.Id).Take(MostShown).ToListAsync(cancellationToken);

    /// <summary>When something was last shared by each of these agreements; those by which nothing was are not there.</summary>
    public async Task<IReadOnlyDictionary<string, DateTimeOffset>> LastBy(IReadOnlyList<string> agreementIds, CancellationToken cancellationToken) =>
        await context.Set<Exchange>().Where(row => row.AgreementId != null && agreementIds.Contains(row.AgreementId)).GroupBy(row => row.AgreementId!)
            .Select(group => new { group.Key, Last = group.Max(row => row.CreatedAt) }).ToDictionaryAsync(group => group.Key, group => group.Last, cancellationToken);

    /// <summary>The start of the procedure that carries an exchange to its end.</summary>
    public static ChildStart StartOf(string exchangeId) => new(InstanceIds.Of(Chain(exchangeId)), Procedure, FlowJson.Of(new { exchangeId }), Chain(exchangeId), Chain(exchangeId));

    // What failed is seen to by people, or sent again by them; all else has ended.
    private static bool MayBecome(ExchangeStatus from, ExchangeStatus to) => from switch
    {
        ExchangeStatus.Waiting => to is not (ExchangeStatus.Waiting or ExchangeStatus.ByHand or ExchangeStatus.Abandoned),
        ExchangeStatus.Refused or ExchangeStatus.Unreachable => to is ExchangeStatus.Waiting or ExchangeStatus.ByHand or ExchangeStatus.Abandoned or ExchangeStatus.Withheld,
        _ => false
    };
}
