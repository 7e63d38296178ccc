using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Changes;
using Relief.Flow.Activities.Funds;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.Packages;
using Relief.Flow.Activities.People;
using Relief.Flow.Tests.Storage;
using Relief.Flow.Workflows;
using static System.Threading.CancellationToken;
using static Relief.Flow.Tests.Pathways.Town;

namespace Relief.Flow.Tests.Pathways;

/// <summary>"procedure.change": self-care is looked at again, a plan is cut down, somebody is in hospital, somebody moves, special-hardship relief ends after its notice, a false death, and who leaves the county with a package of their file, without, and with a consent taken back.</summary>
[Trait("Proves", "E03")]
[Trait("Proves", "E21")]
public abstract class ChangePathway : PathwayStory
{
    private int reports;

    public override IReadOnlyList<string> Plays => ["procedure.change", "procedure.death", "procedure.consent"];

    public override DateTimeOffset Begins => Local(5, 4);

    private protected override async Task Tell(Town town)
    {
        var orders = (Zhang: "", Feng: "");
        await town.Set(async db =>
        {
            orders.Zhang = Assert.Single(await ServedOrders.Of(db, "person-zhang", ReliefCategory.Dibao, "PV-A", "cleaning"));
            foreach (var leaver in new[] { "person-wang", "person-zhao" })
                await ServedOrders.Of(db, leaver, ReliefCategory.Dibao, "PV-A", "cleaning");
            orders.Feng = Assert.Single(await ServedOrders.Of(db, "person-feng", ReliefCategory.Tekun, "PV-A", "cleaning"));
        });
        await SelfCareChanges(town);
        await ThePlanIsCutDown(town, orders.Zhang);
        await SomebodyIsInHospital(town, orders.Zhang);
        await SomebodyMoves(town);
        await SpecialHardshipEnds(town, orders.Feng);
        await AFalseDeath(town);
        await SomeLeaveTheCounty(town);
    }

    private async Task SelfCareChanges(Town town)
    {
        var change = await Reported(town, "person-zhang", "SelfCare");
        await town.Complete("change.assess", "surveyor-qian", "Assessed", new { failedIndicators = new[] { "eating", "flying" }, evidence = "r-1" });
        await town.Complete("change.assess", "surveyor-qian", "Assessed", new { failedIndicators = new[] { "bathing", "walking", "toilet" }, evidence = "r-1" });
        await town.Complete("change.propose", "clerk-1", "Continue", new { reason = "服务已足够" });
        Assert.Equal((ChangeStatus.Kept, 3, "Eligible"), await town.Read(async db => (await Found(db, change)) is var found ? (found.Status, found.FailedIndicators!.Value, found.Verdict!) : default));
    }

    private async Task ThePlanIsCutDown(Town town, string order)
    {
        var change = await Reported(town, "person-zhang", "Recovered");
        await town.Complete("change.propose", "clerk-1", "Change", new { reason = "恢复良好", orderId = order, quantity = 2 });
        await town.At(Local(5, 9, 1));   // three working days have gone by without a word
        await town.Complete("change.review", "reviewer-li", "Back", new { reason = "请核实" });
        await town.Complete("change.propose", "clerk-1", "Change", new { reason = "已核实,恢复良好", orderId = order, quantity = 2 });
        await town.Complete("change.hear", "clerk-1", "Agrees", new { note = "同意" });
        await town.Complete("change.review", "reviewer-li", "Approved");
        await town.Complete("change.annex", "supplier-a", "Signed");
        await town.At(Local(6, 1));
        var view = (await town.Read(db => new OrderQueries(db).Find(order, None)))!;
        Assert.Equal((2, 2m, 4m), (view.Plan!.Version, view.Lines[0].QuantityPerMonth, (await town.Read(db => new OrderQueries(db).Find(order, new DateOnly(2026, 5, 31), None)))!.Lines[0].QuantityPerMonth));
        Assert.Equal((ChangeStatus.Applied, new DateOnly(2026, 6, 1)), ((await town.Read(db => Found(db, change))).Status, view.Agreement!.ValidFrom));
    }

