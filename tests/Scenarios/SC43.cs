using System.Net;
using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Charities;
using Relief.Flow.Activities.Funds;
using Relief.Flow.Activities.Notices;
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

/// <summary>SC-43 over REST: an orphan's 18th birthday is seen 60 days ahead; category, consent and fund change on the day, and the service has no gap.</summary>
public abstract class SC43(StorageKind kind) : IAsyncLifetime
{
    private const string Qi = "person-qi";

    private ReliefDesk desk = null!;

    [Fact]
    [Trait("Proves", "E04")]
    [Trait("Proves", "E10")]
    public async Task An_orphan_comes_of_age_without_a_gap_and_nothing_of_the_childs_time_is_published()
    {
        var order = await Serves();
        await desk.Sends("operator-1", "recipients/watch", new { countyCode = "999900" });
        await desk.Until(7, 10, 9);
        Assert.Empty(await desk.Tasks("change.propose"));
        await desk.Until(7, 11, 9);
        var change = Assert.Single(await desk.List($"persons/{Qi}/changes"));
        Assert.Equal(("Eighteen", "Schedule", "2026-09-09", "Eligible"), (change.Text("kind"), change.Text("origin"), change.Text("seenOn"), change.Text("verdict")));

        await IsDecided(order);
        var (childs, before) = (await Holds("F6-2026"), await Holds("F3-2026"));
        await desk.Until(9, 9, 9);
        // From the birthday on the other fund carries the rest of the year; what was served before it keeps its money in the first.
        Assert.Equal((45m, before + 720), (await Holds("F6-2026"), await Holds("F3-2026")));
        Assert.True(childs > 45);
        await IsOfAge(order);
        Assert.Empty(await desk.List("villages/99990201/board"));
        await (await desk.Tries("clerk-b", "change.ownConsent", "Granted", new { form = "rumour" })).Is(HttpStatusCode.OK);
        await desk.Settles();
        await desk.Decides("clerk-b", "change.ownConsent", "Granted", new { form = "paper" });
        Assert.Equal("Applied", (await desk.Get("changes/" + change.Text("id"))).Text("status"));
        Assert.DoesNotContain(await desk.List("changes?county=999900&open=true"), one => one.Text("personId") == Qi);
        Assert.Single(desk.Told("change.ownConsent"));
        await desk.IsSound();
    }

    [Fact]
    [Trait("Proves", "E03")]
    [Trait("Proves", "E04")]
    public async Task What_is_reported_is_looked_into_once_and_a_stop_takes_two_people_a_hearing_and_its_time()
    {
        await Serves();
        await WhatIsWrongIsRefused();
        await desk.Sends("clerk-b", $"persons/{Qi}/changes", new { kind = "Address", seen = "迁往外省", on = "2026-07-20" });
        var change = Assert.Single(await desk.List($"persons/{Qi}/changes"));
        await WhatCannotBeIsAskedAgain();
        await desk.Decides("clerk-b", "change.propose", "Stop", new { reason = "迁往外省", stopReason = "Moved" });
        await (await desk.Posts("clerk-b", $"changes/{change.Text("id")}/objections", new { wording = "不符" })).Refuses(HttpStatusCode.Conflict, "change.notPutUp");
        await desk.Decides("clerk-b", "change.hear", "Agrees", new { note = "同意" });
        await (await desk.Tries("clerk-b", "change.review", "Approved")).Is(HttpStatusCode.Forbidden);
        await desk.Decides("reviewer-b", "change.review", "Approved");
        await desk.Until(7, 20, 23);
        Assert.Equal("Approved", (await desk.Get("changes/" + change.Text("id"))).Text("status"));
        await desk.Until(7, 21, 1);
        var ended = await desk.Get("changes/" + change.Text("id"));
        Assert.Equal(("Applied", "2026-07-20", "reviewer-b"), (ended.Text("status"), ended.Text("effectiveOn"), ended.Text("reviewedBy")));
        await using var db = desk.Host.Records.Reading();
        Assert.Equal(new DateOnly(2026, 7, 20), (await db.Set<Person>().SingleAsync(row => row.Id == Qi)).MovedOn);
        Assert.Equal(OrderStatus.Ended, (await db.Set<Order>().SingleAsync(row => row.PersonId == Qi)).Status);
        Assert.Equal(0, await Holds("F6-2026"));
        var july = (await desk.Get("recipients/movement?county=999900&month=2026-07"));
        Assert.True(july.GetProperty("holds").GetBoolean());
        Assert.Equal(1, july.GetProperty("townships").EnumerateArray().Single(one => one.Text("townshipCode") == "999902").GetProperty("ended").GetInt32());
        await desk.IsSound();
    }

