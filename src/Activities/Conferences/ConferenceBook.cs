using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Audit;
using Relief.Flow.Activities.Cases;

namespace Relief.Flow.Activities.Conferences;

/// <summary>Keeps conferences: every step stands in the conference's own audit trail, and what was said and voted is never changed (INV-22).</summary>
public sealed class ConferenceBook(ReliefDbContext context)
{
    /// <summary>Keeps what is asked, once per id; a case's conference begins at the district, which is where a review escalates to (提级复审).</summary>
    public async Task<Conference> Ask(AskedConference asked, Deed deed, CancellationToken cancellationToken)
    {
        await context.LockWord("conference:" + asked.Id, cancellationToken);
        if (await new ConferenceQueries(context).Find(asked.Id, cancellationToken) is { } known)
            return known;
        var county = asked.CaseId is { } caseId ? await context.Set<Case>().Where(row => row.Id == caseId).Select(row => row.CountyCode).SingleAsync(cancellationToken) : asked.CountyCode!;
        var conference = new Conference
        {
            Id = asked.Id, CountyCode = county, CreatedAt = deed.At, CreatedBy = deed.By, CaseId = asked.CaseId, Situation = asked.Situation, AskedBecause = asked.Because,
            Level = ConferenceLevel.District, Rule = VoteRule.Majority, Urgent = false, Status = ConferenceStatus.Asked
        };
        await context.Insert(conference, cancellationToken);
        await Audit(conference, "ConferenceAsked", new { asked.CaseId, asked.Situation }, deed, cancellationToken);
        return conference;
    }

    /// <summary>Admits it at a level with its units; or again, after it went a level up.</summary>
    public async Task Admit(string id, Admission admission, Deed deed, CancellationToken cancellationToken)
    {
        var conference = await Change(id, row => row with
        {
            Status = ConferenceStatus.Admitted, Level = admission.Level, Rule = admission.Rule, Urgent = admission.Urgent, Situation = admission.Situation
        }, cancellationToken);
        await context.InsertAll([.. admission.Units.Select(unit => new ConferenceUnit
        {
            Id = $"{id}-{admission.Level}-{unit}", CountyCode = conference.CountyCode, CreatedAt = deed.At, CreatedBy = deed.By, ConferenceId = id, Level = admission.Level, UnitCode = unit
        })], cancellationToken);
        await Audit(conference, "ConferenceAdmitted", new { admission.Level, admission.Rule, admission.Units }, deed, cancellationToken);
    }

    /// <summary>Invites the units once more: the next convening.</summary>
    public async Task<Conference> Convene(string id, Deed deed, CancellationToken cancellationToken)
    {
        var conference = await Change(id, row => row with { Convening = row.Convening + 1 }, cancellationToken);
        await Audit(conference, "ConferenceConvened", new { conference.Convening }, deed, cancellationToken);
        return conference;
    }

    /// <summary>Keeps what a unit says, once per convening.</summary>
    public async Task Say(UnitOpinion opinion, Deed deed, CancellationToken cancellationToken)
    {
        await context.Insert(opinion, cancellationToken);
        await context.Audit(Conference.Chain(opinion.ConferenceId), new AuditDetail(opinion.Present ? "UnitPresent" : "UnitAbsent", new { opinion.UnitCode, opinion.Conflict, opinion.UpTo }), deed, cancellationToken);
    }

    /// <summary>Opens the next round of votes.</summary>
    public async Task<Conference> OpenRound(string id, Deed deed, CancellationToken cancellationToken)
    {
        var conference = await Change(id, row => row with { Round = row.Round + 1 }, cancellationToken);
        await Audit(conference, "VoteOpened", new { conference.Round }, deed, cancellationToken);
        return conference;
    }

    /// <summary>Casts a unit's vote in the present round. A second one is refused, whatever it says: false.</summary>
    public async Task<bool> Cast(Conference conference, (string Unit, Ballot Ballot, string? Proxy) vote, Deed deed, CancellationToken cancellationToken)
    {
        await context.Lock<Conference>(conference.Id, cancellationToken);
        if (await context.Set<UnitVote>().AnyAsync(row => row.ConferenceId == conference.Id && row.Round == conference.Round && row.UnitCode == vote.Unit, cancellationToken))
            return false;
        await context.Insert(new UnitVote
        {
            Id = $"{conference.Id}-{conference.Round}-{vote.Unit}", CountyCode = conference.CountyCode, CreatedAt = deed.At, CreatedBy = deed.By, ConferenceId = conference.Id,
            Convening = conference.Convening, Round = conference.Round, UnitCode = vote.Unit, Ballot = vote.Ballot, Proxy = vote.Proxy
        }, cancellationToken);
        await Audit(conference, "UnitVoted", new { vote.Unit, vote.Ballot, conference.Round }, deed, cancellationToken);
        return true;
    }

