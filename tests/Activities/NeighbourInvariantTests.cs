using Relief.Flow.Activities;
using Relief.Flow.Activities.Neighbours;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.Pairs;
using Relief.Flow.Tests.Storage;
using Relief.Flow.Workflows;
using static System.Threading.CancellationToken;
using Deed = Relief.Flow.Activities.Deed;

namespace Relief.Flow.Tests.Activities;

/// <summary>The attempts to break INV-17 and the rules of pairs: through the books, and past them by bare statements.</summary>
public abstract class NeighbourInvariantTests(StorageKind kind) : PurchaseTest(kind)
{
    private const string SheetId = "999901-2026";

    private const string Count = "insert into {subsidy_log} (id, subsidy_id) values ('{0}', 'neighbour-he-2026')";

    private string order = "";

    [Fact]
    public async Task INV_17_only_confirmed_logs_of_certified_paired_non_household_helpers_count()
    {
        await Paired();
        var counted = await Logged(5);
        await Confirmed(counted);
        Assert.Equal(new LogResult.Refused("NotCertified"), await Write(1));   // the certificate is of the second
        Assert.Equal(new LogResult.Refused("RecorderIsHelper"), await Do(db => new NeighbourBook(db).Record(order, Form(6), ByClerk("neighbour-he", Morning(12, 6)), None)));
        Assert.Equal(new LogResult.Refused("NotPaired"), await Do(db => new NeighbourBook(db).Record(order, Form(6) with { HelperId = "neighbour-lv" }, ByClerk(at: Morning(12, 6)), None)));
        var open = await Logged(7);
        await Refused("neighbour_log_confirmed", $"update {{neighbour_log}} set status = 'Confirmed', confirmed_by = helper_id, confirmed_how = 'Review' where id = '{open}'");

        var view = await Frozen();
        Assert.Equal((1, 10m), (view.Visits, view.Granted));
        Assert.Equal(new LogResult.Refused("YearFrozen"), await Write(8));
        await Refused("INV-17", Counting(open));                              // not confirmed
        await Refused(Unique, Counting(counted));                             // counted twice
        await Confirmed(open);
        await Refused("INV-17", Counting(open, "update {pair} set no_charge_at = null"));
        await Refused("INV-17", Counting(open, "update {course_certificate} set valid_from = '2026-12-08'"));
        await Refused("INV-17", Counting(open, "update {neighbour_volunteer} set person_id = 'person-zhang'"));
        await Refused("INV-17", $"update {{neighbour_log}} set status = 'Rejected' where id = '{counted}'");
        await Refused("INV-25", $"delete from {{neighbour_log}} where id = '{counted}'");
        await Refused("INV-17", "insert into {neighbour_log} select 'x', county_code, created_at, created_by, township_code, pair_id, helper_id, person_id, service_date, content, 'Recorded', confirmed_by, confirmed_how, confirmed_at, reason, 'x' from {neighbour_log} where id = '" + open + "'");
    }

    [Fact]
    public async Task INV_17_a_helper_is_paid_once_a_year_and_up_to_the_cap()
    {
        await Paired();
        await Confirmed(await Logged(5));
        await Frozen();
        await Refused("subsidy_cap", "update {subsidy} set granted = granted + 1");
        await Refused("subsidy_cap", "update {subsidy} set amount = 100001, granted = 100001");
        await Refused("INV-17", "update {subsidy} set status = 'Paid'");      // before the review
        await Do(db => new SubsidyBook(db).Review(SheetId, ([], []), ByClerk("township-reviewer-1", Morning(12, 31)), None));
        await Refused("INV-17", "update {subsidy} set visits = visits + 1");
        await Refused("subsidy_sheet_paid", "update {subsidy_sheet} set status = 'Paid'");
        await Do(db => db.Replace(Paid(db), None));
        await Refused("INV-17", "update {subsidy} set status = 'Accepted'");
        await Refused("INV-17", "delete from {subsidy_log}");
        await Refused("INV-25", "delete from {subsidy}");
        await Refused(Unique, "insert into {subsidy} select 'again', sheet_id, helper_id, year, visits, unit, cap, amount, granted, 'Computed', reason from {subsidy}");
    }

