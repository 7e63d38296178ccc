using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Audit;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Parameters;
using Relief.Flow.Activities.People;

namespace Relief.Flow.Activities.Matching;

/// <summary>Opens runs, takes files into them, compares, and deletes what has had its time (P17). What was done stands in the run's own audit trail.</summary>
public sealed class RunBook(ReliefDbContext context)
{
    /// <summary>The most refused rows of a file that are kept one by one; beyond that they are only counted.</summary>
    public const int RefusalsKept = 1_000;

    /// <summary>The chain of a run.</summary>
    public static string Chain(string runId) => "match:" + runId;

    /// <summary>The event that says that all of a partner's data is here (A40).</summary>
    public static string HasCome(string partner, string runId) => $"dataset:{partner}:{runId}";

    /// <summary>The event that says that the last open hit was decided.</summary>
    public static string Settled(string runId) => $"match:{runId}:settled";

    /// <summary>The id of a county's own run of a month.</summary>
    public static string OfMonth(string countyCode, string period) => InstanceIds.Of($"datamatch:{countyCode}:{period}").ToString("N");

    /// <summary>A run, or none.</summary>
    public Task<MatchRun?> Find(string id, CancellationToken cancellationToken) => context.Set<MatchRun>().FirstOrDefaultAsync(row => row.Id == id, cancellationToken);

    /// <summary>A run that must be there.</summary>
    public async Task<MatchRun> Get(string id, CancellationToken cancellationToken) =>
        await Find(id, cancellationToken) ?? throw new InvalidOperationException($"There is no match run {id}.");

    /// <summary>Opens a run once, by the newest rules; null when the county has none.</summary>
    public async Task<MatchRun?> Open((string Id, string CountyCode, string Period, bool Monthly) of, Deed deed, CancellationToken cancellationToken)
    {
        await context.LockWord("match-run:" + of.Id, cancellationToken);
        if (await Find(of.Id, cancellationToken) is { } known)
            return known;
        var version = await new RuleBook(context).Latest(of.CountyCode, cancellationToken);
        if (version == 0)
            return null;
        var run = new MatchRun
        {
            Id = of.Id, CountyCode = of.CountyCode, CreatedAt = deed.At, CreatedBy = deed.By, Period = of.Period, Monthly = of.Monthly, RuleVersion = version,
            Status = MatchRunStatus.Collecting, Partial = false, FetchUntil = (await new Deadlines(context).Of("dataMatch.fetch", of.CountyCode, deed.At, cancellationToken)).Due
        };
        await context.Insert(run, cancellationToken);
        await Audit(run.Id, "MatchRunOpened", new { run.Period, run.RuleVersion, run.FetchUntil }, deed, cancellationToken);
        return run;
    }

    /// <summary>The file that a run has with these bytes, or none.</summary>
    public Task<MatchFile?> Known(string fileId, CancellationToken cancellationToken) => context.Set<MatchFile>().FirstOrDefaultAsync(row => row.Id == fileId, cancellationToken);

    /// <summary>Keeps a part of a file's rows; it may be repeated.</summary>
    public Task Keep((string Run, string DataSet, string File) of, IReadOnlyCollection<PartnerRow> rows, CancellationToken cancellationToken) => MatchSql.Rows(context, of, rows, cancellationToken);

    /// <summary>A file was read to its end: now its rows count. Null when the run is compared already; then they never do. A file that is known is given back.</summary>
    public async Task<MatchFile?> Take(MatchFile file, (int Read, IReadOnlyList<RowFault> Faults) found, Deed deed, CancellationToken cancellationToken)
    {
        await context.Lock<MatchRun>(file.RunId, cancellationToken);
        if (await Known(file.Id, cancellationToken) is { } known)
            return known;
        if ((await Get(file.RunId, cancellationToken)).Status != MatchRunStatus.Collecting)
            return null;
        var brought = await MatchSql.Brought(context, file.RunId, file.Id, cancellationToken);
        var taken = file with { CreatedAt = deed.At, CreatedBy = deed.By, Accepted = brought, Repeated = found.Read - brought };
        await context.Insert(taken, cancellationToken);
        await context.InsertAll([.. found.Faults.Select(fault => new MatchRefusal
        {
            Id = $"{file.Id}-{fault.Line}", CountyCode = file.CountyCode, CreatedAt = deed.At, CreatedBy = deed.By, RunId = file.RunId, FileId = file.Id,
            Line = fault.Line, Field = fault.Field, Reason = fault.Reason
        })], cancellationToken);
        await Audit(file.RunId, "DataSetTaken", new { taken.Partner, taken.DataSet, taken.Form, taken.Version, taken.ContentHash, taken.Accepted, taken.Repeated, taken.Refused }, deed, cancellationToken);
        return taken;
    }

    /// <summary>Compares a run, in one statement; how many hits there are. It says whether a partner's data was missing.</summary>
    public async Task<int> Match(string runId, bool partial, Deed deed, CancellationToken cancellationToken)
    {
        await context.Lock<MatchRun>(runId, cancellationToken);
        var run = await Get(runId, cancellationToken);
        var today = ChinaTime.DayOf(deed.At);
        var days = await new ParameterQueries(context).Whole("dataMatch.suppress", run.CountyCode, today, cancellationToken);
        var hits = await MatchSql.Hits(context, run, (deed.At, deed.At.AddDays(-days), today), cancellationToken);
        var recipients = await Recipients(run.CountyCode, today, cancellationToken);
        await context.Replace(run with { Status = MatchRunStatus.Matched, Partial = partial, MatchedAt = deed.At, Recipients = recipients }, cancellationToken);
        await Audit(runId, "MatchRunMatched", new { run.RuleVersion, partial, recipients, hits }, deed, cancellationToken);
        return hits;
    }

    /// <summary>The county has been told.</summary>
    public async Task Report(string runId, object figures, Deed deed, CancellationToken cancellationToken)
    {
        await context.Replace(await Get(runId, cancellationToken) with { Status = MatchRunStatus.Reported, ReportedAt = deed.At }, cancellationToken);
        await Audit(runId, "MatchRunReported", figures, deed, cancellationToken);
    }

    /// <summary>Deletes the partners' rows of a run; what came of them stays.</summary>
    public async Task<int> Erase(string runId, Deed deed, CancellationToken cancellationToken)
    {
        var rows = await MatchSql.Erase(context, runId, cancellationToken);
        await context.Replace(await Get(runId, cancellationToken) with { ErasedAt = deed.At }, cancellationToken);
        await Audit(runId, "RawDataErased", new { rows }, deed, cancellationToken);
        return rows;
    }

    /// <summary>Somebody has looked at hits: who saw them is kept.</summary>
    public Task Seen(string runId, object which, Deed deed, CancellationToken cancellationToken) => Audit(runId, "HitsSeen", which, deed, cancellationToken);

    private Task<int> Recipients(string countyCode, DateOnly today, CancellationToken cancellationToken) =>
        context.Set<Person>().CountAsync(person => person.CountyCode == countyCode && person.LifeStatus != LifeStatus.Dead && context.Set<ReliefIdentity>()
            .Any(row => row.PersonId == person.Id && row.ValidFrom <= today && (row.ValidTo == null || row.ValidTo >= today)), cancellationToken);

    private Task Audit(string runId, string what, object? value, Deed deed, CancellationToken cancellationToken) =>
        context.Audit(Chain(runId), new AuditDetail(what, value), deed, cancellationToken);
}
