using Relief.Flow.Activities;
using Relief.Flow.Activities.Areas;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Parameters;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Host.Access;
using Relief.Flow.Host.Relief;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Host.Console;

/// <summary>What lies on somebody's desk: their own tasks, and those that their posts let them take, each with its time in working days.</summary>
internal sealed class InboxDesk(TaskQueries tasks, ReliefRecords records)
{
    public TaskQueries Tasks => tasks;

    /// <summary>Who sits at the desk: by the staff register, else by the roles of the key.</summary>
    public async Task<InboxOwner> Owner(Visitor visitor, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        var staff = new StaffQueries(db);
        var member = await staff.Find(visitor.By, cancellationToken);
        var posts = await staff.PostsOf(visitor.By, ChinaTime.DayOf(visitor.Now), cancellationToken);
        var judged = visitor.ActsFor ?? member?.Id ?? visitor.Person;
        if (posts.Count > 0)
            return new InboxOwner(visitor.By, member?.Name, judged, [.. posts.Select(post => new TaskPost(post.Role, post.Units))]);
        if (visitor.ActsFor is not null)
            return new InboxOwner(visitor.By, member?.Name, judged, await staff.IsKept(cancellationToken) ? [] : null);

        var seesAll = visitor.Roles.Any(role => role is Roles.Admin or Roles.Operator or Roles.App);
        return new InboxOwner(visitor.By, member?.Name, judged, seesAll ? null : [.. visitor.Roles.Select(role => new TaskPost(Roles.InTasks(role), null))]);
    }

    /// <summary>A page of the desk.</summary>
    public async Task<IReadOnlyList<InboxRow>> Rows(TaskDeskFilter filter, (int Skip, int Take) page, Visitor visitor, CancellationToken cancellationToken) =>
        await Reckoned(await tasks.Desk(filter, page.Skip, page.Take, cancellationToken), visitor, cancellationToken);

    /// <summary>A page of what others let them read.</summary>
    public async Task<IReadOnlyList<InboxRow>> Copied((int Skip, int Take) page, Visitor visitor, CancellationToken cancellationToken) =>
        await Reckoned(await tasks.Copies(visitor.By, page.Skip, page.Take, cancellationToken), visitor, cancellationToken);

    /// <summary>The task to do after one is done: the most urgent of their own, else of those that they may take; null when the desk is empty.</summary>
    public async Task<Guid?> Next(InboxOwner owner, CancellationToken cancellationToken)
    {
        var own = await tasks.Desk(owner.Mine, 0, 1, cancellationToken);
        var next = own.Count > 0 || owner.Posts is null ? own : await tasks.Desk(owner.Free(null, null), 0, 1, cancellationToken);
        return next.Count > 0 ? next[0].Id : null;
    }

    /// <summary>The tasks with what is left of their time, by the calendar of each one's county, and with the names of their areas.</summary>
    public async Task<IReadOnlyList<InboxRow>> Reckoned(IReadOnlyList<TaskSummary> found, Visitor visitor, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        string[] units = [.. found.Select(task => task.Unit).OfType<string>().Distinct()];
        var names = await new AreaQueries(db).Names(units, cancellationToken);
        var calendars = await new CalendarBook(db).All(cancellationToken);
        Dictionary<string, WorkingCalendar> byUnit = [];
        if (calendars.Count > 0)
        {
            foreach (var unit in units)
                byUnit[unit] = calendars.GetValueOrDefault(await new Deadlines(db).CountyOf(unit, cancellationToken), WorkingCalendar.National);
        }

        return [.. found.Select(task => new InboxRow(
            task, task.Unit is { } unit ? names.GetValueOrDefault(unit, unit) : null,
            DueMark.Of(task.Due, visitor.Now, byUnit.GetValueOrDefault(task.Unit ?? "", WorkingCalendar.National))))];
    }

    /// <summary>The colleagues to whom a task may be given.</summary>
    public async Task<IReadOnlyList<StaffMember>> Colleagues(TaskSummary task, Visitor visitor, CancellationToken cancellationToken)
    {
        if (task is not { Role: { } role, Unit: { } unit })
            return [];

        await using var db = records.Reading();
        var able = await new StaffQueries(db).Able(role, unit, ChinaTime.DayOf(visitor.Now), cancellationToken);
        return [.. able.Where(member => member.Id != visitor.By)];
    }
}

/// <summary>Whose desk it is.</summary>
/// <param name="By">Who is recorded as the doer.</param>
/// <param name="StaffName">Their name in the staff register; null when they are not in it.</param>
/// <param name="Judged">Whom the staff register is asked about; null for a key that stands for nobody.</param>
/// <param name="Posts">Which tasks they may take; null for all.</param>
internal sealed record InboxOwner(string By, string? StaffName, string? Judged, IReadOnlyList<TaskPost>? Posts)
{
    /// <summary>Whether a task is theirs, or one of their posts lets them take it.</summary>
    public bool MayDo(TaskSummary task) => Posts is null || task.Role is null || task.Assignee == By || task.CompletedBy == By
        || Posts.Any(post => post.Role == task.Role && (post.Units is null || task.Unit is null || post.Units.Contains(task.Unit)));

    public TaskDeskFilter Mine => new() { Claimed = true, Assignee = By };

    public TaskDeskFilter Free(string? role, string? unit) => new()
    {
        Posts = Posts, Role = string.IsNullOrEmpty(role) ? null : role, Unit = string.IsNullOrEmpty(unit) ? null : unit
    };
}

/// <summary>A task on the desk.</summary>
/// <param name="Place">The name of its area, else its unit's code.</param>
public sealed record InboxRow(TaskSummary Task, string? Place, DueMark Due);
