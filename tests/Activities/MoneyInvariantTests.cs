using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Catalogue;
using Relief.Flow.Activities.Funds;
using Relief.Flow.Activities.Parameters;
using Relief.Flow.Activities.People;
using Relief.Flow.Activities.Seed;
using Relief.Flow.Activities.Settlement;
using Relief.Flow.Activities.Visits;
using Relief.Flow.Tests.Storage;
using Relief.Flow.Workflows;
using static System.Threading.CancellationToken;

namespace Relief.Flow.Tests.Activities;

/// <summary>The attempts to break what must hold about money, visits and what is effective when (data.md): through the books, and past them by bare statements.</summary>
public abstract class MoneyInvariantTests(StorageKind kind) : PurchaseTest(kind)
{
    [Fact]
    public async Task INV_01_an_account_is_never_overdrawn()
    {
        await Funded();
        Assert.Equal(new ReservationResult.Short(0), await Reserve(109_740.01m));
        await Refused("never_overdrawn", Entry("Reserve", 109_740_01));
        await Refused("never_overdrawn", "update {fund_account} set reserved = appropriated + 1 where id = 'F4-2026'");
        await Refused("parts_positive", Entry("Spend", 1));
        await Refused("parts_positive", Entry("Release", 10_260_01));
        await Refused("INV-01", Entry("Reserve", -1));
        await Holds(10_260, 0, 109_740);
    }

    [Fact]
    public async Task INV_02_money_stays_with_its_purpose_and_its_source()
    {
        await Funded();
        Assert.Equal(new ReservationResult.NotEligibleFund(), await Reserve(100, new FundPurpose(ReliefCategory.Margin, ["disabled"], ["nursing"], "M1")));
        await Refused("INV-02", "update {fund_account} set kind = 'F5' where id = 'F4-2026'");
        await Refused("INV-02", "update {fund_account} set source_id = 'other' where id = 'F4-2026'");
        await Refused("INV-02", "update {fund_account} set fiscal_year = 2027 where id = 'F4-2026'");
    }

    [Fact]
    public async Task INV_04_splits_lines_and_batch_add_up()
    {
        await Delivered();
        var batch = await Verified("2026-04");
        await Refused("INV-04", async db =>
        {
            await db.Database.ExecuteSqlRawAsync(Named("update {line_split} set amount = amount - 1"));
            await db.Database.ExecuteSqlRawAsync(Named("update {settlement_line} set status = 'Approved' where status = 'Verified'"));
        });
        await Paid(batch.Batch.Id);
        foreach (var change in new[] { "update {line_split} set amount = amount - 1", "delete from {line_split}", "insert into {line_split} select 'x', line_id, part_id, account_id, 1 from {line_split}" })
            await Refused("INV-04", change);
        await Refused("INV-04", "update {settlement_batch} set paid_total = paid_total + 1");
    }

    [Fact]
    public async Task INV_05_only_an_accepted_record_is_paid_and_only_once()
    {
        await Delivered();
        var batch = await Verified("2026-04");
        Assert.All(batch.Lines, line => Assert.Equal(LineStatus.Verified, line.Line.Status));   // their splits are there, so only the record is missing
        await Refused("INV-05", async db =>
        {
            await db.Set<VisitRecord>().ExecuteUpdateAsync(set => set.SetProperty(row => row.Status, RecordStatus.Queried));
            await db.Database.ExecuteSqlRawAsync(Named("update {settlement_line} set status = 'Approved'"));
        });
        var line = batch.Lines[0].Line;
        await Refused("INV-05", db => db.Insert(line with { Id = "fast", RecordId = null, Status = LineStatus.Approved }, None));
        await Refused(Unique, db => db.Insert(line with { Id = "again", Status = LineStatus.Claimed }, None));

        await Paid(batch.Batch.Id);
        await Refused("INV-05", "update {service_record} set status = 'Accepted'");
        await Refused("INV-05", "update {settlement_line} set status = 'Verified'");
        await Refused("INV-25", "delete from {service_record}");
        Assert.Equal(new RecordResult.WrongState(RecordStatus.Settled), await Do(db => new RecordBook(db).Reject(line.RecordId!, "no", ByClerk(), None)));
    }

