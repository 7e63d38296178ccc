using System.Diagnostics;

namespace Relief.Flow.Tests.Proof;

/// <summary>Looks again and again at a condition of another process, for a bounded time.</summary>
internal static class Patience
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Most = TimeSpan.FromSeconds(120);

    public static async Task Until(Func<Task<bool>> condition, Func<string> otherwise)
    {
        var begun = Stopwatch.GetTimestamp();
        using var ticks = new PeriodicTimer(Glance);
        while (!await condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(begun) < Most, otherwise());
            await ticks.WaitForNextTickAsync();
        }
    }

    public static Task Until(Func<bool> condition, string otherwise) => Until(() => Task.FromResult(condition()), () => otherwise);
}
