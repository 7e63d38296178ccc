using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using Relief.Flow.Host.Answers;

namespace Relief.Flow.Host.Access;

/// <summary>How much one key may ask for (SC-47): so many requests a second, five times as many at once, and then 429 with <c>Retry-After</c>.</summary>
/// <remarks>Each node counts for itself. What carries no key, such as a doorbell's press, is never turned away here.</remarks>
internal static class RateLimits
{
    private const int Burst = 5;

    /// <param name="perSecond">For each key and each user; 0 for no limit.</param>
    public static void AddRateLimits(this IServiceCollection services, int perSecond) => services.AddRateLimiter(options =>
    {
        options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context => perSecond > 0 && context.User.KeyId() is { Length: > 0 } key
            ? RateLimitPartition.GetTokenBucketLimiter(key, _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = perSecond * Burst, TokensPerPeriod = perSecond, ReplenishmentPeriod = TimeSpan.FromSeconds(1), QueueLimit = 0, AutoReplenishment = true
            })
            : RateLimitPartition.GetNoLimiter(""));
        options.OnRejected = async (rejected, _) =>
        {
            rejected.HttpContext.Response.Headers.RetryAfter = 1.ToString(CultureInfo.InvariantCulture);
            await Refusal.Of(StatusCodes.Status429TooManyRequests, "request.tooMany", $"This key may ask {perSecond} times a second. Wait a second and try again.").ExecuteAsync(rejected.HttpContext);
        };
    });
}