    public async Task InitializeAsync()
    {
        desk = await ReliefDesk.On(kind);
        await desk.Until(7, 1, 9);
    }

    public async Task DisposeAsync() => await desk.DisposeAsync();

    private async Task IsDecided(string order)
    {
        await desk.Decides("clerk-b", "change.propose", "Change", new { reason = "年满18周岁,在校就读", accountId = "F9-2026" });
        Assert.Equal("AccountUnknown", (await desk.Get("tasks/" + (await desk.Task("change.propose")).Text("id"))).GetProperty("data").Text("problem"));
        await desk.Decides("clerk-b", "change.propose", "Change", new { reason = "年满18周岁,在校就读", accountId = "F3-2026", category = "Dibao" });
        await desk.Decides("clerk-b", "change.hear", "Agrees", new { note = "同意" });
        await desk.Decides("reviewer-b", "change.review", "Approved");
        await desk.Until(9, 2, 9);
        await desk.Set(db => new RecordBook(db).Submit(new RecordEntry
        {
            OrderId = order, WorkerId = "worker-a1", ItemCode = "cleaning", StartAt = On(9, 2, 6), EndAt = On(9, 2, 7), Content = "清洁", ConfirmedBy = "signature"
        }, new Deed("worker-a1", On(9, 2), "record-9"), None));
        await desk.Until(9, 8, 23);
    }

    private async Task IsOfAge(string order)
    {
        var view = await desk.Get("orders/" + order);
        Assert.Equal("Active", view.GetProperty("order").Text("status"));
        await using var db = desk.Host.Records.Reading();
        var identities = await db.Set<ReliefIdentity>().Where(row => row.PersonId == Qi).OrderBy(row => row.ValidFrom).ToListAsync();
        Assert.Equal([(ReliefCategory.Orphan, (DateOnly?)new DateOnly(2026, 9, 8)), (ReliefCategory.Dibao, null)], identities.Select(row => (row.Category, row.ValidTo)));
        Assert.Null((await db.Set<Person>().SingleAsync(row => row.Id == Qi)).GuardianId);
        Assert.NotNull((await db.Set<DataConsent>().SingleAsync(row => row.PersonId == Qi)).WithdrawnAt);
        var current = view.GetProperty("order").Text("reservationId");
        Assert.NotEqual(current, await new FundQueries(db).ReservationOn(order, current, new DateOnly(2026, 9, 2), None));
        Assert.Empty(await db.Set<NoticeRecord>().Where(row => row.PersonId == Qi).ToListAsync());
    }

    private async Task WhatIsWrongIsRefused()
    {
        await (await desk.Posts("clerk-b", $"persons/{Qi}/changes", new { kind = "Lottery", seen = "" })).Refuses(HttpStatusCode.UnprocessableEntity, "request.invalid");
        await (await desk.Posts("clerk-b", "persons/nobody/changes", new { kind = "Income", seen = "已就业" })).Refuses(HttpStatusCode.NotFound, "person.notFound");
        await (await desk.Host.With(TestHost.AdminKey, "clerk-1").GetAsync($"/api/v1/persons/{Qi}/changes")).Refuses(HttpStatusCode.NotFound, "person.notFound");
        await (await desk.Posts("clerk-b", "recipients/watch", new { countyCode = "999901" })).Is(HttpStatusCode.UnprocessableEntity);
        await (await desk.Host.Client.GetAsync("/api/v1/recipients/movement?county=999900&month=May")).Refuses(HttpStatusCode.UnprocessableEntity, "request.invalid");
    }

