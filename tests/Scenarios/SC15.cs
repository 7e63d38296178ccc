using Relief.Flow.Tests.Host;
using Relief.Flow.Tests.Storage;
using static Relief.Flow.Tests.Scenarios.ReliefDesk;

namespace Relief.Flow.Tests.Scenarios;

/// <summary>SC-15 over REST: a suspected infection stops visits at once, workers learn the level of protection alone, and after clearance visits go on.</summary>
[Trait("Proves", "E11")]
public abstract class SC15 : IAsyncLifetime
{
    private ReliefDesk desk = null!;

    protected abstract Task<ReliefDesk> Open();

    [Fact]
    public async Task Three_visits_fall_away_the_report_is_made_in_two_hours_and_clearance_brings_visits_back()
    {
        await desk.IsConfirmed(Applicant.Wang, "nursing", 3);
        var order = (await desk.List($"cases/{desk.CaseId}/orders"))[0].Text("id")!;
        await desk.Decides("supplier-a", "referral", "Accepted");
        await desk.Decides("supplier-a", "plan", "Submitted", new { goals = "护理", lines = new[] { new { itemCode = "nursing", quantityPerMonth = 3, visitsPerMonth = 3 } } });
        await desk.Decides("clerk-1", "plan.agree", "Agreed");
        await desk.Sign("supplier-a");
        var planned = (await desk.List($"orders/{order}/visits")).Length;
        Assert.True(planned >= 3, $"{planned} visits planned");

        await desk.Sends("clerk-1", "pathways/procedure.infection/instances", new { input = new { caseId = desk.CaseId, personId = "person-wang" } });
        Assert.Equal(planned, await Visits(order, "Cancelled"));
        Assert.Equal("Paused", (await desk.List($"cases/{desk.CaseId}/orders"))[0].Text("status"));
        Assert.All(desk.Texts("order.paused").Concat(desk.Texts("visit.cancelled")), text => Assert.DoesNotContain("传染", text, StringComparison.Ordinal));
        Assert.Equal(planned, desk.Told("visit.cancelled").Count);
        var now = (await desk.Get("clock")).GetProperty("now").GetDateTimeOffset();
        Assert.Equal(now.AddHours(2), await desk.Due("infection.report"));
        await desk.Decides("clerk-1", "infection.report", "Done", new { reference = "cdc-17" });
        await desk.Until(now.AddDays(1));
        await desk.Decides("clerk-1", "infection.clear", "Done", new { reference = "clear-17" });

        Assert.Equal("Active", (await desk.List($"cases/{desk.CaseId}/orders"))[0].Text("status"));
        Assert.True(await Visits(order, "Dispatched") + await Visits(order, "Scheduled") >= planned - 1);
        await desk.IsSound();
    }

    public async Task InitializeAsync()
    {
        desk = await Open();
        await desk.Until(On(3, 30, 9));
    }

    public async Task DisposeAsync() => await desk.DisposeAsync();

    private async Task<int> Visits(string order, string status) => (await desk.List($"orders/{order}/visits")).Count(visit => visit.Text("status") == status);

    public sealed class OnSqlite : SC15
    {
        protected override Task<ReliefDesk> Open() => ReliefDesk.OnSqlite();
    }

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres : SC15
    {
        protected override Task<ReliefDesk> Open() => ReliefDesk.OnPostgres();
    }
}
