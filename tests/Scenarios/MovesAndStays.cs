using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Archive;
using Relief.Flow.Activities.Doorbell;
using Relief.Flow.Activities.Funds;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.People;
using Relief.Flow.Activities.Visits;
using Relief.Flow.Tests.Host;
using Relief.Flow.Tests.Pathways;
using Relief.Flow.Tests.Storage;
using Relief.Flow.Workflows;
using static System.Threading.CancellationToken;
using static Relief.Flow.Tests.Scenarios.ReliefDesk;
using Deed = Relief.Flow.Activities.Deed;

namespace Relief.Flow.Tests.Scenarios;

/// <summary>E03 and E21 over REST, each from its report to its end: somebody moves to another township of the county, somebody leaves the county with a package of their own file, and somebody is in hospital for longer than their money is kept.</summary>
public abstract class MovesAndStays(StorageKind kind) : IAsyncLifetime
{
    private const string Zhang = "person-zhang", Elsewhere = "示例省示例市示例县";
    private ReliefDesk desk = null!;
    private string order = "", caseId = "", serviceNumber = "";

    [Fact]
    [Trait("Proves", "E03")]
    public async Task E03_who_moves_within_the_county_keeps_number_supplier_and_money_and_the_new_township_takes_the_case()
    {
        await Reports("Address");
        await desk.Decides("clerk-1", "change.propose", "Transfer", new { reason = "随子女居住", toAreaCode = "88880101", effectiveOn = "2026-06-01" });
        Assert.NotNull((await Shown("change.propose")).Text("problem"));   // no village of this county
        await desk.Decides("clerk-1", "change.propose", "Transfer", new { reason = "随子女居住", toAreaCode = "99990201", effectiveOn = "2026-06-01" });
        await (await desk.Tries("clerk-1", "change.transfer", "Accepted")).Is(HttpStatusCode.Forbidden);   // the receiving township answers, not the one that sends
        await (await desk.Tries("clerk-b", "change.transfer", "Declined", new { reason = "" })).Refuses(HttpStatusCode.UnprocessableEntity, "task.formInvalid");
        await desk.Decides("clerk-b", "change.transfer", "Declined", new { reason = "未办理居住登记" });
        Assert.Equal(["unit:999901 05-04 09:00"], desk.Told("change.declined"));
        await desk.Decides("clerk-1", "change.propose", "Transfer", new { reason = "已办理居住登记", toAreaCode = "99990201", effectiveOn = "2026-06-01" });
        await desk.Decides("clerk-b", "change.transfer", "Accepted");
        Assert.Equal("99990101", (await Case()).Text("areaCode"));   // not before its day

        await desk.Until(6, 1, 9);
        Assert.Equal(("99990201", "township-b"), ((await Case()).Text("areaCode"), (await Case()).Text("ownerUnitId")));
        Assert.Single(desk.Told("change.transferred"));
        await Stands("Active", reserved => reserved == 500);
        Assert.Equal([(null, "99990101"), ("2026-06-01", "99990201")], await Residences());
        Assert.Equal("Applied", (await Change()).Text("status"));
        await NoPackage("package.notLeaving");   // within the county the case itself is handed on
        await desk.IsSound();
    }

    [Fact]
    [Trait("Proves", "E03")]
    public async Task E03_who_leaves_the_county_takes_along_a_package_of_their_own_file_by_consent_once()
    {
        await desk.Set(async db =>
        {
            var deed = new Deed("worker-a1", On(5, 1, 12), "served");
            var record = (RecordResult.Done)await new RecordBook(db).Submit(Cleaned(1), deed, None);
            await new RecordBook(db).Accept(record.RecordId, null, deed.Step("accept"), None);
            await new ArchiveBook(db).Open(new FileEntry(caseId, serviceNumber, "PV-A", ["plan"]), new Deed("clerk-1", On(5, 1), "file"), None);
        });
        await Reports("Address");
        await desk.Decides("clerk-1", "change.propose", "Stop", new { reason = "迁往外省", stopReason = "Moved", effectiveOn = "2026-05-20" });
        await desk.Decides("clerk-1", "change.hear", "Agrees", new { note = "同意" });
        await desk.Decides("reviewer-li", "change.review", "Approved");
        await NoPackage("package.notOffered");
        await desk.Until(5, 21, 9);
        await NoPackage("package.noConsent");
        Assert.Equal(["person:person-zhang 05-21 00:00"], desk.Told("change.package"));

        await (await desk.Tries("clerk-b", "change.package", "Refused")).Is(HttpStatusCode.Forbidden);
        await (await desk.Tries("clerk-1", "change.package", "Consented", new { form = "paper", givenBy = "Person" })).Refuses(HttpStatusCode.UnprocessableEntity, "task.formInvalid");
        foreach (var (problem, place, form) in new[] { ("PlaceInCounty", "99990201", "paper"), ("PlaceUnknown", "123456", "paper"), ("PlaceUnknown", "省", "paper"), ("FormUnknown", Elsewhere, "rumour") })
        {
            await desk.Decides("clerk-1", "change.package", "Consented", new { place, form, givenBy = "Person" });
            Assert.Equal(problem, (await Shown("change.package")).Text("problem"));
        }

        await desk.Decides("clerk-1", "change.package", "Consented", new { place = Elsewhere, form = "paper", givenBy = "Person" });
        var consent = Assert.Single(await desk.List($"persons/{Zhang}/consents"));
        Assert.Equal(("Transfer", Elsewhere), (consent.Text("scope"), consent.Text("receiver")));
        await IsHandedOver();
        await desk.IsSound();
    }

