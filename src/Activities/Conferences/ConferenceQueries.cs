using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Audit;
using Relief.Flow.Activities.Parameters;
using Relief.Flow.Activities.Calendar;

namespace Relief.Flow.Activities.Conferences;

/// <summary>Reads conferences, their votes and what came of them.</summary>
public sealed class ConferenceQueries(ReliefDbContext context)
{
    /// <summary>A conference, or none.</summary>
    public Task<Conference?> Find(string id, CancellationToken cancellationToken) => context.Set<Conference>().FirstOrDefaultAsync(row => row.Id == id, cancellationToken);

    /// <summary>A county's conferences, newest first; only those that are not over when asked.</summary>
    public async Task<IReadOnlyList<Conference>> Of(string countyCode, bool isOpen, CancellationToken cancellationToken) => await context.Set<Conference>()
        .Where(row => row.CountyCode == countyCode && (!isOpen || (row.Status != ConferenceStatus.Closed && row.Status != ConferenceStatus.Refused && row.Status != ConferenceStatus.Failed)))
        .OrderByDescending(row => row.CreatedAt).ThenBy(row => row.Id).ToListAsync(cancellationToken);

    /// <summary>Whether a conference about a case has been asked for and has come to no end.</summary>
    public Task<bool> IsDiscussed(string caseId, CancellationToken cancellationToken) => context.Set<Conference>()
        .AnyAsync(row => row.CaseId == caseId && (row.Status == ConferenceStatus.Asked || row.Status == ConferenceStatus.Admitted), cancellationToken);

    /// <summary>What earlier conferences have left for others to learn from, newest first.</summary>
    public async Task<IReadOnlyList<Conference>> Precedents(string countyCode, ConferenceSituation? situation, CancellationToken cancellationToken) => await context.Set<Conference>()
        .Where(row => row.CountyCode == countyCode && row.Precedent != null && (situation == null || row.Situation == situation)).OrderByDescending(row => row.ClosedAt).ThenBy(row => row.Id).ToListAsync(cancellationToken);

    /// <summary>A conference with all that was said, voted and done, or none.</summary>
    public async Task<ConferenceView?> View(string id, CancellationToken cancellationToken)
    {
        if (await Find(id, cancellationToken) is not { } conference)
            return null;
        return new ConferenceView(conference,
            await context.Set<ConferenceUnit>().Where(row => row.ConferenceId == id).OrderBy(row => row.Level).ThenBy(row => row.UnitCode).ToListAsync(cancellationToken),
            await context.Set<UnitOpinion>().Where(row => row.ConferenceId == id).OrderBy(row => row.Convening).ThenBy(row => row.UnitCode).ToListAsync(cancellationToken),
            await context.Set<UnitVote>().Where(row => row.ConferenceId == id).OrderBy(row => row.Round).ThenBy(row => row.UnitCode).ToListAsync(cancellationToken),
            await Measures(id, cancellationToken),
            await Tally(conference, cancellationToken));
    }

    /// <summary>The units invited at the conference's level, by code.</summary>
    public async Task<IReadOnlyList<string>> Invited(Conference conference, CancellationToken cancellationToken) => await context.Set<ConferenceUnit>()
        .Where(row => row.ConferenceId == conference.Id && row.Level == conference.Level).OrderBy(row => row.UnitCode).Select(row => row.UnitCode).ToListAsync(cancellationToken);

    /// <summary>What the units said at the present convening, by code.</summary>
    public async Task<IReadOnlyList<UnitOpinion>> Opinions(Conference conference, CancellationToken cancellationToken) => await context.Set<UnitOpinion>()
        .Where(row => row.ConferenceId == conference.Id && row.Convening == conference.Convening).OrderBy(row => row.UnitCode).ToListAsync(cancellationToken);

    /// <summary>The measures of a conference, in the order of the resolution.</summary>
    public async Task<IReadOnlyList<ConferenceMeasure>> Measures(string id, CancellationToken cancellationToken) =>
        await context.Set<ConferenceMeasure>().Where(row => row.ConferenceId == id).OrderBy(row => row.Id).ToListAsync(cancellationToken);

    /// <summary>How many rounds of votes the present convening has held.</summary>
    public Task<int> RoundsOf(Conference conference, CancellationToken cancellationToken) => context.Set<UnitVote>()
        .Where(row => row.ConferenceId == conference.Id && row.Convening == conference.Convening).Select(row => row.Round).Distinct().CountAsync(cancellationToken);

    /// <summary>How the present round stands.</summary>
    public async Task<Tally> Tally(Conference conference, CancellationToken cancellationToken)
    {
        var day = ChinaTime.DayOf(conference.CreatedAt);
        var parameters = new ParameterQueries(context);
        var invited = await Invited(conference, cancellationToken);
        var present = (await Opinions(conference, cancellationToken)).Count(opinion => opinion is { Present: true, Conflict: false });
        var votes = await context.Set<UnitVote>().Where(row => row.ConferenceId == conference.Id && row.Round == conference.Round).Select(row => row.Ballot).ToListAsync(cancellationToken);
        var quorum = Conferences.Tally.QuorumOf(await parameters.Number("conference.quorum", conference.CountyCode, day, cancellationToken), invited.Count);
        return new Tally(invited.Count, quorum, present, votes.Count(vote => vote == Ballot.Yes), votes.Count(vote => vote == Ballot.No), votes.Count(vote => vote == Ballot.Abstain))
        {
            Pass = await parameters.Number("conference.pass", conference.CountyCode, day, cancellationToken), Rule = conference.Rule
        };
    }

    /// <summary>The hash over all that was said, voted and resolved.</summary>
    internal async Task<string> MinutesHash(string id, CancellationToken cancellationToken)
    {
        var view = (await View(id, cancellationToken))!;
        IEnumerable<object?> said = view.Opinions.SelectMany(one => new object?[] { one.Convening, one.UnitCode, one.Present, one.Conflict, one.Policy, one.UpTo, one.CreatedBy });
        IEnumerable<object?> voted = view.Votes.SelectMany(one => new object?[] { one.Round, one.UnitCode, one.Ballot, one.CreatedBy, one.CreatedAt.ToUnixTimeMilliseconds() });
        IEnumerable<object?> resolved = view.Measures.SelectMany(one => new object?[] { one.UnitCode, one.What, one.Amount, one.DueAt.ToUnixTimeMilliseconds() });
        return AuditTrail.Chain(id, [.. said, .. voted, .. resolved]);
    }
}

/// <summary>A conference as it is looked at.</summary>
public sealed record ConferenceView(
    Conference Conference, IReadOnlyList<ConferenceUnit> Units, IReadOnlyList<UnitOpinion> Opinions, IReadOnlyList<UnitVote> Votes, IReadOnlyList<ConferenceMeasure> Measures, Tally Tally);
