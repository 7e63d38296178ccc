using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities;
using Relief.Flow.Activities.Funds;
using Relief.Flow.Activities.Settlement;
using Relief.Flow.Activities.SpotChecks;
using Relief.Flow.Activities.Visits;
using Relief.Flow.Tests.Storage;
using Relief.Flow.Workflows;
using static System.Threading.CancellationToken;

namespace Relief.Flow.Tests.Activities;

/// <summary>The attempts to break what must hold about spot checks (INV-14, INV-09) and about the money behind a finding: through the books, and past them by bare statements.</summary>
public abstract class SpotCheckInvariantTests(StorageKind kind) : PurchaseTest(kind)
{
    private static readonly DateTimeOffset YearEnd = new(2027, 1, 5, 1, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task INV_14_a_year_is_closed_only_with_its_share_of_services_checked_and_a_late_record_opens_it_again()
    {
        await Delivered();
        var plan = await Drawn();
        Assert.Equal((12, 4), (plan.Services, plan.Sample));
        foreach (var item in (await Items(plan)).Skip(1))
            await Checked(item, CheckResult.Pass);
        Assert.False(await Do(db => new SpotCheckBook(db).Close(County, 2026, ByClerk("system", YearEnd), None)));
        await Refused("INV-14", "update {spot_check_year} set status = 'Closed', closed_at = created_at");
        await Refused("INV-14", "insert into {spot_check_year} (id, county_code, created_at, created_by, year, ratio, status, services, checked, closed_at, reopened) "
            + "select 'x', county_code, created_at, created_by, 2025, ratio, 'Closed', 0, 0, created_at, 0 from {spot_check_year}");

        await Checked((await Items(plan))[0], CheckResult.CannotVerify);
        Assert.False(await Do(db => new SpotCheckBook(db).Close(County, 2026, ByClerk("system", YearEnd), None)));
        var reserve = (await Do(async db => await new SpotCheckBook(db).Replace((await new SpotCheckQueries(db).View(plan.Id, None))!.Items[0].Item, ByClerk(), None)))!;
        await Checked(reserve, CheckResult.Minor);
        Assert.True(await Do(db => new SpotCheckBook(db).Close(County, 2026, ByClerk("system", YearEnd), None)));
        Assert.Equal((YearStatus.Closed, 12, 4), await Year());

        await Submitted("cleaning", Morning(4, 28), 1, "OverPlan");
        Assert.Equal(YearStatus.Open, (await Year()).Status);
        Assert.True(await Do(db => new SpotCheckBook(db).Close(County, 2026, ByClerk("system", YearEnd), None)));   // ceil(0.30 × 13) is 4 as well
        await Submitted("cleaning", Morning(4, 29), 1, "OverPlan");
        Assert.False(await Do(db => new SpotCheckBook(db).Close(County, 2026, ByClerk("system", YearEnd), None)));
        Assert.Equal(1, (await Do(db => new SpotCheckBook(db).Draw(Request(DrawKind.TopUp, 1, 12), ByClerk("system", YearEnd), None))).Sample);
    }

    [Fact]
    public async Task INV_14_a_draw_is_reckoned_again_by_anybody_and_never_changed()
    {
        await Delivered();
        var plan = await Drawn();
        var proof = (await Do(db => new SpotCheckQueries(db).Proof(plan.Id, None)))!;
        Assert.True(proof.Holds);
        // With nothing but the published seed and members, by another's hand.
        var stratum = Assert.Single(proof.Strata);
        Assert.Equal(("999901", "PV-A", "M1", 12), (stratum.TownshipCode, stratum.SupplierId, stratum.Mode, stratum.Members.Count));
        var lots = stratum.Members.Select(member => (Lot: Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(plan.Seed + ":" + member))), member)).Order().Take(4);
        Assert.Equal(lots.Select(lot => lot.member), stratum.Drawn);
        Assert.NotEqual(plan.Seed, (await Do(db => new SpotCheckBook(db).Draw(Request(DrawKind.Monthly, 5, 5), ByClerk(), None))).Seed);
        Assert.Equal(plan.Id, (await Do(db => new SpotCheckBook(db).Draw(Request(DrawKind.Monthly, 4, 4), ByClerk(), None))).Id);   // a month is drawn once

        foreach (var table in new[] { "spot_check_plan", "spot_check_stratum", "spot_check_item" })
        {
            await Refused("INV-14", $"update {{{table}}} set created_by = 'x'");
            await Refused("INV-14", $"delete from {{{table}}}");
        }