    private async Task SomebodyIsInHospital(Town town, string order)
    {
        await Reported(town, "person-zhang", "Hospital");
        await town.Complete("change.propose", "clerk-1", "Suspend", new { reason = "住院", until = "2026-07-20" });
        Assert.Equal(OrderStatus.Paused, await StatusOf(town, order));
        await town.Complete("change.return", "clerk-1", "Stays");
        await town.Complete("change.propose", "clerk-1", "Continue", new { reason = "仍需照料" });   // refused: the order would stand still for ever
        await town.Complete("change.propose", "clerk-1", "Suspend", new { reason = "仍在住院", until = "2026-07-20" });
        await town.At(Local(7, 2));
        Assert.Equal(0, await Reserved(town, order));
        await town.At(Local(7, 21, 1));
        Assert.Equal((OrderStatus.Active, 2 * 45m * 6), (await StatusOf(town, order), await Reserved(town, order)));
    }

    private async Task SomebodyMoves(Town town)
    {
        await Reported(town, "person-zhang", "Address");
        await town.Complete("change.propose", "clerk-1", "Transfer", new { reason = "随子女居住", toAreaCode = "99990201", effectiveOn = "2026-08-01" });
        await town.Complete("change.transfer", "clerk-b", "Declined", new { reason = "未办理居住登记" });
        await town.Complete("change.propose", "clerk-1", "Transfer", new { reason = "已办理居住登记", toAreaCode = "99990201", effectiveOn = "2026-08-01" });
        await town.Complete("change.transfer", "clerk-b", "Accepted");
        await town.At(Local(8, 1));
        var moved = await town.Read(db => db.Set<Case>().SingleAsync(row => row.PersonId == "person-zhang"));
        Assert.Equal(("99990201", "township-b"), (moved.AreaCode, moved.OwnerUnitId));
    }

    private async Task SpecialHardshipEnds(Town town, string order)
    {
        await Reported(town, "person-feng", "CategoryChange");
        foreach (var _ in new[] { "first", "again" })
        {
            await town.Complete("change.propose", "clerk-1", "Stop", new { reason = "法定义务人已有履行能力", stopReason = "NotEligible" });
            await town.Complete("change.hear", "clerk-1", "Objects", new { note = "希望继续" });
            await town.Complete("change.review", "reviewer-li", "Approved");
            if (_ == "first")
                await town.Publish("objection:" + ChangeBook.Chain(Last()), new { reason = "情况不符", by = "villager" });
        }

        await town.At(Local(9, 1));
        Assert.Equal(OrderStatus.Ended, await StatusOf(town, order));
        Assert.Equal(0, await Reserved(town, order));
        await town.Complete("change.afterCare", "clerk-1", "NothingNeeded", new { note = "已转低保" });
        Assert.Equal(new DateOnly(2026, 8, 31), await town.Read(db => db.Set<ReliefIdentity>().Where(row => row.PersonId == "person-feng").Select(row => row.ValidTo).SingleAsync()));
    }

    private async Task AFalseDeath(Town town)
    {
        await Reported(town, "person-zhao", "Death");
        await town.Complete("death", "clerk-1", "DeathRetracted", new { evidence = "见到本人" });
        Assert.Equal(LifeStatus.Alive, await town.Read(db => db.Set<Person>().Where(row => row.Id == "person-zhao").Select(row => row.LifeStatus).SingleAsync()));
        Assert.DoesNotContain(await town.Read(db => db.Set<PersonChange>().ToListAsync()), change => change.EndedAt is null);
    }

