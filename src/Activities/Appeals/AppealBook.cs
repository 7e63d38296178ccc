using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Audit;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Changes;
using Relief.Flow.Activities.Decisions;
using Relief.Flow.Activities.Parameters;

namespace Relief.Flow.Activities.Appeals;

/// <summary>Keeps appeals: one matter for each thing that is objected to, however many object (P25).</summary>
public sealed class AppealBook(ReliefDbContext context)
{
    /// <summary>The flag of a case while a matter about it is open: its file is not deleted then (E14).</summary>
    public const string Open = DeniedCase.AppealOpen;

    /// <summary>The flag of a case whose service goes on until the internal result.</summary>
    public const string StopHeld = ChangeBook.StopHeld;

    /// <summary>The event that something of a matter has changed: a party left, another body looks at it, or has decided.</summary>
    public static string Changed(string appealId) => "appeal:" + appealId;

    /// <summary>A matter, or none.</summary>
    public Task<Appeal?> Find(string id, CancellationToken cancellationToken) => context.Set<Appeal>().FirstOrDefaultAsync(row => row.Id == id, cancellationToken);

    /// <summary>A matter that must be there.</summary>
    public async Task<Appeal> Get(string id, CancellationToken cancellationToken) => await Find(id, cancellationToken) ?? throw new InvalidOperationException($"There is no appeal {id}.");

    /// <summary>The matter about a thing, or none.</summary>
    public Task<Appeal?> About(AppealAbout about, string targetId, CancellationToken cancellationToken) =>
        context.Set<Appeal>().FirstOrDefaultAsync(row => row.About == about && row.TargetId == targetId, cancellationToken);

    /// <summary>Who appeals in a matter, in the order in which they came.</summary>
    public async Task<IReadOnlyList<AppealParty>> Parties(string appealId, CancellationToken cancellationToken) =>
        await context.Set<AppealParty>().Where(row => row.AppealId == appealId).OrderBy(row => row.CreatedAt).ThenBy(row => row.Id).ToListAsync(cancellationToken);

    /// <summary>The bodies outside that look at it, in the order in which they were recorded.</summary>
    public async Task<IReadOnlyList<ExternalTrack>> Tracks(string appealId, CancellationToken cancellationToken) =>
        await context.Set<ExternalTrack>().Where(row => row.AppealId == appealId).OrderBy(row => row.CreatedAt).ThenBy(row => row.Id).ToListAsync(cancellationToken);

    /// <summary>Takes an appeal in: a matter of its own, or one more party of the one that is open. The same party again changes nothing; null when it was reviewed already.</summary>
    public async Task<Appeal?> Take(AppealEntry entry, AppealTarget target, Deed deed, CancellationToken cancellationToken)
    {
        await context.LockWord($"appeal:{entry.About}:{entry.TargetId}", cancellationToken);
        var matter = await About(entry.About, entry.TargetId, cancellationToken);
        if (matter is { Outcome: not null } or { Result: not null })
            return await IsParty(matter.Id, entry, cancellationToken) ? matter : null;
        matter ??= await Begin(entry, target, deed, cancellationToken);
        if (await IsParty(matter.Id, entry, cancellationToken))
            return matter;
        await context.Insert(new AppealParty
        {
            Id = InstanceIds.Of($"{matter.Id}:{entry.Kind}:{entry.Ref}").ToString("N"), CountyCode = matter.CountyCode, CreatedAt = deed.At, CreatedBy = deed.By, AreaCode = matter.AreaCode,
            AppealId = matter.Id, Kind = entry.Kind, Ref = entry.Ref, Wording = entry.Wording
        }, cancellationToken);
        await Audit(matter, "AppealFiled", new { kind = entry.Kind.ToString() }, deed, cancellationToken);
        return matter;
    }

    /// <summary>Writes the next stage of a matter.</summary>
    public async Task<Appeal> Change(string id, (string What, object? Detail) said, Func<Appeal, Appeal> change, Deed deed, CancellationToken cancellationToken)
    {
        await context.Lock<Appeal>(id, cancellationToken);
        var changed = change(await Get(id, cancellationToken));
        await context.Replace(changed, cancellationToken);
        await Audit(changed, said.What, said.Detail, deed, cancellationToken);
        return changed;
    }

