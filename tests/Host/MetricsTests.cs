using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Relief.Flow.Workflows.Operation;

namespace Relief.Flow.Tests.Host;

/// <summary>What is measured can be scraped and sent, names nobody, and is all that the dashboard and the alerts ask for.</summary>
[Collection(AloneCollection.Name)]
public sealed partial class MetricsTests
{
    [Fact]
    public async Task Stuck_work_is_told_by_code_and_every_code_from_the_first_moment()
    {
        await using var host = await TestHost.OnSqlite();
        var before = await Scrape(host);
        // The hosts of other tests are in this process too, and tell into the same series: the value is asked of this one's own gauges.
        Assert.True(Value(before, "flow_stuck{code=\"K1\"}") >= 0 && Value(before, "flow_invariant_violations{code=\"K6\"}") >= 0);
        Assert.Equal(0, host.Part<StuckGauges>().CountOf("K1"));
        var incidents = Value(before, "flow_incidents_total");

        await host.Publish(Sketches.Broken);
        await (await host.Client.PostAsync("/api/v1/pathways/broken/instances", Answers.Body("{}"))).Is(HttpStatusCode.Accepted);
        await host.TimePasses("PT0S");
        await (await host.Client.PostAsync("/api/v1/stuck/look", null)).Is(HttpStatusCode.OK);

        var after = await Scrape(host);
        Assert.Equal(1, host.Part<StuckGauges>().CountOf("K1"));
        Assert.True(Value(after, "flow_incidents_total") > incidents);
        Assert.Contains("# TYPE http_server_request_duration_seconds histogram", after, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_those_who_watch_may_scrape()
    {
        await using var host = await TestHost.OnSqlite();
        await (await host.With(null).GetAsync("/metrics")).Refuses(HttpStatusCode.Unauthorized, "auth.required");
        await (await (await host.WithRoles("surveyor")).GetAsync("/metrics")).Refuses(HttpStatusCode.Forbidden, "auth.forbidden");
        Assert.Equal(HttpStatusCode.OK, (await (await host.WithRoles("auditor")).GetAsync("/metrics")).StatusCode);
    }

    /// <summary>A metric that nobody exports would leave a panel empty, and an alert silent.</summary>
    [Theory]
    [InlineData("grafana-dashboard.json")]
    [InlineData("alerts.yml")]
    public async Task Every_metric_that_is_asked_for_exists(string file)
    {
        await using var host = await TestHost.OnSqlite();
        await host.Client.GetStringAsync("/health/live");
        var exported = Exported().Matches(await Scrape(host)).Select(match => match.Groups[1].Value).ToHashSet();

        var asked = Asked().Matches(await File.ReadAllTextAsync(Repository.At("docs", "operations", file))).Select(match => match.Value).ToHashSet();

        Assert.NotEmpty(asked);
        Assert.Empty(asked.Except(exported));
    }

    [Fact]
    public async Task A_collector_gets_traces_and_metrics_and_no_address()
    {
        await using var collector = (await OutsideWorld.Open()).Answers("POST /v1/traces", OutsideAnswer.Ok).Answers("POST /v1/metrics", OutsideAnswer.Ok);
        await using (var host = await TestHost.OnSqlite("Relief:Telemetry:OtlpEndpoint=" + collector.Address))
            await host.Client.GetAsync("/api/v1/instances/00000000-0000-0000-0000-00000badf00d?correlationId=somebody-in-particular");

        var traces = string.Concat(collector.RequestsTo("POST /v1/traces").Select(request => request.Body));
        Assert.Contains("/api/v1/instances/{id:guid}", traces, StringComparison.Ordinal);
        Assert.DoesNotContain("badf00d", traces, StringComparison.Ordinal);
        Assert.DoesNotContain("somebody-in-particular", traces, StringComparison.Ordinal);
        Assert.Contains("flow_bursts", string.Concat(collector.RequestsTo("POST /v1/metrics").Select(request => request.Body)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_collector_that_is_away_costs_no_work()
    {
        await using var host = await TestHost.OnSqlite("Relief:Telemetry:OtlpEndpoint=http://127.0.0.1:9");
        await host.Publish(Sketches.Straight);
        await (await host.Client.PostAsync("/api/v1/pathways/straight/instances", Answers.Body("{}"))).Is(HttpStatusCode.Accepted);
    }

    private static Task<string> Scrape(TestHost host) => host.Client.GetStringAsync("/metrics");

    // A host of another test that ends just now may tell the same series once more.
    private static double Value(string page, string series) =>
        double.Parse(page.Split('\n').First(line => line.StartsWith(series + " ", StringComparison.Ordinal))[(series.Length + 1)..], CultureInfo.InvariantCulture);

    [GeneratedRegex("^([a-z_]+)(?:\\{| )", RegexOptions.Multiline)]
    private static partial Regex Exported();

    [GeneratedRegex("\\b(?:flow|http_server|dotnet)_[a-z_]+\\b")]
    private static partial Regex Asked();
}
