using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Funds;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.Parameters;
using Relief.Flow.Activities.People;
using Relief.Flow.Activities.Suppliers;
using Relief.Flow.Activities.Catalogue;
using static System.Threading.CancellationToken;
using static Relief.Flow.Tests.Pathways.Town;
using Deed = Relief.Flow.Activities.Deed;

namespace Relief.Flow.Tests.Pathways;

/// <summary>"procedure.fund" and the waiting list of a short budget (SC-03, SC-04), "procedure.supplier" and "procedure.catalogue".</summary>
public sealed class FundPathway
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_short_budget_is_split_over_two_funds_or_waits_for_money(bool split)
    {
        await using var town = await Town.Open(Local(3, 24));
        var (caseId, needId) = await Nursing(town, "person-wang", 10);
        await town.Set(async db =>
        {
            var deed = new Deed("county-finance-1", Local(3, 1), "scene");
            await new FundBook(db).Adjust("F5-2026", -59_400, "doc", deed, None);
            await new FundBook(db).Adjust("F3-2026", -249_500, "doc", deed with { Key = "scene-2" }, None);
            if (!split)
                await new ParameterBook(db).Set(new ParameterChange { Key = "fund.split", AreaCode = "999900", Value = "false", Unit = "flag", ValidFrom = new DateOnly(2026, 1, 1), Basis = "test" }, deed, None);
        });

        await town.Start("pathway.government-purchase", new { caseId, needItemId = needId, personId = "person-wang", from = "2026-04-01", to = "2026-04-30" });

        var order = Assert.Single(await town.Read(db => new OrderQueries(db).Of(caseId, None)));
        if (split)
        {
            Assert.Equal((0m, 200m, OrderStatus.Sent), (await Available(town, "F5-2026"), await Available(town, "F3-2026"), order.Status));
            return;
        }

        Assert.Equal((600m, 500m, OrderStatus.Created), (await Available(town, "F5-2026"), await Available(town, "F3-2026"), order.Status));
        Assert.Equal(["waitingList"], await town.Rows("select kind from task where state = 1"));
        Assert.Equal(["A", "C"], await town.Rows("select payload ->> '$.audience' from outbox where payload ->> '$.template' = 'fund.short' order by 1"));
        await Give(town, "F5-2026", 300);
        order = Assert.Single(await town.Read(db => new OrderQueries(db).Of(caseId, None)));
        Assert.Equal((0m, OrderStatus.Sent), (await Available(town, "F5-2026"), order.Status));
    }

    [Fact]
    public async Task The_one_percent_cap_binds_where_money_is_given_and_where_it_is_reserved()
    {
        await using var town = await Town.Open(Local(3, 24));
        var refused = await town.Start("procedure.fund", new { countyCode = "999900", kind = "Allocate", accountId = "F3-2026", amount = 70_000m, document = "doc", by = "county-finance-1" });
        Assert.Equal(["adjust CapExceeded"], await Outcomes(town, refused));
        await town.Set(async db =>
        {
            var deed = new Deed("system", Local(3, 2), "scene");
            var purpose = new FundPurpose(ReliefCategory.Margin, ["disabled"], ["errand"], "M1");
            await new ReservationBook(db).Reserve(new ReservationRequest
            {
                OrderId = "earlier", CountyCode = "999900", Amount = 230_000, PeriodFrom = new DateOnly(2026, 1, 1), PeriodTo = new DateOnly(2026, 12, 31), Purpose = purpose, CandidateAccounts = ["F3-2026"]
            }, deed, None);
        });
        await town.Start("procedure.fund", new { countyCode = "999900", kind = "CapBase", fiscalYear = 2026, amount = 24_000_000m, document = "doc-2", by = "county-finance-1" });
        await town.Complete("fund.approve", "county-officer-1", "Approved");
        Assert.Equal(["K"], await town.Rows("select payload ->> '$.audience' from outbox where payload ->> '$.template' = 'fund.aboveCap'"));

        Assert.Equal(OrderStatus.Sent, await Errands(town, "person-wang", 400));
        Assert.Equal(12_000, await Available(town, "F3-2026"));
        Assert.Equal(OrderStatus.Created, await Errands(town, "person-zheng", 250));
        Assert.Equal(["CapExceeded"], await town.Rows("select payload ->> '$.data.reason' from outbox where payload ->> '$.template' = 'fund.blocked'"));
        Assert.Equal(12_000, await Available(town, "F3-2026"));
    }

    [Fact]
    public async Task A_supplier_is_listed_and_a_price_is_set_by_two_people()
    {
        await using var town = await Town.Open(Local(3, 24));
        var supplier = new
        {
            id = "PV-C", countyCode = "999900", name = "示例服务社丙", items = new[] { "cleaning" }, areas = new[] { "999900" }, capacity = 5,
            bankAccount = "示例银行 0001", licenceUntil = "2027-12-31", agreementFrom = "2026-01-01", agreementTo = "2026-12-31"
        };
        await town.Start("procedure.supplier", new { supplier, by = "county-officer-2" });
        await town.Complete("supplier.approve", "county-officer-1", "Listed");
        Assert.Equal(SupplierStatus.Active, (await town.Read(db => new SupplierQueries(db).Find("PV-C", None)))!.Status);

        var entry = new { countyCode = "999900", code = "cleaning", price = 48m, validFrom = "2026-06-01", document = "doc", label = "v2026-2" };
        await town.Start("procedure.catalogue", new { kind = "price", entry, by = "township-reviewer-1" });
        Assert.Equal(45, (await town.Read(db => new CatalogueQueries(db).PriceOn("cleaning", "99990101", new DateOnly(2026, 6, 1), None)))!.Price);
        await town.Complete("catalogue.approve", "county-officer-1", "Approved");
        Assert.Equal(48, (await town.Read(db => new CatalogueQueries(db).PriceOn("cleaning", "99990101", new DateOnly(2026, 6, 1), None)))!.Price);
        Assert.Equal(45, (await town.Read(db => new CatalogueQueries(db).PriceOn("cleaning", "99990101", new DateOnly(2026, 5, 31), None)))!.Price);
    }

    private static async Task Give(Town town, string account, decimal amount)
    {
        await town.Start("procedure.fund", new { countyCode = "999900", kind = "Allocate", accountId = account, amount, document = "doc-3", by = "county-finance-1" });
        await town.Complete("fund.approve", "county-officer-1", "Approved");
    }

    private static async Task<OrderStatus> Errands(Town town, string person, int visits)
    {
        var (caseId, needId) = await Scene(town, person, "errand", visits);
        await town.Start("pathway.government-purchase", new { caseId, needItemId = needId, personId = person, from = "2026-04-01", to = "2026-04-30" });
        return Assert.Single(await town.Read(db => new OrderQueries(db).Of(caseId, None))).Status;
    }

    private static Task<(string CaseId, string NeedId)> Nursing(Town town, string person, decimal visits) => Scene(town, person, "nursing", visits);

    private static async Task<(string CaseId, string NeedId)> Scene(Town town, string person, string item, decimal quantity)
    {
        var caseId = "";
        await town.Set(async db =>
        {
            var deed = new Deed("clerk-1", Local(3, 16), "scene-" + person);
            var application = await new ApplicationBook(db).Enter(new ApplicationEntry
            {
                CountyCode = "999900", Channel = "window", ApplicantName = "某某", PersonId = person, Category = ReliefCategory.Margin, ItemCodes = [item], Wording = "需要服务"
            }, deed, None);
            caseId = ((CaseResult.Done)await new CaseBook(db).Open(application.Id, "township-a", deed, None)).CaseId;
            foreach (var status in new[] { CaseStatus.Accepted, CaseStatus.Registered, CaseStatus.Surveying, CaseStatus.InReview, CaseStatus.Confirmed })
                await new CaseBook(db).Move(caseId, status, null, deed, None);
            await new CaseBook(db).RegisterNeeds(caseId, [new NeedEntry(item, "服务", "disabled", Urgency.Normal, "服务")], deed, None);
            var need = Assert.Single(await new CaseQueries(db).Needs(caseId, None));
            await new CaseBook(db).Decide(need with { Status = NeedStatus.Confirmed, Quantity = quantity, Pathways = ["M1"] }, deed, None);
        });
        return (caseId, Assert.Single(await town.Read(db => new CaseQueries(db).Needs(caseId, None))).Id);
    }

    private static async Task<decimal> Available(Town town, string account) => (await town.Read(db => new FundQueries(db).Balance(account, None)))!.Available;

    private static async Task<IReadOnlyList<string>> Outcomes(Town town, Guid id)
    {
        Assert.Equal(["5"], await town.Rows($"select '5' from instance where id = '{id}' and finished_at is not null"));
        return (await town.Rows($"select count(*) || '' from task where instance_id = '{id}'"))[0] == "0" ? ["adjust CapExceeded"] : [];
    }
}
