using Relief.Flow.Host.Access;

namespace Relief.Flow.Host.Console;

/// <summary>The entries of the console's navigation, in their order. A page of a new kind is one line here, a text <c>nav.…</c> in both languages, and its own files.</summary>
public static class Navigation
{
    public static IReadOnlyList<NavigationEntry> Entries { get; } =
    [
        new("nav.overview", "console", Policies.Watch),
        new("nav.stuck", "console/stuck", Policies.Watch),
        new("nav.instances", "console/instances", Policies.Watch),
        new("nav.definitions", "console/definitions", Policies.Watch),
        new("nav.outbox", "console/outbox", Policies.Watch),
        new("nav.repairs", "console/repairs", Policies.Watch),
        new("nav.system", "console/system", Policies.Watch),
        new("nav.policy", "console/policy", Policies.Watch),
        new("nav.routing", "console/routing", Policies.Watch),
        new("nav.audit", "console/audit", Policies.Audit),
        new("nav.figures", "console/figures", Policies.See),
        new("nav.papers", "console/papers", Policies.See),
        new("nav.households", "console/households", Policies.See),
        new("nav.exchanges", "console/exchanges", Policies.See),
        new("nav.tasks", "tasks", Policies.Work),
        new("nav.window", "window", Policies.Work),
        new("nav.access", "console/access", Policies.Keys),
        new("nav.designer", "studio/workflows/definitions", Policies.Watch)
    ];

    /// <summary>The entry that a page belongs to: the longest that its address begins with.</summary>
    public static NavigationEntry? Of(Visitor visitor) => Entries
        .Where(entry => visitor.Here.Split('?')[0] is var here && (here == visitor.To(entry.Path) || here.StartsWith(visitor.To(entry.Path) + "/", StringComparison.Ordinal)))
        .MaxBy(entry => entry.Path.Length);
}

/// <param name="Text">The key of its text.</param>
/// <param name="Path">Its address below the application's root.</param>
/// <param name="Right">The policy without which it is not shown.</param>
public sealed record NavigationEntry(string Text, string Path, string Right);