    // What is printed before a record comes in is not what is handed over; then it goes, once, and nothing of it can be had or taken back any more.
    private async Task IsHandedOver()
    {
        var printed = await Package("clerk-1");
        using (var other = desk.Host.With(TestHost.AdminKey, "clerk-b"))
            await (await other.GetAsync($"/api/v1/changes/{await ChangeId()}/package")).Refuses(HttpStatusCode.NotFound, "change.notFound");
        await desk.Set(async db =>
        {
            var deed = new Deed("worker-a1", On(5, 21), "served-again");
            var record = (RecordResult.Done)await new RecordBook(db).Submit(Cleaned(20), deed, None);
            await new RecordBook(db).Accept(record.RecordId, null, deed.Step("accept"), None);
        });
        object Hands(JsonElement package) => new { checkNumber = package.Text("checkNumber"), receiver = "Person", receipt = "HZ-0521" };
        await desk.Decides("clerk-1", "change.handOver", "HandedOver", Hands(printed));
        Assert.Equal("PackageChanged", (await Shown("change.handOver")).Text("problem"));

        var package = await Package("clerk-1");
        var content = package.GetProperty("content");
        Assert.Equal((serviceNumber, "Dibao", "2026-05-20", Elsewhere), (content.Text("serviceNo"), content.Text("category"), content.Text("leftOn"), content.Text("place")));
        Assert.Equal(["2026-05-01", "2026-05-20"], Assert.Single(content.GetProperty("files").EnumerateArray()).GetProperty("services").EnumerateArray().Select(service => service.Text("on")));
        Assert.Equal((4m, "2026-05-20"), (Assert.Single(content.GetProperty("plans").EnumerateArray()).GetProperty("quantityPerMonth").GetDecimal(), content.GetProperty("plans")[0].Text("to")));
        Assert.DoesNotMatch("[0-9]{17}[0-9X]", package.GetRawText());
        using var board = desk.Board;
        Assert.Contains(package.Text("checkNumber")!, await board.GetStringAsync($"/console/papers/packages/{await ChangeId()}"), StringComparison.Ordinal);

        var task = WebUtility.HtmlDecode(await board.GetStringAsync($"/tasks/{(await desk.Task("change.handOver")).Text("id")}"));
        Assert.All([$"/console/papers/packages/{await ChangeId()}\"", "本人", "2026-05-21 09:00"], said => Assert.Contains(said, task, StringComparison.Ordinal));

        Assert.Equal("Stopping", (await Case()).Text("status"));
        await desk.Decides("clerk-1", "change.handOver", "HandedOver", Hands(package));
        Assert.Equal(("Closed", "MovedOut"), ((await Case()).Text("status"), (await Case()).Text("closedReason")));
        Assert.Equal(["person:person-zhang 05-21 09:00"], desk.Told("change.handedOver"));
        Assert.Contains("PackageHandedOver clerk-1 05-21", await desk.Audit("case:" + caseId));
        await NoPackage("package.handedOver");
        Assert.Empty(await desk.Tasks("change.handOver"));
        Assert.Empty(await desk.List($"persons/{Zhang}/consents"));
        await (await desk.Host.Client.GetAsync("/api/v1/changes/nothing/package")).Refuses(HttpStatusCode.NotFound, "change.notFound");
    }

    [Fact]
    [Trait("Proves", "E21")]
    public async Task E21_a_stay_pauses_visits_and_doorbell_keeps_the_money_for_thirty_days_and_is_taken_up_again_with_the_return()
    {
        await Reports("Hospital");
        await desk.Decides("clerk-1", "change.propose", "Suspend", new { reason = "住院", until = "2026-04-01" });
        Assert.NotNull((await Shown("change.propose")).Text("problem"));   // a day that is over
        await desk.Decides("clerk-1", "change.propose", "Suspend", new { reason = "住院", until = "2026-07-20" });
        await Stands("Paused", reserved => reserved == 500);
        Assert.Equal(EndOf(7, 20), await Away());
        Assert.Equal(["unit:PV-A 05-04 09:00"], desk.Told("order.paused"));

        await desk.Until(6, 3, 9);
        await Stands("Paused", reserved => reserved == 500);
        await desk.Until(6, 4, 9);   // 30 days: what is not owed goes back
        await Stands("Paused", reserved => reserved == 0);
        Assert.Single(desk.Told("change.released"));

        await desk.Decides("clerk-1", "change.return", "Returned");   // before the day that was set
        await Stands("Active", reserved => reserved > 0);
        Assert.Null(await Away());
        Assert.Equal("Applied", (await Change()).Text("status"));
        await desk.IsSound();
    }

