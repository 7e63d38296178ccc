using System.Net;
using System.Text.Json;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Tests.Host;
using Relief.Flow.Tests.Storage;
using Relief.Flow.Workflows;
using static System.Threading.CancellationToken;
using static Relief.Flow.Tests.Scenarios.ReliefDesk;

namespace Relief.Flow.Tests.Scenarios;

/// <summary>The contract with 12345 (S19) and the petition platforms (S20): an order comes once, progress and reply go back by its own deadline, and late is told.</summary>
public abstract class HandedOnTicketsTests : IAsyncLifetime
{
    private AdapterDesk adapters = null!;

    private ReliefDesk desk => adapters.Desk;

    protected abstract StorageKind Kind { get; }

    [Fact]
    public async Task An_order_comes_once_and_its_progress_and_reply_go_back_until_they_are_taken()
    {
        var order = Order("20260302000123", new { complainantRef = "caller-3" });
        await (await adapters.Calls("hotline12345", "orders", order, secret: "guessed")).Refuses(HttpStatusCode.Unauthorized, "adapter.badSignature");
        await (await adapters.Calls("hotline12345", "orders", Order("", new { }))).Refuses(HttpStatusCode.UnprocessableEntity, "request.invalid");
        await (await adapters.Calls("hotline12345", "orders", Order("7", new { placeCode = "11010101" }))).Refuses(HttpStatusCode.UnprocessableEntity, "request.invalid");
        await (await adapters.Calls("hotline12345", "orders", "nonsense")).Refuses(HttpStatusCode.BadRequest, "adapter.malformed");
        var taken = await (await adapters.Calls("hotline12345", "orders", order)).Is(HttpStatusCode.Accepted);
        var again = await (await adapters.Calls("hotline12345", "orders", order)).Is(HttpStatusCode.Accepted);
        Assert.Equal((taken.Text("ticketId"), On(3, 4, 12)), (again.Text("ticketId"), taken.GetProperty("due").GetDateTimeOffset().ToOffset(TimeSpan.FromHours(8))));
        Assert.Single(await desk.List("tickets?county=999900"));

        adapters.Other.Answers("POST /hotline12345/progress", OutsideAnswer.Ok).Answers("POST /hotline12345/replies", OutsideAnswer.Unavailable, OutsideAnswer.Dropped, OutsideAnswer.Ok);
        await Resolves();
        Assert.Equal(("20260302000123", "Accepted"), (Assert.Single(adapters.Got("hotline12345", "progress")) is var told ? (told.Json.Text("orderNo"), told.Json.Text("status")) : default));
        await desk.Until(On(3, 3, 9, 6));
        var replies = adapters.Got("hotline12345", "replies");
        Assert.Equal("03-03T09:00 03-03T09:01 03-03T09:06", AdapterDesk.Times(replies));
        Assert.Single(replies.Select(reply => reply.Header("Idempotency-Key")).Distinct());
        Assert.Equal(("20260302000123", "Founded", "已更换服务人员并致歉"), (replies[0].Json.Text("orderNo"), replies[0].Json.Text("outcome"), replies[0].Json.Text("answer")));
        Assert.All(await adapters.Log("hotline12345"), row => Assert.Equal("Delivered", row.Text("status")));
        Assert.Empty(desk.Told("exchange.late"));
        Assert.Equal("Well", (await adapters.Health("hotline12345")).Text("state"));
    }

