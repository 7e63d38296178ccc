using System.Globalization;
using System.Text.Json;
using Relief.Flow.Workflows.Definitions;

namespace Relief.Flow.Workflows.Kernel;

/// <summary>How often and how long after a run with an incident the engine tries again by itself.</summary>
/// <remarks>Read from <c>customProperties.retryPolicy</c> of an activity: <c>{ "maxAttempts": 5, "delay": "00:01:00", "factor": 2 }</c>. Without it, nobody but an operator retries.</remarks>
public sealed record RetryPolicy(int MaxAttempts, TimeSpan Delay, double Factor)
{
    public static readonly RetryPolicy Never = new(1, TimeSpan.Zero, 1);

    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    public static RetryPolicy Of(Node node)
    {
        if (!node.Members.TryGetValue("customProperties", out var properties) || properties.ValueKind != JsonValueKind.Object ||
            !properties.TryGetProperty("retryPolicy", out var policy) || policy.ValueKind != JsonValueKind.Object)
        {
            return Never;
        }

        var attempts = policy.TryGetProperty("maxAttempts", out var max) && max.TryGetInt32(out var number) ? number : 3;
        var delay = policy.TryGetProperty("delay", out var text) && TimeSpan.TryParse(text.ToString(), CultureInfo.InvariantCulture, out var span) ? span : TimeSpan.FromMinutes(1);
        var factor = policy.TryGetProperty("factor", out var times) && times.TryGetDouble(out var value) ? value : 2;
        return new RetryPolicy(attempts, delay, factor);
    }

    /// <summary>When to try again after the given number of failed attempts; null when there have been enough.</summary>
    public DateTimeOffset? Next(int attempts, DateTimeOffset now)
    {
        if (attempts >= MaxAttempts)
        {
            return null;
        }

        var wait = Delay.TotalSeconds * Math.Pow(Factor, attempts - 1);
        return now + TimeSpan.FromSeconds(Math.Min(wait, Longest.TotalSeconds));
    }
}
