using System.Collections.Immutable;
using System.Globalization;

namespace Relief.Flow.Workflows.Storage.Stuck;

/// <summary>Looks for what must never be: the rules K6 to K10. Anything found is a fault of the engine.</summary>
internal static class Invariants
{
    private static readonly (string Code, string What)[] Words =
    [
        ("K6", "open instances that nothing can wake"), ("K7", "bookmarks of instances that have ended"), ("K8", "timers without a bookmark"), ("K9", "mailboxes that wake nobody"),
        ("K10", "children that have ended while the parent still waits for them")
    ];

    /// <summary>One entry per broken invariant, with how many break it and one example.</summary>
    public static async Task<ImmutableArray<Violation>> Check(StuckLook look, TimeSpan grace, CancellationToken cancellationToken)
    {
        var violations = ImmutableArray.CreateBuilder<Violation>();
        foreach (var (code, what) in Words)
        {
            var found = await look.Find(EngineRules.All.First(rule => rule.Code == code), grace, cancellationToken);
            if (found is [var example, ..])
                violations.Add(new Violation(code, string.Create(CultureInfo.InvariantCulture, $"{found.Count} {what}"), example.About));
        }

        return violations.ToImmutable();
    }
}
