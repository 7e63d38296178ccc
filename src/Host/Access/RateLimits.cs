using System.Globalization;
using System.Threading.RateLimiting;
using Relief.Flow.Host.Answers;

namespace Relief.Flow.Host.Access;

/// <summary>How much one key may ask for (SC-47): so many requests a second, five times as many at once, and then 429 with <c>Retry-After</c>.</summary>
/// <remarks>Each node counts for itself. What carries no key, such as a doorbell's press, is never turned away here. It ends with the host.</remarks>
/// <param name="perSecond">For each key and each user; 0 for no limit.</param>
internal sealed class RateLimits(int perSecond) : IMiddleware, IDisposable
{
    private const int Burst = 5;

    private readonly PartitionedRateLimiter<HttpContext> _limiter = PartitionedRateLimiter.Create<HttpContext, string>(context => perSecond > 0 && context.User.KeyId() is { Length: > 0 } key
        ? RateLimitPartition.GetTokenBucketLimiter(key, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = perSecond * Burst, TokensPerPeriod = perSecond, ReplenishmentPeriod = TimeSpan.FromSeconds(1), QueueLimit = 0, AutoReplenishment = true
        })
        : RateLimitPartition.GetNoLimiter(""));

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        using var lease = _limiter.AttemptAcquire(context);
        if (lease.IsAcquired)
        {
            await next(context);
            return;
        }

        context.Response.Headers.RetryAfter = 1.ToString(CultureInfo.InvariantCulture);
        await Refusal.Of(StatusCodes.Status429TooManyRequests, "request.tooMany", $"This key may ask {perSecond} times a second. Wait a second and try again.").ExecuteAsync(context);
    }

    public void Dispose() => _limiter.Dispose();
}
