using Relief.Flow.Activities.Parameters;
using Relief.Flow.Tests.Host;
using Relief.Flow.Tests.Storage;
using static System.Threading.CancellationToken;
using static Relief.Flow.Tests.Scenarios.ReliefDesk;
using Deed = Relief.Flow.Activities.Deed;

namespace Relief.Flow.Tests.Scenarios;

/// <summary>SC-03 over REST: a budget that is short is split over two funds, or the case waits for money.</summary>
/// <remarks>Wang is confirmed in November, so that the service year that is left has one month: ten visits are 900 yuan.</remarks>
[Trait("Proves", "E08")]
public abstract class SC03 : IAsyncLifetime
{
    private ReliefDesk desk = null!;
    private PurchaseDesk money = null!;

    protected abstract Task<ReliefDesk> Open();

    [Fact]
    public async Task A_need_of_900_takes_600_of_one_fund_and_300_of_another()
    {
        await desk.IsConfirmed(Applicant.Wang, "nursing", 10);

        Assert.Equal(900, (await money.Reservation("amount")).GetDecimal());
        Assert.Equal([("F5-2026", 600m), ("F3-2026", 300m)],
            (await money.Reservation("allocation")).EnumerateArray().Select(share => (share.Text("accountId"), share.GetProperty("amount").GetDecimal())));
        Assert.Equal((600m, 0m, 0m), await money.Holds("F5-2026"));
        Assert.Equal((300m, 0m, 200m), await money.Holds("F3-2026"));
        Assert.Equal("Sent", await money.StatusOf(desk.CaseId));
        Assert.Equal(["unit:PV-A 11-02 10:00"], desk.Told("referral.new"));
        Assert.Empty(desk.Told("fund.short"));
        await desk.IsSound();
    }

    [Fact]
    public async Task Without_a_split_cases_wait_by_urgency_and_nothing_is_dispatched_until_money_comes()
    {
        await NoSplit();
        var wang = await Waits(Applicant.Wang, 10);
        Assert.Equal(["person:person-wang 11-02 10:00", "unit:999901 11-02 10:00"], desk.Told("fund.short").Order());
        await money.IsKnown(Applicant.Chen);
        var urgent = await Waits(Applicant.Chen with { IsUrgent = true }, 5);
        Assert.Equal(4, desk.Texts("fund.short").Count(text => text.Contains("第1位", StringComparison.Ordinal)));

        // 900 are there for the urgent case, though it came later.
        await money.IsGiven("F5-2026", 300);
        Assert.Equal(("Sent", "Created"), (await money.StatusOf(urgent), await money.StatusOf(wang)));
        Assert.Equal((900m, 0m, 0m), await money.Holds("F5-2026"));
        await money.IsGiven("F5-2026", 900);
        Assert.Equal("Sent", await money.StatusOf(wang));
        Assert.Equal((1_800m, 0m, 0m), await money.Holds("F5-2026"));
        Assert.Equal((0m, 0m, 500m), await money.Holds("F3-2026"));
        Assert.Equal(4, desk.Told("fund.short").Count);
        await desk.IsSound();
    }

    public async Task InitializeAsync()
    {
        desk = await Open();
        money = new PurchaseDesk(desk);
        await desk.Until(On(11, 2));
        await money.BeginsWith("F5-2026", 600);
        await money.BeginsWith("F3-2026", 500);
    }

    public async Task DisposeAsync() => await desk.DisposeAsync();

    private Task NoSplit() => desk.Set(async db =>
    {
        var off = new ParameterChange { Key = "fund.split", AreaCode = "999900", Value = "false", Unit = "flag", ValidFrom = new DateOnly(2026, 1, 1), Basis = "test" };
        await new ParameterBook(db).Set(off, new Deed("county-officer-1", On(11, 2), "no-split"), None);
    });

    private async Task<string> Waits(Applicant who, decimal visits)
    {
        var (before, sent) = (await desk.Tasks("waitingList"), desk.Told("referral.new"));
        await desk.IsConfirmed(who, "nursing", visits);
        var order = await money.OrderOf(desk.CaseId);
        Assert.Equal("Created", order.Text("status"));
        Assert.Equal(before.Length + 1, (await desk.Tasks("waitingList")).Length);
        Assert.Empty(await desk.List($"orders/{order.Text("id")}/visits"));
        Assert.Equal(sent, desk.Told("referral.new"));
        Assert.Equal(((0m, 0m, 600m), (0m, 0m, 500m)), (await money.Holds("F5-2026"), await money.Holds("F3-2026")));
        return desk.CaseId;
    }

    public sealed class OnSqlite : SC03
    {
        protected override Task<ReliefDesk> Open() => ReliefDesk.OnSqlite();
    }

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres : SC03
    {
        protected override Task<ReliefDesk> Open() => ReliefDesk.OnPostgres();
    }
}
