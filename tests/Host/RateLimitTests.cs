using System.Net;

namespace Relief.Flow.Tests.Host;

/// <summary>A key that asks too much is told so, and nobody else notices (SC-47).</summary>
public sealed class RateLimitTests
{
    [Fact]
    public async Task A_key_that_asks_too_much_waits_and_others_do_not()
    {
        await using var host = await TestHost.OnSqlite("Relief:RequestsPerSecond=2");
        using var greedy = await host.WithRoles("app");
        using var modest = await host.WithRoles("app");
        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => greedy.GetAsync("/api/v1/instances")));
        var refused = answers.Where(answer => answer.StatusCode == HttpStatusCode.TooManyRequests).ToList();
        Assert.InRange(answers.Count(answer => answer.StatusCode == HttpStatusCode.OK), 10, 20);
        await refused[0].Refuses(HttpStatusCode.TooManyRequests, "request.tooMany");
        Assert.Equal(TimeSpan.FromSeconds(1), refused[0].Headers.RetryAfter!.Delta);

        await (await modest.GetAsync("/api/v1/instances")).Is(HttpStatusCode.OK);
        Assert.Equal(HttpStatusCode.OK, (await host.With(null).GetAsync("/health/live")).StatusCode);
    }
}
