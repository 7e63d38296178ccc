using System.Text.Json;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Orders;

/// <summary>The event by which an order is stopped from outside: a move, the loss of what it rests on, a consent taken back (workflows.md 3.3).</summary>
/// <remarks>A step that it ends passes it on, so that a step after it, which would wait again, ends too.</remarks>
public static class OrderStop
{
    /// <summary>The name of the bookmark.</summary>
    public const string Name = "stop";

    /// <summary>The name of the bookmark at which a paused order waits to go on.</summary>
    public const string Resume = "resume";

    /// <summary>The place where a step of a paused order waits until it goes on.</summary>
    public static Bookmark Resumed(string orderId) => Bookmark.Event(Resume, ResumeOf(orderId));

    /// <summary>The place where a step waits for it.</summary>
    public static Bookmark Of(string orderId) => Bookmark.Event(Name, EventOf(orderId));

    /// <summary>Says to whoever waits for a paused order, or plans its visits, that it goes on.</summary>
    public static Message GoOn(string orderId) => Message.Of(new EventPublished(ResumeOf(orderId), null, default));

    /// <summary>Says it to every step of an order that waits now, and to the next that will.</summary>
    public static Message Tell(string orderId, string? reason = null) => Message.Of(new EventPublished(EventOf(orderId), null, reason is null ? default : Answer.Json(new { reason })));

    /// <summary>Says on what a step was told.</summary>
    public static Message PassOn(string orderId, JsonElement said) => Message.Of(new EventPublished(EventOf(orderId), null, said));

    private static string ResumeOf(string orderId) => $"order:{orderId}:resume";

    private static string EventOf(string orderId) => $"order:{orderId}:stop";
}