    /// <summary>Ends the discussion: Passed, Failed or Refused.</summary>
    public async Task Decide(string id, ConferenceStatus status, string? reason, Deed deed, CancellationToken cancellationToken)
    {
        var conference = await Change(id, row => row with { Status = status, Reason = reason ?? row.Reason, DecidedBy = deed.By, DecidedAt = deed.At }, cancellationToken);
        await Audit(conference, "Conference" + status, new { reason, conference.Round }, deed, cancellationToken);
    }

    /// <summary>Goes a level up; false at the city, above which there is none.</summary>
    public async Task<bool> Raise(string id, string reason, Deed deed, CancellationToken cancellationToken)
    {
        if ((await new ConferenceQueries(context).Find(id, cancellationToken))!.Level == ConferenceLevel.City)
            return false;
        var conference = await Change(id, row => row with { Level = row.Level + 1, SinceConvening = row.Convening, Status = ConferenceStatus.Asked, DecidedAt = null, DecidedBy = null }, cancellationToken);
        await Audit(conference, "ConferenceRaised", new { conference.Level, reason }, deed, cancellationToken);
        return true;
    }

    /// <summary>Seals the minutes: from here on their hash stands.</summary>
    public async Task Seal(string id, Deed deed, CancellationToken cancellationToken)
    {
        var hash = await new ConferenceQueries(context).MinutesHash(id, cancellationToken);
        await Audit(await Change(id, row => row with { MinutesHash = row.MinutesHash ?? hash }, cancellationToken), "MinutesSealed", new { hash }, deed, cancellationToken);
    }

    /// <summary>A measure has ended, or its day has passed; one that has ended stays so: false then.</summary>
    public async Task<bool> Follow(ConferenceMeasure measure, MeasureStatus status, string? result, Deed deed, CancellationToken cancellationToken)
    {
        var now = await context.Locked<ConferenceMeasure>(measure.Id).SingleAsync(cancellationToken);
        if (now.Status is MeasureStatus.Done or MeasureStatus.Failed || now.Status == status)
            return false;
        var hasEnded = status is MeasureStatus.Done or MeasureStatus.Failed;
        await context.Replace(now with { Status = status, Result = result, EndedAt = hasEnded ? deed.At : null, EndedBy = hasEnded ? deed.By : null }, cancellationToken);
        await context.Audit(Conference.Chain(measure.ConferenceId), new AuditDetail("Measure" + status, new { measure.Id, measure.UnitCode, result }), deed, cancellationToken);
        return true;
    }

    /// <summary>Closes it, with what others may learn from it.</summary>
    public async Task Close(string id, string? precedent, Deed deed, CancellationToken cancellationToken) => await Audit(
        await Change(id, row => row with { Status = ConferenceStatus.Closed, Precedent = precedent, ClosedAt = deed.At }, cancellationToken), "ConferenceClosed", new { precedent }, deed, cancellationToken);

    private async Task<Conference> Change(string id, Func<Conference, Conference> change, CancellationToken cancellationToken)
    {
        var changed = change(await context.Locked<Conference>(id).SingleAsync(cancellationToken));
        await context.Replace(changed, cancellationToken);
        return changed;
    }

    private Task Audit(Conference conference, string what, object value, Deed deed, CancellationToken cancellationToken) =>
        context.Audit(Conference.Chain(conference.Id), new AuditDetail(what, value), deed, cancellationToken);
}

/// <summary>A conference that is asked for: of a case, or of a county for a common problem.</summary>
public sealed record AskedConference(string Id, string? CaseId, string? CountyCode, ConferenceSituation Situation, string Because);

/// <summary>How a conference is admitted.</summary>
public sealed record Admission
{
    /// <summary>Why no rule helps, as whoever admits it sees it.</summary>
    public required ConferenceSituation Situation { get; init; }

    /// <summary>Who discusses it.</summary>
    public required ConferenceLevel Level { get; init; }

    /// <summary>The organisations invited.</summary>
    public required IReadOnlyList<string> Units { get; init; }

    /// <summary>How it is passed.</summary>
    public VoteRule Rule { get; init; }

    /// <summary>Whether it cannot wait.</summary>
    public bool Urgent { get; init; }
}
