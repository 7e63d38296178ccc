using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Audit;
using Relief.Flow.Activities.Discoveries;
using Relief.Flow.Activities.People;

namespace Relief.Flow.Activities.Entrants;

/// <summary>Keeps who was newly included in a month and what came of each contact (A31, INV-23).</summary>
public sealed class EntrantBook(ReliefDbContext context)
{
    /// <summary>The chain of a list.</summary>
    public static string Chain(string listId) => "entrants:" + listId;

    /// <summary>The event that says that the last of a list has an outcome.</summary>
    public static string Settled(string listId) => $"entrants:{listId}:settled";

    /// <summary>A list, or none.</summary>
    public Task<EntrantList?> Find(string id, CancellationToken cancellationToken) => context.Set<EntrantList>().FirstOrDefaultAsync(row => row.Id == id, cancellationToken);

    /// <summary>Somebody of a list who must be there.</summary>
    public Task<Entrant> Get(string id, CancellationToken cancellationToken) => context.Set<Entrant>().SingleAsync(row => row.Id == id, cancellationToken);

    /// <summary>A county's lists, newest month first.</summary>
    public async Task<IReadOnlyList<EntrantList>> Of(string countyCode, CancellationToken cancellationToken) =>
        await context.Set<EntrantList>().Where(row => row.CountyCode == countyCode).OrderByDescending(row => row.Month).ToListAsync(cancellationToken);

    /// <summary>Who stands on a list, by village and id.</summary>
    public async Task<IReadOnlyList<Entrant>> People(string listId, CancellationToken cancellationToken) =>
        await context.Set<Entrant>().Where(row => row.EntrantsId == listId).OrderBy(row => row.AreaCode).ThenBy(row => row.Id).ToListAsync(cancellationToken);

    /// <summary>Draws a county's list up once, from the dated identities; how many stand on it.</summary>
    public async Task<int> Draw(string countyCode, DateOnly month, Deed deed, CancellationToken cancellationToken)
    {
        var text = month.ToString("yyyy-MM", CultureInfo.InvariantCulture);
        var id = EntrantList.IdOf(countyCode, text);
        await context.LockWord(Chain(id), cancellationToken);
        if (await Find(id, cancellationToken) is null)
        {
            await context.Insert(new EntrantList { Id = id, CountyCode = countyCode, CreatedAt = deed.At, CreatedBy = deed.By, Month = text, Status = EntrantListStatus.Open }, cancellationToken);
            var included = await new RecipientQueries(context).Included(countyCode, (month, month.AddMonths(1).AddDays(-1)), cancellationToken);
            await context.InsertAll([.. included.Select(span => new Entrant
            {
                Id = $"{id}-{span.PersonId}", CountyCode = countyCode, CreatedAt = deed.At, CreatedBy = deed.By, AreaCode = span.Village, EntrantsId = id, PersonId = span.PersonId, IncludedOn = span.From
            })], cancellationToken);
            await context.Audit(Chain(id), new AuditDetail("EntrantsListed", new { people = included.Count }), deed, cancellationToken);
        }

        return await context.Set<Entrant>().CountAsync(row => row.EntrantsId == id, cancellationToken);
    }

    /// <summary>The next whose follow-up was not begun, marked as begun now.</summary>
    public async Task<IReadOnlyList<Entrant>> Follow(string listId, int most, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var next = await context.Set<Entrant>().Where(row => row.EntrantsId == listId && row.FollowedAt == null).OrderBy(row => row.Id).Take(most).ToListAsync(cancellationToken);
        foreach (var one in next)
            await context.Replace(one with { FollowedAt = now }, cancellationToken);
        return next;
    }

    /// <summary>Keeps what came of a contact, once; who wants help is a discovery. True when it was the last of the list.</summary>
    public async Task<(bool IsLast, Discovery? Found)> Settle(string id, EntrantOutcome outcome, (string Note, DiscoveryRisk Risk) said, Deed deed, CancellationToken cancellationToken)
    {
        var entrant = await Get(id, cancellationToken);
        await context.Lock<EntrantList>(entrant.EntrantsId, cancellationToken);
        entrant = await Get(id, cancellationToken);
        Discovery? found = null;
        if (entrant.Outcome is null)
        {
            found = outcome != EntrantOutcome.HasNeed ? null : await new DiscoveryBook(context).Register(new Discovery
            {
                Id = deed.Key, CountyCode = entrant.CountyCode, CreatedAt = deed.At, CreatedBy = deed.By, AreaCode = entrant.AreaCode, Origin = DiscoveryOrigin.Report, OriginId = "entrant:" + id,
                PersonId = entrant.PersonId, Seen = said.Note, Risk = said.Risk
            }, deed, cancellationToken);
            entrant = entrant with { Outcome = outcome, Note = said.Note, DecidedBy = deed.By, DecidedAt = deed.At, DiscoveryId = found?.Id };
            await context.Replace(entrant, cancellationToken);
            await context.Audit(Chain(entrant.EntrantsId), new AuditDetail("EntrantSettled", new { entrant.PersonId, outcome, entrant.DiscoveryId }), deed, cancellationToken);
        }

        return (!await context.Set<Entrant>().AnyAsync(row => row.EntrantsId == entrant.EntrantsId && row.Outcome == null, cancellationToken), found);
    }

    /// <summary>Closes a list when everybody has an outcome; false while somebody has none.</summary>
    public async Task<bool> Close(string listId, Deed deed, CancellationToken cancellationToken)
    {
        await context.Lock<EntrantList>(listId, cancellationToken);
        var list = (await Find(listId, cancellationToken))!;
        if (list.Status == EntrantListStatus.Closed)
            return true;
        if (await context.Set<Entrant>().AnyAsync(row => row.EntrantsId == listId && row.Outcome == null, cancellationToken))
            return false;
        await context.Replace(list with { Status = EntrantListStatus.Closed, ClosedAt = deed.At }, cancellationToken);
        await context.Audit(Chain(listId), new AuditDetail("EntrantsClosed"), deed, cancellationToken);
        return true;
    }
}