    [Fact]
    public async Task INV_17_two_nodes_that_compute_a_year_at_once_make_one_sheet()
    {
        await Paired();
        await Confirmed(await Logged(5));
        var deeds = Enumerable.Range(0, 2).Select(_ => ByClerk(at: Morning(12, 31))).ToList();
        var counts = Unique.StartsWith("duplicate", StringComparison.Ordinal)   // SQLite has one writer, who waits for nobody here
            ? await Task.WhenAll(deeds.Select(deed => DoApart(db => Compute(db, deed))))
            : [await Do(db => Compute(db, deeds[0])), await Do(db => Compute(db, deeds[1]))];
        Assert.Equal([1, 1], counts);
        Assert.Equal(10, (await Do(db => new NeighbourQueries(db).Sheet(SheetId, None)))!.Granted);
    }

    [Fact]
    public async Task A50_a_pair_needs_both_sides_and_no_kin_and_stays_as_it_was()
    {
        await Paired();
        await Refused("E09", "insert into {pair} select 'kin', county_code, created_at, created_by, order_id, 'person-zhao', kind, 'zhao-nephew', 'Proposed', person_agreed_at, helper_agreed_at, paired_on, ended_on, end_reason, party_day, plan, no_charge_at, 'kin' from {pair} where helper_id = 'neighbour-he'");
        await Refused("pair_both_agree", "update {pair} set person_agreed_at = null where helper_id = 'neighbour-he'");
        await Refused("INV-25", "update {pair} set person_id = 'person-wang'");
        await Refused("INV-25", "delete from {pair}");
    }

    private static async Task<int> Compute(ReliefDbContext db, Deed deed)
    {
        await new SubsidyBook(db).Freeze((County, "999901", 2026), deed, None);
        return await new SubsidyBook(db).Compute(SheetId, deed, None);
    }

    private static Subsidy Paid(ReliefDbContext db) => db.Set<Subsidy>().Single() with { Status = SubsidyStatus.Paid };

    private async Task Paired()
    {
        await Confirmed();
        order = Assert.IsType<OrderResult.Done>(await Do(db => new OrderBook(db).Create(new OrderEntry(CaseId, [], "M6", new DateOnly(2026, 12, 1), new DateOnly(2026, 12, 31)), ByClerk(), None))).Id;
        var at = Morning(12, 1);
        var helper = new NeighbourVolunteer { Id = "neighbour-he", CountyCode = County, CreatedAt = at, CreatedBy = "surveyor-qian", AreaCode = "99990101", Name = "何某某", BirthDate = new DateOnly(1970, 1, 1), BankAccount = "示例银行 0001" };
        await Do(db => new NeighbourBook(db).Enrol(helper, ByClerk(at: at), None));
        await Do(db => new NeighbourBook(db).Certify(new CourseCertificate { Id = "c-1", HelperId = helper.Id, Certificate = "L-1", ValidFrom = new DateOnly(2026, 12, 2), ValidTo = new DateOnly(2028, 12, 1) }, ByClerk(at: at), None));
        await Do(async db =>
        {
            var row = (await new OrderQueries(db).Find(order, None))!.Order;
            var pair = Assert.Single(await new PairBook(db).Propose((row, PairKind.Neighbour), [helper.Id], ByClerk(at: at), None));
            await new PairBook(db).Agree(pair.Id, PairSide.Person, ByClerk(at: at), None);
            await new PairBook(db).Agree(pair.Id, PairSide.Helper, ByClerk(at: at), None);
            Assert.True(await new PairBook(db).Conclude(pair.Id, "Timeout", ByClerk(at: at), None));
            await new PairBook(db).DeclareNoCharge(pair.Id, ByClerk(at: at), None);
        });
    }

    private static LogForm Form(int day) => new("neighbour-he", new DateOnly(2026, 12, day), "陪伴");

    private Task<LogResult> Write(int day) => Do(db => new NeighbourBook(db).Record(order, Form(day), ByClerk("surveyor-qian", Morning(12, 20)), None));

    private async Task<string> Logged(int day) => Assert.IsType<LogResult.Done>(await Write(day)).Log.Id;

    private async Task Confirmed(string logId) => Assert.IsType<LogResult.Done>(await Do(db => new NeighbourBook(db).Confirm(logId, "Beneficiary", ByClerk("surveyor-qian", Morning(12, 20)), None)));

    private async Task<SheetView> Frozen()
    {
        Assert.Equal(1, await Do(db => Compute(db, ByClerk(at: Morning(12, 31)))));
        return (await Do(db => new NeighbourQueries(db).Sheet(SheetId, None)))!;
    }

    private string Counting(string logId, string? after = null) =>
        (after is null ? "" : after + "; ") + Count.Replace("{0}", logId, StringComparison.Ordinal);

    public sealed class OnSqlite() : NeighbourInvariantTests(StorageKind.Sqlite);

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres() : NeighbourInvariantTests(StorageKind.PostgreSql);
}