    /// <summary>Says what holds until the internal result of an appeal against a stop. One that has its result or has ended stays as it is.</summary>
    public async Task<Appeal> Hold(string id, AppealEffect effect, string reason, Deed deed, CancellationToken cancellationToken)
    {
        await context.Lock<Appeal>(id, cancellationToken);
        var known = await Get(id, cancellationToken);
        if (known is { Outcome: not null } or { Result: not null })
            return known;
        var matter = await Change(id, ("AppealEffect" + effect, new { reason }), row => row with { Effect = effect, EffectReason = reason }, deed, cancellationToken);
        await new CaseBook(context).Flag(matter.CaseId!, StopHeld, effect == AppealEffect.Continues, deed.Step("held"), cancellationToken);
        return matter;
    }

    /// <summary>Ends a matter; the case's flag comes down when no other is open. One that has ended stays as it is.</summary>
    public async Task<Appeal> Close(string id, AppealEnd outcome, Deed deed, CancellationToken cancellationToken)
    {
        if (await Get(id, cancellationToken) is { Outcome: not null } closed)
            return closed;
        var matter = await Change(id, ("AppealClosed", new { outcome = outcome.ToString() }), row => row with { Outcome = outcome, ClosedAt = deed.At }, deed, cancellationToken);
        if (matter.CaseId is { } caseId && !await context.Set<Appeal>().AnyAsync(row => row.CaseId == caseId && row.Outcome == null, cancellationToken))
        {
            await new CaseBook(context).Flag(caseId, Open, false, deed.Step("flag"), cancellationToken);
            await new CaseBook(context).Flag(caseId, StopHeld, false, deed.Step("held"), cancellationToken);
        }

        return matter;
    }

    /// <summary>A party leaves: it takes its appeal back, or died. True when nobody is left.</summary>
    public async Task<bool> Leave(AppealParty party, AppealEnd why, Deed deed, CancellationToken cancellationToken)
    {
        await context.Lock<Appeal>(party.AppealId, cancellationToken);
        var now = await context.Set<AppealParty>().SingleAsync(row => row.Id == party.Id, cancellationToken);
        if (now.LeftAs is null)
        {
            await context.Replace(now with { LeftAs = why, LeftAt = deed.At }, cancellationToken);
            await Audit(await Get(party.AppealId, cancellationToken), "Appellant" + why, new { kind = party.Kind.ToString() }, deed, cancellationToken);
        }

        return !await context.Set<AppealParty>().AnyAsync(row => row.AppealId == party.AppealId && row.LeftAs == null, cancellationToken);
    }

    /// <summary>Records that another body looks at it; it decides within 60 days, by the policy that holds.</summary>
    public async Task<ExternalTrack> Record(Appeal matter, (TrackKind Kind, string Body, string Reference, DateOnly FiledOn) said, Deed deed, CancellationToken cancellationToken)
    {
        await context.Lock<Appeal>(matter.Id, cancellationToken);
        var id = InstanceIds.Of($"{matter.Id}:{said.Kind}:{said.Reference}").ToString("N");
        if (await context.Set<ExternalTrack>().FirstOrDefaultAsync(row => row.Id == id, cancellationToken) is { } known)
            return known;
        var track = new ExternalTrack
        {
            Id = id, CountyCode = matter.CountyCode, CreatedAt = deed.At, CreatedBy = deed.By, AreaCode = matter.AreaCode, AppealId = matter.Id, Kind = said.Kind, Body = said.Body, Reference = said.Reference,
            FiledOn = said.FiledOn, DueOn = said.FiledOn.AddDays(await Days("appeal.external", matter, said.FiledOn, cancellationToken))
        };
        await context.Insert(track, cancellationToken);
        await Audit(matter, "ExternalTrackOpened", new { track.Kind, track.Body, track.Reference, track.DueOn }, deed, cancellationToken);
        return track;
    }

