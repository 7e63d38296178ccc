using System.Text.Json;
using Relief.Flow.Workflows;

namespace Relief.Flow.Tests.Activities;

/// <summary>Plays activities without the engine: begins them, hands them decisions, events and timers, and keeps what they wait for.</summary>
/// <param name="inUnit">Runs something in a transaction of its own.</param>
public sealed class Stage(Func<Func<UnitOfWork, Task<ActivityResult>>, Task<ActivityResult>> inUnit)
{
    private readonly Guid instance = Guid.NewGuid();
    private readonly Dictionary<Type, List<Bookmark>> standing = [];
    private long ordinal;

    /// <summary>Business time.</summary>
    public DateTimeOffset Now { get; set; }

    /// <summary>Every notice sent so far, by template.</summary>
    public List<Notice> Notices { get; } = [];

    /// <summary>The bookmarks at which the last activity of this class waits.</summary>
    public IReadOnlyList<Bookmark> BookmarksOf<T>() where T : Activity => standing.GetValueOrDefault(typeof(T), []);

    /// <summary>The open task of an activity.</summary>
    public HumanTask TaskOf<T>() where T : Activity => BookmarksOf<T>().Last(bookmark => bookmark.Kind == BookmarkKind.Task).Task!;

    /// <summary>When the activity's deadline ends.</summary>
    public DateTimeOffset DueOf<T>() where T : Activity => BookmarksOf<T>().Last(bookmark => bookmark.Name.EndsWith(".due", StringComparison.Ordinal)).Due!.Value;

    /// <summary>Enters an activity.</summary>
    public async Task<ActivityResult> Begin<T>(T activity) where T : Activity
    {
        ordinal++;
        standing[typeof(T)] = [];
        return Keep<T>(await inUnit(unit => activity.Start(Context(unit), CancellationToken.None)));
    }

    /// <summary>A person decides its open task.</summary>
    public Task<ActivityResult> Decide<T>(T activity, string outcome, string by, object? form = null) where T : Activity
    {
        var task = BookmarksOf<T>().Last(bookmark => bookmark.Kind == BookmarkKind.Task);
        var decision = new TaskDecision(outcome, JsonSerializer.SerializeToElement(form ?? new { }, JsonSerializerOptions.Web), by, Now);
        return Wake<T>(activity, task, JsonSerializer.SerializeToElement(decision, JsonSerializerOptions.Web));
    }

    /// <summary>An event comes, or a timer fires, at the bookmark with this name.</summary>
    public Task<ActivityResult> Arrives<T>(T activity, string bookmark, object? payload = null) where T : Activity =>
        Wake<T>(activity, BookmarksOf<T>().Single(standing => standing.Name == bookmark), JsonSerializer.SerializeToElement(payload, JsonSerializerOptions.Web));

    private async Task<ActivityResult> Wake<T>(T activity, Bookmark consumed, JsonElement payload) where T : Activity
    {
        standing[typeof(T)].Remove(consumed);
        var wakeup = new Wakeup(consumed.Name, consumed.Kind, payload, Now);
        return Keep<T>(await inUnit(unit => activity.Resume(Context(unit), wakeup, CancellationToken.None)));
    }

    private ActivityResult Keep<T>(ActivityResult result) where T : Activity
    {
        Notices.AddRange(result.Send.Where(message => message.Kind == MessageKind.Notice).Select(message => message.Payload.Deserialize<Notice>(JsonSerializerOptions.Web)!));
        if (result is Waiting waiting)
            standing[typeof(T)].AddRange(waiting.Bookmarks);
        return result;
    }

    private ActivityContext Context(UnitOfWork unit) => new()
    {
        InstanceId = instance,
        ActivityId = "activity",
        Ordinal = ordinal,
        Now = Now,
        DefinitionId = "test",
        Unit = unit
    };
}
