using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Relief.Flow.Activities.Areas;
using Relief.Flow.Activities.Matching;
using Relief.Flow.Host.Startup;

namespace Relief.Flow.Host.Relief;

/// <summary>Fetches the data of partners who have an address, each minute until it is there or the run's time is over (S35).</summary>
/// <remarks>What it brings is taken as a file that was handed in: the same bytes again change nothing, also when two nodes fetch. A partner that is away is asked again, and people can hand the data in themselves.</remarks>
internal sealed class DatasetFetcher(ReliefRecords records, DatasetDoor door, IOptions<MatchingOptions> options, ILogger<DatasetFetcher> logger) : EvenDuty(TimeSpan.FromMinutes(1))
{
    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) }) { Timeout = TimeSpan.FromMinutes(30) };

    /// <summary>Looks once what is missing and fetches it; how many files were taken.</summary>
    public async Task<int> RunOnce(CancellationToken cancellationToken)
    {
        var taken = 0;
        if (options.Value.Partners.Count == 0)
            return taken;
        foreach (var (run, rule) in await Missing(cancellationToken))
        {
            if (options.Value.Partners.GetValueOrDefault(rule.Partner) is { Url: not null } partner && await Fetch(run, rule, partner, cancellationToken))
                taken++;
        }

        return taken;
    }

    public override void Dispose()
    {
        _client.Dispose();
        base.Dispose();
    }

    protected override Task Once(CancellationToken cancellationToken) => RunOnce(cancellationToken);

    protected override void Failed(Exception exception) => Log.FetchFailed(logger, exception);

    private async Task<List<(MatchRun Run, MatchRule Rule)>> Missing(CancellationToken cancellationToken)
    {
        await using var db = records.ReadingAll();
        List<(MatchRun, MatchRule)> missing = [];
        foreach (var county in await new AreaQueries(db).Counties(cancellationToken))
        {
            var queries = new MatchQueries(db);
            foreach (var run in (await queries.Of(county.Code, cancellationToken)).Where(run => run.Status == MatchRunStatus.Collecting))
                missing.AddRange((await queries.Awaited(run, cancellationToken)).Where(awaited => !awaited.HasCome).Select(awaited => (run, awaited.Rule)));
        }

        return missing;
    }

    private async Task<bool> Fetch(MatchRun run, MatchRule rule, MatchingOptions.Partner partner, CancellationToken cancellationToken)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"{partner.Url}?run={run.Id}&dataSet={Uri.EscapeDataString(rule.DataSet)}&period={run.Period}");
            if (partner.Token is { } token)
                request.Headers.Authorization = new System.Net.Http.Headers.AuthenticationHeaderValue("Bearer", token);
            using var answer = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if ((int)answer.StatusCode is 204 or 404)
                return false;
            if ((int)answer.StatusCode != 200)
            {
                Log.PartnerRefused(logger, rule.Partner, rule.DataSet, (int)answer.StatusCode);
                return false;
            }

            await using var body = await answer.Content.ReadAsStreamAsync(cancellationToken);
            var of = new SentData(rule.DataSet, Header(answer, "X-Data-Version") ?? run.Period, Header(answer, "X-Data-Form") == nameof(FileForm.HitList) ? FileForm.HitList : FileForm.DataSet);
            var result = await door.Keep(run, rule, of, body, "fetch:" + rule.Partner, cancellationToken);
            if (result.Result is ProblemHttpResult { ProblemDetails: var problem })
                Log.PartnerRefused(logger, rule.Partner, rule.DataSet, problem.Status ?? 0);
            return result.Result is Ok<DatasetReceipt>;
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or BadHttpRequestException || exception is OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            Log.PartnerAway(logger, exception, rule.Partner, rule.DataSet);
            return false;
        }
    }

    private static string? Header(HttpResponseMessage answer, string name) => answer.Headers.TryGetValues(name, out var values) && values.First() is { Length: > 0 and <= 50 } value ? value : null;
}