    /// <summary>The other body takes 30 days more, once; a track that has its result stays as it is.</summary>
    public async Task<ExternalTrack> Extend(Appeal matter, ExternalTrack track, DateOnly on, Deed deed, CancellationToken cancellationToken)
    {
        var days = await Days("appeal.external.extension", matter, on, cancellationToken);
        return await Change(matter, track.Id, now => now.ExtendedOn is null ? now with { ExtendedOn = on, DueOn = now.DueOn.AddDays(days) } : now, "ExternalTrackExtended", deed, cancellationToken);
    }

    /// <summary>The other body has decided; its first word stays.</summary>
    public Task<ExternalTrack> Decided(Appeal matter, ExternalTrack track, (AppealEnd Result, DateOnly On, string Note) said, Deed deed, CancellationToken cancellationToken) =>
        Change(matter, track.Id, now => now with { Result = said.Result, ResultOn = said.On, Note = said.Note }, "ExternalTrackDecided", deed, cancellationToken);

    // Whoever writes at the same time writes before or after: what was read before the lock is read again.
    private async Task<ExternalTrack> Change(Appeal matter, string trackId, Func<ExternalTrack, ExternalTrack> change, string what, Deed deed, CancellationToken cancellationToken)
    {
        await context.Lock<Appeal>(matter.Id, cancellationToken);
        var now = await context.Set<ExternalTrack>().SingleAsync(row => row.Id == trackId, cancellationToken);
        var changed = now.Result is null ? change(now) : now;
        if (changed == now)
            return now;
        await context.Replace(changed, cancellationToken);
        await Audit(matter, what, new { changed.Kind, changed.Reference, changed.DueOn, result = changed.Result?.ToString() }, deed, cancellationToken);
        return changed;
    }

    private async Task<Appeal> Begin(AppealEntry entry, AppealTarget target, Deed deed, CancellationToken cancellationToken)
    {
        var isStop = entry.About == AppealAbout.Stop;
        var matter = new Appeal
        {
            Id = InstanceIds.Of($"appeal:{entry.About}:{entry.TargetId}").ToString("N"), CountyCode = target.CountyCode, CreatedAt = deed.At, CreatedBy = deed.By, AreaCode = target.AreaCode,
            About = entry.About, TargetId = entry.TargetId, CaseId = target.CaseId, PersonId = target.PersonId, SupplierId = target.SupplierId, Deciders = [.. target.Deciders],
            Until = target.Until, IsLate = target.Until < ChinaTime.DayOf(deed.At), LateReason = entry.LateReason,
            Effect = !isStop ? null : entry.IsFraudSuspected ? AppealEffect.Stands : AppealEffect.Continues, EffectReason = !isStop ? null : entry.IsFraudSuspected ? "FraudSuspected" : "Default"
        };
        await context.Insert(matter, cancellationToken);
        if (target.CaseId is { } caseId)
        {
            await new CaseBook(context).Flag(caseId, Open, true, deed.Step("flag"), cancellationToken);
            if (matter.Effect == AppealEffect.Continues && !matter.IsLate)
                await new CaseBook(context).Flag(caseId, StopHeld, true, deed.Step("held"), cancellationToken);
        }

        return matter;
    }

    private Task<bool> IsParty(string appealId, AppealEntry entry, CancellationToken cancellationToken) =>
        context.Set<AppealParty>().AnyAsync(row => row.AppealId == appealId && row.Kind == entry.Kind && row.Ref == entry.Ref, cancellationToken);

    private Task<int> Days(string key, Appeal matter, DateOnly on, CancellationToken cancellationToken) => new ParameterQueries(context).Whole(key, matter.AreaCode, on, cancellationToken);

    // What happens to somebody's case stands in the case's own chain.
    private Task Audit(Appeal matter, string what, object? detail, Deed deed, CancellationToken cancellationToken) =>
        context.Audit(matter.CaseId is { } caseId ? AuditTrail.Case(caseId) : Appeal.Chain(matter.Id), new AuditDetail(what, new { appeal = matter.Id, detail }), deed, cancellationToken);
}
