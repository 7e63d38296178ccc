using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Audit;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Discoveries;
using Relief.Flow.Activities.Parameters;
using Relief.Flow.Activities.Rounds;

namespace Relief.Flow.Activities.SixChecks;

/// <summary>Keeps runs of the 666 check, their six sheets and what has to be done (P19).</summary>
public sealed class CheckBook(ReliefDbContext context)
{
    /// <summary>How many items there are.</summary>
    public const int Items = 6;

    /// <summary>Items about which the records alone say that something is missing: nothing found there is odd by itself.</summary>
    private static readonly int[] Told = [1, 5, 6];

    /// <summary>The chain of a run.</summary>
    public static string Chain(string runId) => "check666:" + runId;

    /// <summary>The event that says that an action of a run has its outcome, or an item is done.</summary>
    public static string Changed(string runId) => $"check666:{runId}:changed";

    /// <summary>The id of a township's regular run.</summary>
    public static string IdOf(string townshipCode, string period) => $"{townshipCode}-{period}";

    /// <summary>The id of an item of a run.</summary>
    public static string SheetOf(string runId, int item) => $"{runId}-{item}";

    /// <summary>A run, or none.</summary>
    public Task<CheckRun?> Find(string id, CancellationToken cancellationToken) => context.Set<CheckRun>().FirstOrDefaultAsync(row => row.Id == id, cancellationToken);

    /// <summary>A run that must be there.</summary>
    public async Task<CheckRun> Get(string id, CancellationToken cancellationToken) =>
        await Find(id, cancellationToken) ?? throw new InvalidOperationException($"There is no run {id}.");

    /// <summary>An item that must be there.</summary>
    public Task<CheckSheet> Sheet(string runId, int item, CancellationToken cancellationToken) => context.Set<CheckSheet>().SingleAsync(row => row.Id == SheetOf(runId, item), cancellationToken);

    /// <summary>An action that must be there.</summary>
    public Task<CheckAction> Action(string id, CancellationToken cancellationToken) => context.Set<CheckAction>().SingleAsync(row => row.Id == id, cancellationToken);

    /// <summary>Opens a run once, with whom each item looks at: everybody, or a sample that anybody can draw again, with all about whom the records show something.</summary>
    public async Task<CheckRun> Open((string Id, string TownshipCode, string Period, bool Ordered) of, Deed deed, CancellationToken cancellationToken)
    {
        await context.LockWord(Chain(of.Id), cancellationToken);
        if (await Find(of.Id, cancellationToken) is { } known)
            return known;
        var (day, deadlines) = (ChinaTime.DayOf(deed.At), new Deadlines(context));
        var run = new CheckRun
        {
            Id = of.Id, CountyCode = await deadlines.CountyOf(of.TownshipCode, cancellationToken), CreatedAt = deed.At, CreatedBy = deed.By, AreaCode = of.TownshipCode, Period = of.Period, Ordered = of.Ordered,
            DueAt = (await deadlines.Of("check666.check", of.TownshipCode, deed.At, cancellationToken)).Due, Status = CheckRunStatus.Open
        };
        await context.Insert(run, cancellationToken);
        var most = await new ParameterQueries(context).Whole("check666.sample", of.TownshipCode, day, cancellationToken);
        for (var item = 1; item <= Items; item++)
            await Open(run, item, (day, most), cancellationToken);
        await context.Audit(Chain(run.Id), new AuditDetail("CheckOpened", new { run.Period, run.Ordered, run.DueAt, most }), deed, cancellationToken);
        return run;
    }

    /// <summary>An item was checked: its actions are there with it, each with an owner and a day. Nothing found is marked where other sources show problems.</summary>
    public async Task<(CheckSheet Sheet, IReadOnlyList<CheckAction> Actions)> Done(CheckSheet sheet, (int Checked, IReadOnlyList<CheckAction> Actions) found, Deed deed, CancellationToken cancellationToken)
    {
        await context.Lock<CheckRun>(sheet.RunId, cancellationToken);
        await context.InsertAll(found.Actions, cancellationToken);
        var done = sheet with { Checked = found.Checked, DoneAt = deed.At, DoneBy = deed.By, Anomaly = found.Actions.Count == 0 && await IsOdd(sheet, deed.At, cancellationToken) };
        await context.Replace(done, cancellationToken);
        await context.Audit(Chain(sheet.RunId), new AuditDetail("ItemChecked", new { sheet.Item, found.Checked, findings = found.Actions.Count, done.Anomaly }), deed, cancellationToken);
        return (done, found.Actions);
    }