    // One takes the package along, one takes the consent back before it is handed over, one never answers: each case closes, and nobody is asked twice.
    private async Task SomeLeaveTheCounty(Town town)
    {
        var wang = await Leaves(town, "person-wang", 2, ("clerk-1", "reviewer-li"));
        await town.Complete("change.package", "clerk-1", "Consented", new { place = "示例省示例市示例县", form = "paper", givenBy = "Person" });
        await town.Complete("change.handOver", "clerk-1", "HandedOver", new { checkNumber = "00000000", receiver = "Person", receipt = "HZ-1" });   // not what is printed on it
        var hash = (await town.Read(async db => await new PackageContents(db).Of((await new PackageBook(db).Find(wang, None))!, None))).Hash();
        await town.Complete("change.handOver", "clerk-1", "HandedOver", new { checkNumber = PackageContent.CheckNumber(hash), receiver = "Person", receipt = "HZ-1" });
        Assert.Equal((PackageOutcome.HandedOver, "HZ-1", hash), await Package(town, wang));

        var zhao = await Leaves(town, "person-zhao", 3, ("clerk-1", "reviewer-li"));
        await town.Complete("change.package", "clerk-1", "Consented", new { place = "示例省示例市示例县", form = "voice", givenBy = "Person" });
        await town.Start("procedure.consent", new { personId = "person-zhao", scopes = new[] { "Transfer" }, form = "voice", by = "clerk-1" });
        await town.Complete("consent.answer", "clerk-1", "Answered", new { answer = "资料包不再移交" });
        Assert.Equal((PackageOutcome.Withdrawn, null, null), await Package(town, zhao));

        var zhang = await Leaves(town, "person-zhang", 4, ("clerk-b", "reviewer-b"));
        Assert.Equal(CaseStatus.Stopping, await CaseOf(town, "person-zhang"));
        await town.At(Local(9, 30));
        Assert.Equal((PackageOutcome.NoAnswer, null, null), await Package(town, zhang));
        foreach (var person in new[] { "person-wang", "person-zhao", "person-zhang" })
            Assert.Equal(CaseStatus.Closed, await CaseOf(town, person));
        Assert.Empty(await town.Rows("select kind from task where kind in ('change.package', 'change.handOver') and state in (1, 2)"));
    }

    private async Task<string> Leaves(Town town, string person, int day, (string Clerk, string Reviewer) by)
    {
        var change = await Reported(town, person, "Address");
        await town.Complete("change.propose", by.Clerk, "Stop", new { reason = "迁往外省", stopReason = "Moved", effectiveOn = $"2026-09-0{day}" });
        await town.Complete("change.hear", by.Clerk, "Agrees", new { note = "同意" });
        await town.Complete("change.review", by.Reviewer, "Approved");
        await town.At(Local(9, day + 1, 1));
        return change;
    }

    private static async Task<(PackageOutcome?, string?, string?)> Package(Town town, string change) =>
        await town.Read(db => new PackageBook(db).Find(change, None)) is { } package ? (package.Outcome, package.Receipt, package.ContentHash) : default;

    private static Task<CaseStatus> CaseOf(Town town, string person) => town.Read(db => db.Set<Case>().Where(row => row.PersonId == person).Select(row => row.Status).SingleAsync());

    private async Task<string> Reported(Town town, string person, string kind)
    {
        var origin = "report-" + ++reports;
        await town.Start("procedure.change", new { personId = person, kind, origin = "Report", originId = origin, seen = "情况有变", by = "clerk-1" }, InstanceIds.Of("change:Report:" + origin));
        return Last();
    }

    private string Last() => ChangeBook.IdOf(ChangeOrigin.Report, "report-" + reports);

    private static Task<PersonChange> Found(ReliefDbContext db, string id) => new ChangeBook(db).Get(id, None);

    private static async Task<OrderStatus> StatusOf(Town town, string order) => (await town.Read(db => new OrderQueries(db).Find(order, None)))!.Order.Status;

    private static Task<decimal> Reserved(Town town, string order) => town.Read(async db =>
    {
        var reservation = (await new OrderQueries(db).Find(order, None))!.Order.ReservationId!;
        return (await new FundQueries(db).Parts(reservation, None)).Sum(ReservationBook.Remaining);
    });

    public sealed class OnSqlite : ChangePathway
    {
        public override StorageKind Kind => StorageKind.Sqlite;
    }

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres : ChangePathway
    {
        public override StorageKind Kind => StorageKind.PostgreSql;
    }
}
