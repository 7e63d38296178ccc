using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Parameters;

/// <summary>A deadline as it was reckoned when its task was made (3.0.3).</summary>
/// <param name="From">When the span began.</param>
/// <param name="Due">When it ends.</param>
/// <param name="Rule">How to reckon it again when the calendar changes; none on calendar time.</param>
public sealed record Deadline(DateTimeOffset From, DateTimeOffset Due, DueRule? Rule)
{
    /// <summary>The moment at which a share of the span has passed.</summary>
    public DateTimeOffset After(double share) => From + ((Due - From) * share);

    /// <summary>A task with its reminders at 50 % and 80 % and its end: bookmarks <c>name</c>, <c>name.remind50</c>, <c>name.remind80</c>, <c>name.due</c>.</summary>
    public IReadOnlyList<Bookmark> Bookmarks(string name, HumanTask task) =>
        [Bookmark.For(name, task with { Due = Due }), .. Timers(name)];

    /// <summary>The reminders and the end alone.</summary>
    public IReadOnlyList<Bookmark> Timers(string name) =>
    [
        Bookmark.Timer(name + ".remind50", After(0.5)),
        Bookmark.Timer(name + ".remind80", After(0.8)),
        Bookmark.Timer(name + ".due", Due, Rule)
    ];
}