        var forged = proof.Strata[0].Members.Except(proof.Strata[0].Drawn).First();
        await Do(async db =>
        {
            var item = (await new SpotCheckQueries(db).View(plan.Id, None))!.Items[0].Item;
            await db.Insert(item with { Id = "forged", RecordId = forged, Rank = 2 }, None);
        });
        Assert.False((await Do(db => new SpotCheckQueries(db).Proof(plan.Id, None)))!.Holds);
    }

    [Fact]
    public async Task INV_09_who_has_a_part_in_the_case_checks_none_of_its_services_and_no_finding_is_changed()
    {
        await Delivered();
        await Paid((await Verified("2026-04")).Batch.Id);
        var item = (await Items(await Drawn()))[0];
        var excluded = await Do(db => new SpotCheckQueries(db).Excluded(item, None));
        foreach (var one in new[] { "surveyor-qian", "surveyor-sun", "reviewer-li", "settlement-clerk-1", "township-reviewer-1" })
        {
            Assert.Contains(one, excluded);
            await Refused("INV-09", db => new SpotCheckBook(db).Find(item, Form(CheckResult.Pass), ByClerk(one), None));
        }

        Assert.DoesNotContain("county-officer-1", excluded);
        await Checked(item, CheckResult.Pass);
        await Checked(item, CheckResult.Major);
        Assert.Equal(CheckResult.Pass, Assert.Single(await Do(db => db.Set<SpotCheckFinding>().ToListAsync())).Result);
        await Refused("INV-14", "update {spot_check_finding} set result = 'Major'");
        await Refused("INV-14", "delete from {spot_check_finding}");
    }

    [Theory]
    [InlineData(2027, "county-officer", County)]
    [InlineData(2026, "relief-clerk", "999901")]
    public async Task E23_a_record_that_comes_after_its_year_is_over_is_let_in_by_the_county_only(int year, string role, string unit)
    {
        await Delivered();
        var record = await Submitted("cleaning", Morning(4, 28), 1, "OverPlan");
        await Do(db => db.Set<VisitRecord>().Where(row => row.Id == record).ExecuteUpdateAsync(set => set
            .SetProperty(row => row.SubmittedAt, YearEnd.AddYears(year - 2027)).SetProperty(row => row.Flags, new[] { "TooLate" })));
        var stage = new Stage(InUnit) { Now = YearEnd };
        await stage.Begin(new AcceptRecord { RecordId = record });
        Assert.Equal((role, unit), (stage.TaskOf<AcceptRecord>().Role, stage.TaskOf<AcceptRecord>().Unit));
    }

    [Fact]
    public async Task INV_14_papers_alone_do_not_do_where_a_direct_contact_was_drawn()
    {
        await Delivered();
        var items = await Items(await Drawn());
        var direct = Assert.Single(items, item => item.Direct);   // ceil(0.10 × 4)
        await Refused("INV-14", db => new SpotCheckBook(db).Find(direct, Form(CheckResult.Pass) with { Method = CheckMethod.RecordReview }, ByClerk("county-officer-1"), None));
        Assert.Equal("DirectContactNeeded", (Form(CheckResult.Pass) with { Method = CheckMethod.RecordReview }).Problem(direct));
        Assert.Equal("DidNotHappen", (Form(CheckResult.Minor) with { Happened = false }).Problem(direct));
        Assert.Equal("MoneyTakenIsMajor", (Form(CheckResult.Minor) with { Charged = true }).Problem(direct));
        Assert.Equal("FindingsMissing", (Form(CheckResult.Major) with { Findings = "" }).Problem(direct));
        Assert.Null(Form(CheckResult.Major).Problem(direct));
    }

    [Fact]
    public async Task INV_05_a_frozen_record_is_not_paid_and_a_paid_line_is_taken_back_once_whole_and_by_two()
    {
        await Delivered();
        var batch = await Verified("2026-04");
        var (frozen, paid) = (batch.Lines[1].Line, batch.Lines[0].Line);
        Assert.Null(await Freeze(frozen.RecordId!));
        Assert.Equal((LineStatus.Rejected, "SpotCheckMajor"), await Line(frozen.Id));   // its clerk had done with it
        await Paid(batch.Batch.Id);
        Assert.Equal(paid.Id, (await Freeze(paid.RecordId!))!.Id);
        await Refused("INV-05", db => db.Insert(paid with { Id = "early", Kind = LineKind.Correction, RecordId = null, Amount = -paid.Amount, OrigLineId = paid.Id, Status = LineStatus.Claimed }, None));

        Assert.False(await Do(db => new CorrectionBook(db).TakeBack(paid, ("county-officer-1", "SpotCheckMajor"), ByClerk("county-officer-1"), None)));
        Assert.True(await Do(db => new CorrectionBook(db).TakeBack(paid, ("county-officer-1", "SpotCheckMajor"), ByClerk("county-officer-2"), None)));
        await Refused("INV-25", "update {line_correction} set reason = 'x'");
        await Refused("INV-25", "delete from {record_freeze}");
        await Refused("INV-05", db => db.Insert(paid with { Id = "part", Kind = LineKind.Correction, RecordId = null, Amount = -1, OrigLineId = paid.Id, Status = LineStatus.Claimed }, None));

        var before = (await Do(db => new FundQueries(db).Balance("F4-2026", None)))!;
        var next = Assert.Single((await Verified("2026-05")).Lines).Line;   // the frozen record comes no more
        Assert.Equal((LineKind.Correction, -paid.Amount, paid.Id, LineStatus.Verified), (next.Kind, next.Amount, next.OrigLineId, next.Status));
        await Refused(Unique, db => db.Insert(next with { Id = "twice" }, None));
        await Paid(next.BatchId);
        var after = (await Do(db => new FundQueries(db).Balance("F4-2026", None)))!;
        Assert.Equal((before.Spent - paid.Amount, before.Available + paid.Amount, before.Reserved), (after.Spent, after.Available, after.Reserved));
        Assert.Empty(await Do(db => new FundQueries(db).BrokenAt("F4-2026", None)));
    }

    private static CheckForm Form(CheckResult result) => new()
    {
        Result = result, Method = CheckMethod.HomeVisit, Happened = result is CheckResult.Pass or CheckResult.Minor, Findings = result == CheckResult.Pass ? null : "与记录不符"
    };

    private static DrawRequest Request(DrawKind kind, int from, int to) => new(
        County, kind, new DateOnly(2026, from, 1), new DateOnly(2026, to, 1).AddMonths(1).AddDays(-1), Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)));

    private async Task Delivered()
    {
        await Confirmed();
        await InService();
        await Deliver(month: 4, careHours: 15);
        await Do(db => new SpotCheckBook(db).Open(County, 2026, ByClerk("system"), None));
    }

    private Task<SpotCheckPlan> Drawn() => Do(db => new SpotCheckBook(db).Draw(Request(DrawKind.Monthly, 4, 4), ByClerk("system", Morning(5, 5)), None));

    private async Task<IReadOnlyList<SpotCheckItem>> Items(SpotCheckPlan plan) =>
        [.. (await Do(db => new SpotCheckQueries(db).View(plan.Id, None)))!.Items.Select(view => view.Item).Where(item => item.Origin == ItemOrigin.Random)];

    private Task<SpotCheckFinding> Checked(SpotCheckItem item, CheckResult result) => Do(db => new SpotCheckBook(db).Find(item, Form(result), ByClerk("county-officer-1"), None));

    private Task<SettlementLine?> Freeze(string record) => Do(db => new CorrectionBook(db).Freeze(record, "SpotCheckMajor", ByClerk("county-officer-1"), None));

    private async Task<(LineStatus, string?)> Line(string id) => await Do(db => new SettlementQueries(db).Line(id, None)) is { } line ? (line.Status, line.Reason) : default;

    private async Task<(YearStatus Status, int Services, int Checked)> Year() =>
        await Do(db => new SpotCheckQueries(db).Year(County, 2026, None)) is { } year ? (year.Status, year.Services, year.Checked) : default;

    private async Task Paid(string batchId)
    {
        Assert.IsType<SettlementResult.Done>(await Do(db => new SettlementBook(db).Approve(batchId, ByClerk("township-reviewer-1"), None)));
        Assert.IsType<SettlementResult.Done>(await Do(db => new SettlementBook(db).Pay(batchId, "bank-1", ByClerk("settlement-clerk-1", Morning(5, 15)), None)));
    }

    public sealed class OnSqlite() : SpotCheckInvariantTests(StorageKind.Sqlite);

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres() : SpotCheckInvariantTests(StorageKind.PostgreSql);
}