    [Fact]
    public async Task INV_06_a_line_has_the_price_of_its_service_date()
    {
        await Delivered();
        var line = (await Verified("2026-04")).Lines[0].Line;
        await Refused("INV-06", db => db.Insert(line with { Id = "dear", RecordId = null, UnitPrice = line.UnitPrice + 1, Status = LineStatus.Claimed }, None));
        await Refused("INV-06", "update {settlement_line} set unit_price = unit_price + 1");
        await Refused("INV-06", "update {settlement_line} set service_date = '2019-04-07'");
        await Refused("INV-06", async db =>
        {
            await db.Insert(Price("later", new DateOnly(2031, 1, 1)), None);
            await db.Database.ExecuteSqlRawAsync(Named("update {settlement_line} set price_version_id = 'later'"));
        });
    }

    [Fact]
    public async Task INV_07_what_lies_outside_agreement_plan_life_or_category_is_flagged_and_not_paid()
    {
        await Funded();
        await Serve("cleaning", Morning(3, 30), 1, "OutsideAgreement");
        for (var visit = 0; visit < 4; visit++)
            await Serve("cleaning", Morning(4, 7 + visit), 1);
        await Serve("cleaning", Morning(4, 11), 1, "OverPlan");
        await Do(db => new PersonBook(db, new PersonalDataKey(new byte[32])).ReportDeath("person-zhang", new DeathReport(new DateOnly(2026, 4, 12), "family"), ByClerk(), None));
        await Do(db => new PersonBook(db, new PersonalDataKey(new byte[32])).ConfirmDeath("person-zhang", ByClerk(), None));
        await Serve("home-care", Morning(4, 13), 1, "AfterDeath");

        var batch = await Verified("2026-04");
        Assert.Equal(
            ["Hold OverQuantity", "Rejected AfterDeathOrMove", "Rejected OutsideAgreement", "Verified ", "Verified ", "Verified ", "Verified "],
            batch.Lines.Select(view => $"{view.Line.Status} {view.Line.Reason}").Order(StringComparer.Ordinal));
        await Paid(batch.Batch.Id);
        Assert.Equal(180, (await Do(db => new SettlementQueries(db).Find(batch.Batch.Id, None)))!.Batch.PaidTotal);
    }

    [Fact]
    public async Task INV_07_nobody_is_served_at_public_cost_beyond_the_end_of_the_category()
    {
        await Funded();
        await Serve("cleaning", Morning(4, 7), 1);
        await Do(db => db.Set<ReliefIdentity>().ExecuteUpdateAsync(set => set.SetProperty(row => row.ValidTo, new DateOnly(2026, 4, 6))));
        var line = Assert.Single((await Verified("2026-04")).Lines).Line;
        Assert.Equal((LineStatus.Hold, "NotEligibleOnDate"), (line.Status, line.Reason));
    }

    [Fact]
    public async Task INV_08_accepted_records_of_one_worker_or_person_do_not_overlap()
    {
        await Funded();
        var first = await Serve("home-care", Morning(4, 7), 2);
        var second = await Submitted("cleaning", Morning(4, 7).AddHours(1), 1, "Overlap");
        Assert.Equal(new RecordResult.Invalid("Overlap"), await Do(db => new RecordBook(db).Accept(second, null, ByClerk(), None)));
        await Refused("INV-08", $"update {{service_record}} set status = 'Accepted' where id = '{second}'");
        var record = await Do(async db => (await new RecordQueries(db).Of(OrderId, None)).Single(row => row.Id == first));
        await Refused("INV-08", db => db.Insert(record with { Id = "twice", IdemKey = "twice" }, None));
        await Refused("INV-08", db => db.Insert(record with { Id = "other", IdemKey = "other", WorkerId = "worker-a2" }, None));
        Assert.IsType<RecordResult.Done>(await Do(db => new RecordBook(db).Accept(second, "two people saw it", ByClerk(), None)));
    }

