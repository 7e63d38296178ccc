using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Relief.Flow.Activities.Appeals;
using Relief.Flow.Activities.Archive;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.People;
using Relief.Flow.Tests.Host;
using Relief.Flow.Tests.Pathways;
using Relief.Flow.Tests.Storage;
using Relief.Flow.Workflows;
using static System.Threading.CancellationToken;
using static Relief.Flow.Tests.Scenarios.ReliefDesk;
using Deed = Relief.Flow.Activities.Deed;

namespace Relief.Flow.Tests.Scenarios;

/// <summary>P25 beside denials, over REST: many who object to one public sheet, and a stop that is appealed against.</summary>
public abstract class AppealTests(StorageKind kind) : IAsyncLifetime
{
    private ReliefDesk desk = null!;
    private string order = "", caseId = "";

    [Fact]
    public async Task Whoever_objects_to_one_sheet_is_one_matter_looked_at_once_and_each_is_answered()
    {
        await desk.Set(db => new ArchiveBook(db).AssignNumber("person-zhang", "999900", new Deed("clerk-1", On(4, 1), "number"), None));
        await desk.Sends(null, "pathways/procedure.notice/instances", new { correlationId = "order:" + order, input = new { orderId = order, personId = "person-zhang" } });
        var notice = Assert.Single(await desk.List($"cases/{caseId}/notices")).Text("id")!;
        await (await Appeals(new { about = "Notice", targetId = notice, kind = "Public", @ref = "caller-1", wording = "家境不符" })).Refuses(HttpStatusCode.Conflict, "appeal.notHanging");
        await desk.Decides("surveyor-qian", "notice.post", "Posted", new { proof = "photo-1" });
        await (await Appeals(new { about = "Notice", targetId = notice, kind = "Public", @ref = "13800000000", wording = "家境不符" })).Refuses(HttpStatusCode.UnprocessableEntity, "request.invalid");
        // All at once, whoever is first: one matter.
        var filed = await Task.WhenAll(Enumerable.Range(1, 4).Select(async number =>
            await (await Appeals(new { about = "Notice", targetId = notice, kind = "Public", @ref = "caller-" + number, wording = "家境不符" })).Is(HttpStatusCode.Accepted)));
        await desk.Settles();
        var matter = Assert.Single(filed.Select(one => one.Text("appealId")!).Distinct());
        Assert.Equal(4, (await desk.Get("appeals/" + matter)).GetProperty("parties").GetArrayLength());
        Assert.Single(await desk.Tasks("notice.recheck"));

        await desk.Decides("township-reviewer-1", "appeal.review", "Upheld", new { reason = "符合条件" });
        await (await Appeals(new { about = "Notice", targetId = notice, kind = "Public", @ref = "caller-5", wording = "家境不符" })).Refuses(HttpStatusCode.Conflict, "appeal.reviewed");
        Assert.Equal(["person:caller-1", "person:caller-2", "person:caller-3", "person:caller-4"], desk.Told("appeal.answered").Select(told => told.Split(' ')[0]).Order());
        await desk.Decides("clerk-1", "appeal.answer", "Answered", new { deliveryProof = "EMS-4" });
        await desk.Until(6, 2, 9);
        Assert.Equal("Upheld", (await desk.Get("appeals/" + matter)).GetProperty("appeal").Text("outcome"));
        await desk.IsSound();
    }

    [Fact]
    public async Task A_stop_that_is_appealed_against_is_held_until_its_result_unless_somebody_who_did_not_decide_says_otherwise()
    {
        await (await Appeals(Stop())).Refuses(HttpStatusCode.Conflict, "appeal.nothingStopped");
        await desk.Set(db => new OrderBook(db).Move(order, OrderStatus.Ended, new Deed("clerk-2", On(4, 1), "stop"), None));
        var filed = await (await Appeals(Stop())).Is(HttpStatusCode.Accepted);
        await desk.Settles();
        var address = "appeals/" + filed.Text("appealId");
        Assert.Equal(("Continues", "2026-05-31"), (filed.Text("effect"), filed.Text("until")));
        Assert.Contains(AppealBook.StopHeld, await Flags());
        await (await Holds("clerk-2", address, "Stands")).Refuses(HttpStatusCode.Forbidden, "appeal.conflict");
        await (await Holds("clerk-1", address, "Whatever")).Refuses(HttpStatusCode.BadRequest, "request.malformed");
        await (await Holds("clerk-1", address, "Stands")).Is(HttpStatusCode.OK);
        Assert.DoesNotContain(AppealBook.StopHeld, await Flags());
        await (await desk.Tries("clerk-2", "appeal.review", "Upheld", new { reason = "合规" })).Is(HttpStatusCode.Forbidden);
        await desk.Decides("reviewer-li", "appeal.review", "Upheld", new { reason = "已听取本人意见" });
        await (await Holds("clerk-1", address, "Continues")).Refuses(HttpStatusCode.Conflict, "appeal.nothingHeld");
        await desk.Decides("clerk-1", "appeal.answer", "Answered", new { deliveryProof = "EMS-5" });
        Assert.Null((await desk.Get(address)).GetProperty("appeal").Text("outcome"));   // another body may still be asked
        await desk.Until(6, 1, 9);
        Assert.Equal("Upheld", (await desk.Get(address)).GetProperty("appeal").Text("outcome"));
        await desk.IsSound();
    }