    public async Task InitializeAsync()
    {
        desk = await ReliefDesk.On(kind);
        await desk.Until(5, 4, 9);
        await desk.Set(async db =>
        {
            order = Assert.Single(await ServedOrders.Of(db, Zhang, ReliefCategory.Dibao, "PV-A", "cleaning"));
            caseId = await db.Set<Order>().Where(row => row.Id == order).Select(row => row.CaseId).SingleAsync();
            serviceNumber = (await new ArchiveBook(db).AssignNumber(Zhang, "999900", new Deed("clerk-1", On(4, 1), "number"), None)).Number;
            var device = new DoorbellDevice
            {
                Id = "D-1", CountyCode = "999900", CreatedAt = On(4, 1), CreatedBy = "clerk-1", Serial = "D-1", SecretSealed = "sealed", PersonId = Zhang, AreaCode = "99990101", Place = "一村1号", Status = DeviceStatus.Installed
            };
            await db.Insert(device, None);
            await db.Insert(new ResponderLink
            {
                Id = "L-1", CountyCode = "999900", CreatedAt = On(4, 1), CreatedBy = "clerk-1", DeviceId = "D-1", UserId = "neighbour-he", Name = "何某某", Tier = 1, Ord = 1, HeardAt = On(4, 2)
            }, None);
            await db.Replace(device with { Status = DeviceStatus.Commissioned, LastTestAt = On(4, 2), CommissionedAt = On(4, 2) }, None);
        });
    }

    public async Task DisposeAsync() => await desk.DisposeAsync();

    private async Task Reports(string what)
    {
        await (await desk.Posts("clerk-1", $"persons/{Zhang}/changes", new { kind = what, seen = "" })).Refuses(HttpStatusCode.UnprocessableEntity, "request.invalid");
        await desk.Sends("clerk-1", $"persons/{Zhang}/changes", new { kind = what, seen = "情况有变", on = "2026-05-04" });
    }

    // Whatever happens, the supplier and the number for life stay.
    private async Task Stands(string status, Func<decimal, bool> isReserved)
    {
        var view = (await desk.Get("orders/" + order)).GetProperty("order");
        Assert.Equal((status, "PV-A"), (view.Text("status"), view.Text("supplierId")));
        await using var db = desk.Host.Records.Reading();
        var reserved = (await new FundQueries(db).Parts(view.Text("reservationId")!, None)).Sum(ReservationBook.Remaining);
        Assert.True(isReserved(reserved), $"{reserved} yuan stand reserved");
        Assert.Equal(serviceNumber, await new ArchiveQueries(db).NumberOf(Zhang, None));
    }

    private RecordEntry Cleaned(int day) => new()
    {
        OrderId = order, WorkerId = "worker-a1", ItemCode = "cleaning", StartAt = On(5, day, 7), EndAt = On(5, day, 8), Content = "清洁", ConfirmedBy = "签字"
    };

    private async Task<JsonElement> Package(string by) => await desk.Sees(by, $"changes/{await ChangeId()}/package");

    private async Task NoPackage(string code) => await (await desk.Host.Client.GetAsync($"/api/v1/changes/{await ChangeId()}/package")).Refuses(HttpStatusCode.Conflict, code);

    private async Task<string> ChangeId() => (await Change()).Text("id")!;

    private async Task<JsonElement> Case() => (await desk.Get("cases/" + caseId)).GetProperty("case");

    private async Task<JsonElement> Change() => Assert.Single(await desk.List($"persons/{Zhang}/changes"));

    private async Task<JsonElement> Shown(string task) => (await desk.Get("tasks/" + (await desk.Task(task)).Text("id"))).GetProperty("data");

    private async Task<DateTimeOffset?> Away()
    {
        await using var db = desk.Host.Records.Reading();
        return await db.Set<DoorbellDevice>().Where(row => row.Id == "D-1").Select(row => row.AwayUntil).SingleAsync();
    }

    private async Task<IEnumerable<(string?, string)>> Residences()
    {
        await using var db = desk.Host.Records.Reading();
        var rows = await db.Set<Residence>().Where(row => row.PersonId == Zhang).OrderBy(row => row.ValidFrom).ToListAsync();
        return rows.Select((row, at) => (at == 0 ? null : row.ValidFrom.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), row.AreaCode));
    }

    public sealed class OnSqlite() : MovesAndStays(StorageKind.Sqlite);

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres() : MovesAndStays(StorageKind.PostgreSql);
}