    private async Task WhatCannotBeIsAskedAgain()
    {
        await (await desk.Tries("clerk-b", "change.propose", "Stop", new { stopReason = "Moved" })).Refuses(HttpStatusCode.UnprocessableEntity, "task.formInvalid");
        foreach (var (outcome, data, problem) in new (string, object, string)[]
        {
            ("Stop", new { reason = "迁出", stopReason = "NoNeed", effectiveOn = "2026-07-02" }, "EffectiveOnInvalid"),
            ("Suspend", new { reason = "住院", until = "2026-06-01" }, "UntilInvalid"), ("Transfer", new { reason = "迁居", toAreaCode = "999901" }, "VillageUnknown"), ("Change", new { reason = "变更" }, "NothingChanges"),
            ("Change", new { reason = "变更", quantity = 0 }, "QuantityInvalid"), ("Stop", new { reason = "迁出", stopReason = "Moved", orderId = "other" }, "OrderUnknown")
        })
        {
            await desk.Decides("clerk-b", "change.propose", outcome, data);
            Assert.Equal(problem, (await desk.Get("tasks/" + (await desk.Task("change.propose")).Text("id"))).GetProperty("data").Text("problem"));
        }
    }

    private async Task<decimal> Holds(string account) => (await desk.Get("funds/accounts/" + account)).GetProperty("reserved").GetDecimal();

    // Cleaning four times a month, paid by the fund for the protection of minors until the end of the year.
    private async Task<string> Serves()
    {
        var order = "";
        await desk.Set(async db =>
        {
            var seed = new Deed("seed", On(1, 5), "qi");
            await new PersonBook(db, desk.Key).Enter(new PersonEntry { Id = Qi, CountyCode = "999900", IdNumber = "999999200809090043", Name = "戚某某", Sex = "M", BirthDate = new DateOnly(2008, 9, 9), AreaCode = "99990201" }, seed, None);
            await db.Replace(await db.Set<Person>().SingleAsync(row => row.Id == Qi) with { GuardianId = "person-zheng" }, None);
            await db.Insert(new ReliefIdentity { Id = "qi", CountyCode = "999900", CreatedAt = seed.At, CreatedBy = "seed", PersonId = Qi, Category = ReliefCategory.Orphan, ValidFrom = new DateOnly(2025, 1, 1), Evidence = "救助登记", Source = "relief-registry" }, None);
            order = Assert.Single(await ServedOrders.Of(db, Qi, ReliefCategory.Orphan, "PV-A", "cleaning"));
            await db.Insert(new DataConsent { Id = "by-guardian", CountyCode = "999900", CreatedAt = seed.At, CreatedBy = "seed", PersonId = Qi, OrderId = order, RecipientId = "CH-1", Granted = true, Form = "paper", GivenBy = "guardian" }, None);
            var (old, deed) = ((await db.Set<Order>().SingleAsync(row => row.Id == order)).ReservationId!, new Deed("clerk-b", On(4, 1), "qi-f6"));
            await new ReservationBook(db).Close(old, deed.Step("close"), None);
            var taken = await new ReservationBook(db).Reserve(new ReservationRequest
            {
                OrderId = order, CountyCode = "999900", Amount = 1620, PeriodFrom = new DateOnly(2026, 4, 1), PeriodTo = new DateOnly(2026, 12, 31), CandidateAccounts = ["F6-2026"],
                Purpose = new FundPurpose(ReliefCategory.Orphan, ["minor"], ["cleaning"], "M1")
            }, deed, None);
            await new OrderBook(db).Fund(order, Assert.IsType<ReservationResult.Reserved>(taken).ReservationId, deed.Step("fund"), None);
        });
        return order;
    }

    public sealed class OnSqlite() : SC43(StorageKind.Sqlite);

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres() : SC43(StorageKind.PostgreSql);
}
