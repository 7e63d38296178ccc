using System.Net;
using Relief.Flow.Tests.Host;
using Relief.Flow.Tests.Storage;
using static Relief.Flow.Tests.Scenarios.ReliefDesk;

namespace Relief.Flow.Tests.Scenarios;

/// <summary>A county's year of money over REST (P24): what is asked wrongly is told by field and opens nothing, and what is asked twice opens once.</summary>
public abstract class FundYearTests : IAsyncLifetime
{
    private ReliefDesk desk = null!;

    protected abstract Task<ReliefDesk> Open();

    [Fact]
    public async Task A_year_that_is_asked_for_wrongly_is_not_opened_and_one_that_is_asked_for_twice_is_opened_once()
    {
        foreach (var (body, wrong) in new (object, string[])[]
                 {
                     (new { }, ["countyCode", "fiscalYear"]), (new { fiscalYear = 2026 }, ["countyCode"]), (new { countyCode = "", fiscalYear = 2026 }, ["countyCode"]),
                     (new { countyCode = "999901", fiscalYear = 2026 }, ["countyCode"]), (new { countyCode = "123456", fiscalYear = 2026 }, ["countyCode"]), (new { countyCode = "999900" }, ["fiscalYear"]),
                     (new { countyCode = "999900", fiscalYear = 0 }, ["fiscalYear"]), (new { countyCode = "999900", fiscalYear = 2024 }, ["fiscalYear"]), (new { countyCode = "999900", fiscalYear = 2028 }, ["fiscalYear"]),
                     (new { countyCode = "999900", fiscalYear = int.MinValue + 2026 }, ["fiscalYear"])
                 })
        {
            var problem = await (await desk.Posts("county-finance-1", "funds/years", body)).Refuses(HttpStatusCode.UnprocessableEntity, "request.invalid");
            Assert.Equal(wrong, problem.GetProperty("errors").EnumerateObject().Select(error => error.Name).Order());
        }

        foreach (var unread in new object[] { new { countyCode = "999900", fiscalYear = "this one" }, new { countyCode = "999900", fiscalYear = 2026.5 }, new { countyCode = 999900, fiscalYear = 2026 }, new[] { 2026 } })
            await (await desk.Posts("county-finance-1", "funds/years", unread)).Refuses(HttpStatusCode.BadRequest, "request.malformed");
        Assert.Empty(await desk.List("instances?definitionId=procedure.fund.year"));
        foreach (var unknown in new[] { "999900-2026", "999900-2026/reservations", "999900", "nothing/reservations" })
            await (await desk.Host.Client.GetAsync("/api/v1/funds/years/" + unknown)).Refuses(HttpStatusCode.NotFound, "fundYear.notFound");

        var opened = await desk.Sends("county-finance-1", "funds/years", new { countyCode = "999900", fiscalYear = 2026 });
        Assert.Equal(opened.Text("instanceId"), (await desk.Sends("county-finance-2", "funds/years", new { countyCode = "999900", fiscalYear = 2026 })).Text("instanceId"));
        Assert.Single(await desk.List("instances?definitionId=procedure.fund.year"));
        var year = await desk.Get("funds/years/999900-2026");
        Assert.Equal((2026, "county-finance-1", null), (year.GetProperty("year").GetProperty("year").GetInt32(), year.GetProperty("year").Text("createdBy"), year.GetProperty("year").Text("closedAt")));
        Assert.Equal(8, year.GetProperty("accounts").GetArrayLength());
        foreach (var take in new[] { "0", "101", "-1" })
            Assert.True((await (await desk.Host.Client.GetAsync("/api/v1/funds/years/999900-2026/reservations?take=" + take)).Refuses(HttpStatusCode.UnprocessableEntity, "request.invalid")).GetProperty("errors").TryGetProperty("take", out _));
        Assert.Equal(0, (await desk.Get("funds/years/999900-2026/reservations?take=100&after=zzz")).GetProperty("items").GetArrayLength());
        await desk.IsSound();
    }

    public async Task InitializeAsync()
    {
        desk = await Open();
        await desk.Until(On(3, 2, 8));
    }

    public async Task DisposeAsync() => await desk.DisposeAsync();

    public sealed class OnSqlite : FundYearTests
    {
        protected override Task<ReliefDesk> Open() => ReliefDesk.OnSqlite();
    }

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres : FundYearTests
    {
        protected override Task<ReliefDesk> Open() => ReliefDesk.OnPostgres();
    }
}