    [Fact]
    public async Task What_is_not_taken_by_the_orders_deadline_is_told_and_a_person_gives_it_with_proof()
    {
        await (await adapters.Calls("hotline12345", "orders", Order("8", new { due = On(3, 3, 9, 30) }))).Is(HttpStatusCode.Accepted);
        adapters.Other.Answers("POST /hotline12345/progress", OutsideAnswer.Ok).Answers("POST /hotline12345/replies", OutsideAnswer.Unavailable);
        await Resolves();
        await desk.Until(On(3, 3, 11, 36));
        Assert.Equal(["unit:999900 03-03 09:30"], desk.Told("exchange.late"));
        Assert.Equal("fallback-hotline12345", (await desk.Task("fallback-hotline12345")).Text("kind"));
        await desk.Decides("hotline-1", "fallback-hotline12345", "SendAgain");
        Assert.Equal(2, desk.Told("exchange.late").Count);   // it is late already when it is sent anew
        await desk.Until(On(3, 3, 14, 12));
        await desk.Decides("hotline-1", "fallback-hotline12345", "Completed", new { proof = "平台回执截图-8" });
        var reply = Assert.Single(await adapters.Log("hotline12345"), row => row.Text("operation") == "Reply");
        Assert.Equal(("ByHand", "平台回执截图-8", "hotline-1"), (reply.Text("status"), reply.Text("proof"), reply.Text("settledBy")));
        Assert.Equal(2, adapters.Got("hotline12345", "replies").Select(request => request.Header("Idempotency-Key")).Distinct().Count());
    }

    [Fact]
    public async Task Who_petitions_is_known_to_the_county_alone_and_without_an_address_people_reply_at_once()
    {
        var taken = await (await adapters.Calls("petition", "orders", Order("信访-77", new { complainantRef = "petitioner-7" }))).Is(HttpStatusCode.Accepted);
        await desk.Settles();
        var address = "tickets/" + taken.Text("ticketId");
        Assert.Contains("petitioner-7", (await desk.Sees("county-officer-1", address)).ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("petitioner-7", (await desk.Get(address)).ToString(), StringComparison.Ordinal);   // who runs the system does not know either
        await desk.Decides("hotline-1", "ticket.transfer", "Transferred", new { unit = "999901" });
        Assert.DoesNotContain("petitioner-7", (await desk.Sees("clerk-1", address)).ToString(), StringComparison.Ordinal);
        await desk.Decides("clerk-1", "ticket.accept", "Accepted");
        await desk.Decides("clerk-1", "ticket.resolve", "Founded", new { measures = "更换服务人员", answer = "已更换服务人员并致歉" });
        await desk.Decides("reviewer-li", "ticket.review", "Closed");

        Assert.Equal("NoAddress", (await adapters.Health("petition")).Text("state"));
        Assert.Equal(On(3, 4, 12), await desk.Due("fallback-petition"));
        await desk.Decides("county-officer-1", "fallback-petition", "Completed", new { proof = "回函-77" });
        Assert.Equal(["ByHand", "Dropped"], (await adapters.Log("petition")).Select(row => row.Text("status")).Order(StringComparer.Ordinal));
        await desk.IsSound();
    }

    public async Task InitializeAsync()
    {
        adapters = await AdapterDesk.With(Kind, "hotline12345");
        await desk.Host.Restart("Relief:Adapters:petition:Secret=secret-petition");
        await desk.Until(On(3, 2, 14));
    }

    public async Task DisposeAsync() => await adapters.DisposeAsync();

    private async Task Resolves()
    {
        await desk.Settles();
        await desk.Decides("hotline-1", "ticket.transfer", "Transferred", new { unit = "999901" });
        await desk.Decides("clerk-1", "ticket.accept", "Accepted");
        await desk.Decides("clerk-1", "ticket.resolve", "Founded", new { measures = "更换服务人员", answer = "已更换服务人员并致歉" });
        await desk.Until(On(3, 3, 9));
        await desk.Decides("reviewer-li", "ticket.review", "Closed");
    }

    private static Dictionary<string, object?> Order(string number, object more)
    {
        var order = new Dictionary<string, object?>
        {
            ["orderNo"] = number, ["due"] = On(3, 4, 12), ["countyCode"] = "999900", ["type"] = "Complaint", ["placeCode"] = "99990101", ["wording"] = "护理员没有按时上门"
        };
        foreach (var field in JsonSerializer.SerializeToElement(more).EnumerateObject())
            order[field.Name] = field.Value;
        return order;
    }

    public sealed class OnSqlite : HandedOnTicketsTests
    {
        protected override StorageKind Kind => StorageKind.Sqlite;
    }

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres : HandedOnTicketsTests
    {
        protected override StorageKind Kind => StorageKind.PostgreSql;
    }
}