    [Fact]
    public async Task A_stop_that_is_announced_waits_for_the_result_of_an_appeal_and_never_holds_when_it_is_revoked()
    {
        var stop = await Announced("申报情况不符");
        await (await Appeals(new { about = "Stop", targetId = stop, kind = "Person", wording = "我仍需要服务" })).Is(HttpStatusCode.Accepted);
        await desk.Settles();
        await desk.Until(On(5, 3, 9));   // the day on which it would have held is past
        Assert.Equal(("Active", "Approved"), (await Status(), (await desk.Get("changes/" + stop)).Text("status")));
        await desk.Decides("township-reviewer-1", "appeal.review", "Revoked", new { reason = "本人仍符合条件" });
        await desk.Until(On(5, 5, 9));
        Assert.Equal(("Active", "Kept"), (await Status(), (await desk.Get("changes/" + stop)).Text("status")));
        Assert.DoesNotContain(AppealBook.StopHeld, await Flags());
        await desk.Decides("clerk-1", "appeal.answer", "Answered", new { deliveryProof = "EMS-6" });

        var again = await Announced("已有家人照料");
        await (await Appeals(new { about = "Stop", targetId = again, kind = "Person", wording = "我仍需要服务" })).Is(HttpStatusCode.Accepted);
        await desk.Settles();
        await desk.Until(On(6, 2, 9));
        Assert.Equal("Active", await Status());
        await desk.Decides("township-reviewer-1", "appeal.review", "Upheld", new { reason = "家人已能照料" });
        await desk.Until(On(6, 3, 9));
        Assert.Equal(("Ended", "Applied"), (await Status(), (await desk.Get("changes/" + again)).Text("status")));
        await desk.IsSound();
    }

    [Fact]
    public async Task Where_a_stop_of_paused_services_is_revoked_they_go_on_with_the_return()
    {
        await desk.Sends("clerk-1", "persons/person-zhang/changes", new { kind = "Hospital", seen = "住院" });
        var change = (await desk.List("persons/person-zhang/changes"))[0].Text("id")!;
        await desk.Decides("clerk-1", "change.propose", "Suspend", new { reason = "住院", until = "2026-08-31" });
        Assert.Equal("Paused", await Status());
        await desk.Decides("clerk-1", "change.return", "Stays");
        await desk.Decides("clerk-1", "change.propose", "Stop", new { reason = "长期住院", stopReason = "NoNeed" });
        await desk.Decides("clerk-1", "change.hear", "Objects", new { note = "本人不同意" });
        await desk.Decides("reviewer-li", "change.review", "Approved");
        await (await Appeals(new { about = "Stop", targetId = change, kind = "Person", wording = "出院后仍需要服务" })).Is(HttpStatusCode.Accepted);
        await desk.Settles();
        await desk.Decides("township-reviewer-1", "appeal.review", "Revoked", new { reason = "即将出院" });
        await desk.Until(On(5, 3, 9));
        Assert.Equal(("Paused", "Proposed"), (await Status(), (await desk.Get("changes/" + change)).Text("status")));
        await desk.Decides("clerk-1", "change.return", "Returned");
        Assert.Equal(("Active", "Applied"), (await Status(), (await desk.Get("changes/" + change)).Text("status")));
        await desk.IsSound();
    }

    public async Task InitializeAsync()
    {
        desk = await ReliefDesk.On(kind);
        await desk.Until(On(4, 1));
        await desk.Set(async db => order = Assert.Single(await ServedOrders.Of(db, "person-zhang", ReliefCategory.Dibao, "PV-A", "cleaning")));
        caseId = (await desk.Get("orders/" + order)).GetProperty("order").Text("caseId")!;
    }

    public async Task DisposeAsync() => await desk.DisposeAsync();

    // Proposed, heard and agreed to by a second person; it holds from the end of the month.
    private async Task<string> Announced(string seen)
    {
        await desk.Sends("clerk-1", "persons/person-zhang/changes", new { kind = "Refusal", seen });
        var change = (await desk.List("persons/person-zhang/changes"))[0].Text("id")!;
        await desk.Decides("clerk-1", "change.propose", "Stop", new { reason = seen, stopReason = "NoNeed" });
        await desk.Decides("clerk-1", "change.hear", "Objects", new { note = "本人不同意" });
        await desk.Decides("reviewer-li", "change.review", "Approved");
        return change;
    }

    private async Task<string?> Status() => (await desk.Get("orders/" + order)).GetProperty("order").Text("status");

    private object Stop() => new { about = "Stop", targetId = order, kind = "Person", wording = "我仍需要服务" };

    private Task<HttpResponseMessage> Appeals(object body) => desk.Posts("clerk-1", "appeals", body);

    private async Task<HttpResponseMessage> Holds(string by, string address, string effect)
    {
        using var client = desk.Host.With(TestHost.AdminKey, by);
        return await client.PutAsJsonAsync($"/api/v1/{address}/effect", new { effect, reason = "等待复核" });
    }

    private async Task<string[]> Flags() => [.. (await desk.Get("cases/" + caseId)).GetProperty("case").GetProperty("flags").EnumerateArray().Select(flag => flag.GetString()!)];

    public sealed class OnSqlite() : AppealTests(StorageKind.Sqlite);

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres() : AppealTests(StorageKind.PostgreSql);
}