    [Fact]
    public async Task INV_27_periods_of_one_price_parameter_or_identity_never_overlap()
    {
        await Do(db => new ExampleCounty(db, new PersonalDataKey(new byte[32])).Write(Morning(1, 4), None));
        await Refused("INV-27", db => db.Insert(Price("again", new DateOnly(2026, 6, 1)), None));
        await Refused("INV-27", "update {price_version} set valid_from = '2025-01-01', item_code = 'home-care'");

        Assert.True(await Do(db => new ParameterBook(db).Set(Parameter(2026, 5), ByClerk(), None)));
        Assert.True(await Do(db => new ParameterBook(db).Set(Parameter(2026, 7), ByClerk(), None)));
        Assert.False(await Do(db => new ParameterBook(db).Set(Parameter(2026, 6), ByClerk(), None)));
        await Refused("INV-27", $"update {{policy_parameter}} set valid_to = null where key = 'referral.accept' and area_code = '{County}'");
        await Refused("INV-27", "insert into {policy_parameter} select 'x', key, area_code, value, unit, valid_from, valid_to, basis from {policy_parameter} where key = 'referral.accept'");

        var identity = await Do(db => db.Set<ReliefIdentity>().SingleAsync(row => row.PersonId == "person-zhang"));
        await Refused("INV-27", db => db.Insert(identity with { Id = "x", ValidFrom = identity.ValidFrom.AddDays(1) }, None));
        await Do(db => db.Replace(identity with { ValidTo = new DateOnly(2026, 6, 30) }, None));
        await Do(db => db.Insert(identity with { Id = "next", ValidFrom = new DateOnly(2026, 7, 1) }, None));
        await Refused("INV-27", "update {relief_identity} set valid_to = '2026-07-01' where valid_to = '2026-06-30'");
    }

    private static PriceVersion Price(string id, DateOnly from) => new()
    {
        Id = id, CountyCode = County, CreatedAt = Morning(1, 1), CreatedBy = "a", ApprovedBy = "b", ItemCode = "home-care", AreaCode = id == "later" ? "999901" : County, Price = 60,
        ValidFrom = from, Document = "d", Label = "l", Status = CatalogueStatus.Approved
    };

    private static ParameterChange Parameter(int year, int month) =>
        new() { Key = "referral.accept", AreaCode = County, Value = "3", Unit = "WD", ValidFrom = new DateOnly(year, month, 1), Basis = "doc" };

    private static string Entry(string kind, long fen) =>
        "insert into {ledger_entry} (id, account_id, sequence, kind, amount, reference, idem_key, created_by, created_at, previous_hash, hash) "
        + $"select 'e', 'F4-2026', 99, '{kind}', {fen}, 'r', 'k', 'b', updated_at, '', 'h' from {{fund_cap}}";

    private async Task Funded()
    {
        await Confirmed();
        await InService();
    }

    private async Task Delivered()
    {
        await Funded();
        await Deliver(month: 4, careHours: 15);
    }

    private async Task Paid(string batchId)
    {
        Assert.IsType<SettlementResult.Done>(await Do(db => new SettlementBook(db).Approve(batchId, ByClerk("township-reviewer-1"), None)));
        Assert.IsType<SettlementResult.Done>(await Do(db => new SettlementBook(db).Pay(batchId, "bank-1", ByClerk("settlement-clerk-1", Morning(5, 15)), None)));
    }

    private Task<ReservationResult> Reserve(decimal amount, FundPurpose? purpose = null) => Do(db => new ReservationBook(db).Reserve(new ReservationRequest
    {
        OrderId = "order-x", CountyCode = County, Amount = amount, PeriodFrom = new DateOnly(2026, 4, 1), PeriodTo = new DateOnly(2026, 12, 31),
        Purpose = purpose ?? new FundPurpose(ReliefCategory.Dibao, ["elderly"], ["home-care"], "M1"), CandidateAccounts = ["F4-2026"]
    }, ByClerk(), None));

    public sealed class OnSqlite() : MoneyInvariantTests(StorageKind.Sqlite);

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres() : MoneyInvariantTests(StorageKind.PostgreSql);
}
