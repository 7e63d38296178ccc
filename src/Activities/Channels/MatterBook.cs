using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Cases;

namespace Relief.Flow.Activities.Channels;

/// <summary>Keeps what channels have started, and what their users think of it.</summary>
public sealed class MatterBook(ReliefDbContext context)
{
    /// <summary>The matter of a channel's number.</summary>
    public static string IdOf(string channelId, string number) => $"{channelId}:{number}";

    /// <summary>The matter that a channel started under a number; none when it did not.</summary>
    public Task<ChannelMatter?> Find(string channelId, string number, CancellationToken cancellationToken) => Get(IdOf(channelId, number), cancellationToken);

    /// <summary>A matter by its id, or none.</summary>
    public Task<ChannelMatter?> Get(string id, CancellationToken cancellationToken) => context.Set<ChannelMatter>().FirstOrDefaultAsync(row => row.Id == id, cancellationToken);

    /// <summary>Keeps a matter once; the one that is there is the answer.</summary>
    public async Task<ChannelMatter> Begin(ChannelMatter matter, CancellationToken cancellationToken)
    {
        await context.LockWord("matter:" + matter.Id, cancellationToken);
        if (await Get(matter.Id, cancellationToken) is { } known)
            return known;
        await context.Insert(matter, cancellationToken);
        return matter;
    }

    /// <summary>Applications of these channels whose state is another than the channel was told, the oldest first.</summary>
    public async Task<IReadOnlyList<ChannelMatter>> News(IReadOnlyList<string> channels, int most, CancellationToken cancellationToken) =>
        await (from matter in context.Set<ChannelMatter>()
               where !matter.Ended && matter.Kind == MatterKind.Application && channels.Contains(matter.ChannelId)
               join application in context.Set<Application>() on matter.RecordId equals application.Id
               join found in context.Set<Case>() on application.CaseId equals found.Id into cases
               from one in cases.DefaultIfEmpty()
               where matter.ToldApplication != application.Status || matter.ToldCase != (one == null ? null : (CaseStatus?)one.Status)
               orderby matter.CreatedAt
               select matter).Take(most).ToListAsync(cancellationToken);

    /// <summary>Notes that the channel is being told how the matter stands now; null when somebody else has noted it.</summary>
    public async Task<ChannelMatter?> Telling(ChannelMatter seen, CancellationToken cancellationToken)
    {
        await context.Lock<ChannelMatter>(seen.Id, cancellationToken);
        if (await Get(seen.Id, cancellationToken) is not { } matter || matter.Tellings != seen.Tellings)
            return null;
        var application = await context.Set<Application>().SingleAsync(row => row.Id == matter.RecordId, cancellationToken);
        var found = application.CaseId is { } caseId ? await context.Set<Case>().SingleAsync(row => row.Id == caseId, cancellationToken) : null;
        var told = matter with
        {
            ToldApplication = application.Status, ToldCase = found?.Status, Tellings = matter.Tellings + 1,
            Ended = found is { Status: CaseStatus.Closed } || application.Status is ApplicationStatus.NotAccepted or ApplicationStatus.Withdrawn
        };
        await context.Replace(told, cancellationToken);
        return told;
    }

    /// <summary>Keeps a rating; false when the matter was rated otherwise before.</summary>
    public async Task<bool> Rate(ChannelRating rating, CancellationToken cancellationToken)
    {
        await context.LockWord("rating:" + rating.Id, cancellationToken);
        if (await context.Set<ChannelRating>().FirstOrDefaultAsync(row => row.Id == rating.Id, cancellationToken) is { } known)
            return known.Stars == rating.Stars && known.Wording == rating.Wording;
        await context.Insert(rating, cancellationToken);
        return true;
    }

    /// <summary>How users rated each channel of a county: count and mean, reckoned from the ratings.</summary>
    public async Task<IReadOnlyList<RatedChannel>> Ratings(string countyCode, CancellationToken cancellationToken)
    {
        var rows = await context.Set<ChannelRating>().Where(row => row.CountyCode == countyCode).GroupBy(row => row.ChannelId)
            .Select(group => new { group.Key, Count = group.Count(), Sum = group.Sum(row => row.Stars) }).ToListAsync(cancellationToken);
        return [.. rows.OrderBy(row => row.Key, StringComparer.Ordinal).Select(row => new RatedChannel(row.Key, row.Count, decimal.Round((decimal)row.Sum / row.Count, 2)))];
    }
}

/// <summary>How a channel is rated.</summary>
/// <param name="Stars">The mean, 1 to 5.</param>
public sealed record RatedChannel(string ChannelId, int Count, decimal Stars);