    /// <summary>An action has its outcome, for good.</summary>
    public async Task End(string actionId, (ActionOutcome Outcome, string Result, string? Reference) end, Deed deed, CancellationToken cancellationToken)
    {
        var action = await Action(actionId, cancellationToken);
        await context.Lock<CheckRun>(action.RunId, cancellationToken);
        await context.Replace(action with { Outcome = end.Outcome, Result = end.Result, Reference = end.Reference, EndedAt = deed.At, EndedBy = deed.By }, cancellationToken);
        await context.Audit(Chain(action.RunId), new AuditDetail("ActionEnded", new { action = actionId, action.Kind, end.Outcome, end.Reference }), deed, cancellationToken);
    }

    /// <summary>Closes a run when all items are done and every action has an outcome; the database lets it be closed no sooner. False when something is open.</summary>
    public async Task<bool> Close(string id, Deed deed, CancellationToken cancellationToken)
    {
        await context.Lock<CheckRun>(id, cancellationToken);
        var run = await Get(id, cancellationToken);
        if (run.Status == CheckRunStatus.Closed)
            return true;
        if (await context.Set<CheckSheet>().AnyAsync(row => row.RunId == id && row.DoneAt == null, cancellationToken)
            || await context.Set<CheckAction>().AnyAsync(row => row.RunId == id && row.Outcome == null, cancellationToken))
            return false;
        await context.Replace(run with { Status = CheckRunStatus.Closed, ClosedAt = deed.At }, cancellationToken);
        await context.Audit(Chain(id), new AuditDetail("CheckClosed", null), deed, cancellationToken);
        return true;
    }

    private async Task Open(CheckRun run, int item, (DateOnly Day, int Most) of, CancellationToken cancellationToken)
    {
        var all = await new CheckPopulation(context, run.AreaCode, of.Day).Of(item, cancellationToken);
        var drawn = all.Count <= of.Most ? all : [.. all.OrderBy(member => member.Signal is null).ThenBy(member => Place(run.Id, member.PersonId), StringComparer.Ordinal)
            .Take(Math.Max(of.Most, all.Count(member => member.Signal is not null)))];
        var sheet = new CheckSheet
        {
            Id = SheetOf(run.Id, item), CountyCode = run.CountyCode, CreatedAt = run.CreatedAt, CreatedBy = run.CreatedBy, AreaCode = run.AreaCode, RunId = run.Id, Item = item, Population = all.Count, Sampled = drawn.Count
        };
        await context.Insert(sheet, cancellationToken);
        await context.InsertAll([.. drawn.Select(member => new CheckSubject
        {
            Id = $"{sheet.Id}-{member.PersonId}", CountyCode = run.CountyCode, CreatedAt = run.CreatedAt, CreatedBy = run.CreatedBy, AreaCode = member.AreaCode, SheetId = sheet.Id, PersonId = member.PersonId, Signal = member.Signal
        })], cancellationToken);
    }

    // The order of a sample: by a hash of run and person, so that nobody chooses and anybody can draw it again.
    private static string Place(string runId, string personId) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{runId}:{personId}")));

    private async Task<bool> IsOdd(CheckSheet sheet, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var subjects = context.Set<CheckSubject>().Where(row => row.SheetId == sheet.Id);
        if (Told.Contains(sheet.Item) && await subjects.AnyAsync(row => row.Signal != null, cancellationToken))
            return true;
        var since = now.AddDays(-CheckPopulation.Recent);
        return await subjects.AnyAsync(row =>
            context.Set<Discovery>().Any(found => found.PersonId == row.PersonId && found.CreatedAt >= since && !context.Set<Case>().Any(file => file.PersonId == row.PersonId && file.OpenedAt >= found.CreatedAt))
            || context.Set<HomeReport>().Any(report => report.PersonId == row.PersonId && report.CreatedAt >= since && (report.Needs != null || report.Danger != null)), cancellationToken);
    }
}
