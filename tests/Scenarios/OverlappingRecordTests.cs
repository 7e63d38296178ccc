using System.Net;
using System.Text.Json;
using Relief.Flow.Host.Demo;
using Relief.Flow.Tests.Host;
using Relief.Flow.Tests.Storage;

namespace Relief.Flow.Tests.Scenarios;

/// <summary>INV-07 and INV-08 over REST, on the order of SC-01: who sends the same hours twice gets no second accepted record.</summary>
public abstract class OverlappingRecordTests : IAsyncLifetime
{
    private ReliefDesk desk = null!;

    protected abstract Task<ReliefDesk> Open();

    [Fact]
    public async Task The_same_hours_sent_again_are_flagged_and_accepted_only_with_a_reason_that_stays()
    {
        var order = (await new FirstPurchase(desk.Caller, TextWriter.Null).Play(CancellationToken.None)).OrderId;
        await desk.Until(5, 20, 12);
        var first = (await Records(order))[^1];
        var visit = (await desk.List($"orders/{order}/visits")).First(slot => slot.Text("status") == "Dispatched").Text("id");   // over, and its record not sent
        var record = new { workerId = "worker-a1", start = first.Text("startAt"), end = first.Text("endAt"), content = "done", confirmedBy = "张某某 签字" };

        await desk.Sends("worker-a1", $"orders/{order}/records", new { visitId = visit, record });
        var again = (await Records(order)).Single(one => one.Text("visitId") == visit);
        Assert.Contains("Overlap", again.GetProperty("flags").EnumerateArray().Select(flag => flag.GetString()));
        await (await desk.Tries("supplier-a", "record.accept", "Accepted")).Refuses(HttpStatusCode.Forbidden, "task.roleMissing");
        await desk.Decides("clerk-1", "record.accept", "Accepted");
        Assert.Equal("Submitted", (await Records(order)).Single(one => one.Text("visitId") == visit).Text("status"));

        await desk.Decides("clerk-1", "record.accept", "Accepted", new { overrideReason = "两次上门,时间录入有误,村委证明" });
        var accepted = (await Records(order)).Single(one => one.Text("visitId") == visit);
        Assert.Equal(("Accepted", "两次上门,时间录入有误,村委证明"), (accepted.Text("status"), accepted.Text("overrideReason")));
    }

    public async Task InitializeAsync() => desk = await Open();

    public async Task DisposeAsync() => await desk.DisposeAsync();

    private Task<JsonElement[]> Records(string order) => desk.List($"orders/{order}/records");

    public sealed class OnSqlite : OverlappingRecordTests
    {
        protected override Task<ReliefDesk> Open() => ReliefDesk.OnSqlite();
    }

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres : OverlappingRecordTests
    {
        protected override Task<ReliefDesk> Open() => ReliefDesk.OnPostgres();
    }
}
