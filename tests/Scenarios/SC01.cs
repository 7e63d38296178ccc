using Relief.Flow.Host.Demo;
using Relief.Flow.Tests.Host;
using Relief.Flow.Tests.Storage;

namespace Relief.Flow.Tests.Scenarios;

/// <summary>SC-01 from application to payment over REST, to the cent and the day: the story that <c>-- demo</c> tells.</summary>
public abstract class SC01
{
    protected abstract Task<TestHost> Open(string[] settings);

    [Fact]
    public async Task Home_care_is_applied_for_on_16_March_and_paid_on_15_May()
    {
        await using var host = await Open(
            ["Relief:DefinitionsPath=" + Repository.At("definitions"), "Relief:SeedExample=true", "Relief:PersonalDataKey=" + Convert.ToBase64String(new byte[32])]);
        var figures = await new FirstPurchase(new ApiCaller(host.Client), TextWriter.Null).Play(CancellationToken.None);

        Assert.Equal("Submitted Accepted Registered Surveying InReview Confirmed Referring Planned InService", string.Join(' ', figures.CaseStates));
        Assert.Equal((new DateOnly(2026, 3, 19), new DateOnly(2026, 3, 30)), (figures.Due["survey-team"], figures.Due["survey"]));
        Assert.Equal((new DateOnly(2026, 3, 27), new DateOnly(2026, 3, 26)), (figures.Due["approval"], figures.Due["referral"]));
        Assert.Equal(new DateOnly(2026, 4, 6), figures.Due["first-visit"]);
        Assert.Equal(("999900-2026-000001", "999900-2026-000001 一村 服务类救助"), (figures.ServiceNumber, figures.Notice));
        Assert.Equal(new FundFigures(Reserved: 10_260, Released: 0, Spent: 0, Available: 109_740), figures.WhenReserved);
        Assert.Equal(new FundFigures(Reserved: 9_120, Released: 60, Spent: 1_080, Available: 109_800), figures.WhenPaid);
        Assert.Equal(new BatchFigures(15, 1_080, 60, "NoAcceptedRecord", new DateOnly(2026, 5, 12), new DateOnly(2026, 5, 15)), figures.April);
        Assert.Equal(0, figures.Violations);
    }

    public sealed class OnSqlite : SC01
    {
        protected override Task<TestHost> Open(string[] settings) => TestHost.OnSqlite(settings);
    }

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres : SC01
    {
        protected override async Task<TestHost> Open(string[] settings) => await TestHost.OnPostgres(await (await PostgresServer.Shared).NewDatabase(), settings);
    }
}
