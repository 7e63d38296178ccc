using System.Net;
using Relief.Flow.Activities.Funds;
using Relief.Flow.Activities.People;
using Relief.Flow.Tests.Host;
using Relief.Flow.Tests.Storage;
using static System.Threading.CancellationToken;
using static Relief.Flow.Tests.Scenarios.ReliefDesk;
using Deed = Relief.Flow.Activities.Deed;

namespace Relief.Flow.Tests.Scenarios;

/// <summary>SC-04 over REST: the 1 % cap binds where money is given and where it is reserved, and claws nothing back.</summary>
/// <remarks>Orders are decided in February, so that they run for ten months: 40 errands of 20 yuan a month are 8 000 yuan, 25 are 5 000.</remarks>
[Trait("Proves", "INV-03")]
public abstract class SC04 : IAsyncLifetime
{
    private const string F3 = "F3-2026";

    private ReliefDesk desk = null!;
    private PurchaseDesk money = null!;

    protected abstract Task<ReliefDesk> Open();

    [Fact]
    public async Task The_cap_is_300_000_for_what_is_given_and_240_000_once_the_base_is_cut()
    {
        await IsGivenWithinTheCap();
        await IsUsed(reserved: 146_000, spent: 80_000);
        await desk.IsConfirmed(Applicant.Wang, "errand", 20);
        var existing = desk.CaseId;
        Assert.Equal((150_000m, 80_000m, 20_000m), await money.Holds(F3));

        await desk.Until(2, 3, 9);
        await TheBaseIsCut();
        await Runs(existing);
        Assert.Equal("Sent", await Wants(Applicant.Chen, 40));
        Assert.Equal((158_000m, 80_000m, 12_000m), await money.Holds(F3));
        Assert.Equal("Created", await Wants(Applicant.Jiang, 25));
        await IsBlocked();
        Assert.Equal("Reserve 8000", await money.Posted(F3, On(2, 3)));
        await desk.IsSound();
    }

    public async Task InitializeAsync()
    {
        desk = await Open();
        money = new PurchaseDesk(desk);
        await desk.Until(2, 2, 9);
        await money.BeginsWith(F3, 0);
    }

    public async Task DisposeAsync() => await desk.DisposeAsync();

    private async Task IsGivenWithinTheCap()
    {
        var refused = await (await desk.Posts("county-finance-1", "funds/allocations", PurchaseDesk.Money(F3, 320_000))).Refuses(HttpStatusCode.Conflict, "fund.capExceeded");
        Assert.Equal("CapExceeded(300000)", refused.Text("detail"));
        Assert.Empty(await desk.Tasks("fund.approve"));
        await money.IsGiven(F3, 250_000);
        Assert.Equal((0m, 0m, 250_000m), await money.Holds(F3));
    }

    private async Task TheBaseIsCut()
    {
        await desk.Sends("county-officer-2", "funds/cap", new { countyCode = "999900", fiscalYear = 2026, capBase = 24_000_000, document = "示例财社〔2026〕6号" });
        await (await desk.Tries("county-officer-2", "fund.approve", "Approved")).Refuses(HttpStatusCode.Forbidden, "task.excluded");
        await desk.Decides("county-officer-1", "fund.approve", "Approved");

        var cap = await desk.Get("funds/cap?county=999900&year=2026");
        Assert.Equal((240_000m, 230_000m, true), (cap.GetProperty("cap").GetDecimal(), cap.GetProperty("used").GetDecimal(), cap.GetProperty("aboveCap").GetBoolean()));
        Assert.Equal(["unit:999900 02-03 09:00"], desk.Told("fund.aboveCap"));
        Assert.StartsWith("【红色预警】2026年专项资金上限降至240000元", Assert.Single(desk.Texts("fund.aboveCap")), StringComparison.Ordinal);
    }

    private async Task IsBlocked()
    {
        Assert.Equal("CapExceeded", (await money.Reservation("reason")).GetString());
        Assert.Equal((158_000m, 80_000m, 12_000m), await money.Holds(F3));
        await desk.Task("waitingList");
        Assert.Single(desk.Told("fund.blocked"), told => told.StartsWith("unit:999900 02-03", StringComparison.Ordinal));
        Assert.Contains("5000元被拒:CapExceeded", Assert.Single(desk.Texts("fund.blocked")), StringComparison.Ordinal);
    }

    // An order from before the cut is accepted, planned and signed, and its visits are set.
    private async Task Runs(string caseId)
    {
        await desk.Decides("supplier-a", "referral", "Accepted");
        await desk.Decides("supplier-a", "plan", "Submitted", new { goals = "代办", lines = new[] { new { itemCode = "errand", quantityPerMonth = 20, visitsPerMonth = 20 } } });
        await desk.Decides("clerk-1", "plan.agree", "Agreed");
        await desk.Sign("supplier-a");
        Assert.Equal("Active", await money.StatusOf(caseId));
        Assert.NotEmpty(await desk.List($"orders/{(await money.OrderOf(caseId)).Text("id")}/visits"));
    }

    private async Task<string> Wants(Applicant who, decimal visits)
    {
        await money.IsKnown(who);
        await desk.IsConfirmed(who, "errand", visits);
        return await money.StatusOf(desk.CaseId);
    }

    // What was reserved and spent for orders that are not told of.
    private Task IsUsed(decimal reserved, decimal spent) => desk.Set(async db =>
    {
        var deed = new Deed("system", On(2, 2), "scene");
        var book = new ReservationBook(db);
        var held = (ReservationResult.Reserved)await book.Reserve(new ReservationRequest
        {
            OrderId = "earlier", CountyCode = "999900", Amount = reserved + spent, PeriodFrom = new DateOnly(2026, 1, 1), PeriodTo = new DateOnly(2026, 12, 31),
            Purpose = new FundPurpose(ReliefCategory.Margin, ["disabled"], ["errand"], "M1"), CandidateAccounts = [F3]
        }, deed, None);
        var part = Assert.Single(await new FundQueries(db).Parts(held.ReservationId, None));
        await book.Commit([new PartAmount(part.Id, spent)], "earlier", deed with { Key = "scene-commit" }, None);
        await book.Spend([new PartAmount(part.Id, spent)], "earlier", deed with { Key = "scene-spend" }, None);
    });

    public sealed class OnSqlite : SC04
    {
        protected override Task<ReliefDesk> Open() => ReliefDesk.OnSqlite();
    }

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres : SC04
    {
        protected override Task<ReliefDesk> Open() => ReliefDesk.OnPostgres();
    }
}
