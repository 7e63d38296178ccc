using Microsoft.EntityFrameworkCore;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Neighbours;

/// <summary>A step of a township's sheet that one person decides. When it is late the county is told; nobody decides in their place.</summary>
public abstract class SheetStep : Activity
{
    [Input("The sheet.", Chinese = "补贴表")]
    public required string SheetId { get; init; }

    /// <summary>The task; its due moment decides when the county is told.</summary>
    protected abstract Task<HumanTask> Ask(ReliefDbContext db, SubsidySheet sheet, ActivityContext context, CancellationToken cancellationToken);

    /// <summary>What comes of an answer; null when it is not complete and the task comes again.</summary>
    protected abstract Task<ActivityResult?> Decide(ReliefDbContext db, SubsidySheet sheet, (ActivityContext Context, Answer Answer) by, CancellationToken cancellationToken);

    /// <summary>Events that may answer too, and timers of the step's own.</summary>
    protected virtual IEnumerable<Bookmark> Also => [];

    /// <summary>What a timer of the step's own brings; nothing unless a step says so.</summary>
    protected virtual ActivityResult OnTimer(string bookmark) => new Waiting([]);

    /// <summary>What is done before anybody is asked; a result ends the step.</summary>
    protected virtual Task<ActivityResult?> Begin(ReliefDbContext db, SubsidySheet sheet, ActivityContext context, CancellationToken cancellationToken) => Task.FromResult<ActivityResult?>(null);

    protected sealed override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var sheet = await db.Set<SubsidySheet>().SingleAsync(row => row.Id == SheetId, cancellationToken);
        if (await Begin(db, sheet, context, cancellationToken) is { } ended)
            return ended;
        var task = await Ask(db, sheet, context, cancellationToken);
        return new Waiting([.. Also, Bookmark.For("task", task), Bookmark.Timer("due", task.Due!.Value)]);
    }

    protected sealed override async Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var sheet = await db.Set<SubsidySheet>().SingleAsync(row => row.Id == SheetId, cancellationToken);
        if (wakeup.IsTimer && wakeup.Bookmark == "due")
            return new Waiting([]) { Send = [ActivityDeeds.Tell("settlement.late", "K", sheet.CountyCode, new { batch = SheetId, step = GetType().Name })] };
        if (wakeup.IsTimer)
            return OnTimer(wakeup.Bookmark);
        if (await Decide(db, sheet, (context, Answer.From(wakeup)), cancellationToken) is { } decided)
            return decided;
        if (wakeup.Kind == BookmarkKind.Event)
            return new Waiting([.. Also.Where(bookmark => bookmark.Name == wakeup.Bookmark)]);
        var again = await Ask(db, sheet, context, cancellationToken);
        return new Waiting([Bookmark.For($"task-{context.KeyFor(wakeup.Bookmark):N}", again)]);
    }

    /// <summary>A task about the sheet.</summary>
    protected HumanTask Work(string kind, string title, (string Role, string Unit) who, DateTimeOffset due) => new()
    {
        Title = $"{title} {SheetId}",
        Kind = kind,
        Role = who.Role,
        Unit = who.Unit,
        Subject = "subsidy:" + SheetId,
        Outcomes = [],
        Due = due
    };
}
