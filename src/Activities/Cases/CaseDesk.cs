using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Areas;
using Relief.Flow.Activities.Parameters;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Cases;

/// <summary>What the activities about a case begin with: the case, where it lies, and its deadlines.</summary>
public sealed class CaseDesk(ReliefDbContext context)
{
    /// <summary>The case and where it lies. An unknown id is a bug of the definition, not an outcome.</summary>
    /// <exception cref="InvalidOperationException">There is no such case.</exception>
    public async Task<CaseScene> Open(string caseId, CancellationToken cancellationToken)
    {
        var found = await context.Set<Case>().FirstOrDefaultAsync(row => row.Id == caseId, cancellationToken)
            ?? throw new InvalidOperationException($"There is no case {caseId}.");
        return new CaseScene(found, await new AreaQueries(context).TownshipOf(found.AreaCode, cancellationToken), found.CountyCode);
    }

    /// <summary>A deadline by the policy that holds where the case lies.</summary>
    public Task<Deadline> Deadline(CaseScene scene, string parameter, DateTimeOffset from, CancellationToken cancellationToken) =>
        new Deadlines(context).Of(parameter, scene.Case.AreaCode, from, cancellationToken);

    /// <summary>The bookmarks of a human step: the task, the reminders that still lie ahead, and its deadline.</summary>
    public static IReadOnlyList<Bookmark> Bookmarks(CaseScene scene, DeskWork work, Deadline deadline, DateTimeOffset now) =>
        Ahead(deadline.Bookmarks("task", scene.Task(work)), now);

    /// <summary>Without the reminders whose moment has passed when the work is given; a deadline that has passed stays and is told.</summary>
    public static IReadOnlyList<Bookmark> Ahead(IReadOnlyList<Bookmark> bookmarks, DateTimeOffset now) =>
        [.. bookmarks.Where(bookmark => bookmark.Kind != BookmarkKind.Timer || bookmark.Due > now || IsDeadline(bookmark.Name))];

    /// <summary>True for the timer at the deadline itself, not for a reminder.</summary>
    public static bool IsDeadline(string bookmark) => bookmark.EndsWith(".due", StringComparison.Ordinal);

    /// <summary>The same task again after a decision that could not be taken so, with the reason for the person to read.</summary>
    /// <remarks>The deadline and its reminders still stand; the name tells the rounds apart.</remarks>
    public static Bookmark Again(CaseScene scene, DeskWork work, Wakeup wakeup) => Bookmark.For(Next(wakeup.Bookmark), scene.Task(work));

    /// <summary>What a timer of a human step says: a reminder to the unit, or to its superior once the deadline has passed.</summary>
    public static Message Nudge(CaseScene scene, Wakeup wakeup, string kind) =>
        IsDeadline(wakeup.Bookmark) ? scene.Overdue(kind) : scene.Reminder(kind);

    private static string Next(string name)
    {
        var dot = name.LastIndexOf('.');
        return dot < 0 ? name + ".2" : $"{name[..dot]}.{int.Parse(name[(dot + 1)..], System.Globalization.CultureInfo.InvariantCulture) + 1}";
    }
}
