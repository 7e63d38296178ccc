using System.Net;
using Relief.Flow.Host.Demo;
using Relief.Flow.Tests.Host;
using Relief.Flow.Tests.Storage;
using static Relief.Flow.Tests.Scenarios.ReliefDesk;

namespace Relief.Flow.Tests.Scenarios;

/// <summary>The rejected line of SC-01, paid for on 15 May: five working days later nobody disputes it any more (settlement.dispute).</summary>
public abstract class LateDisputeTests : IAsyncLifetime
{
    private ReliefDesk desk = null!;

    protected abstract Task<ReliefDesk> Open();

    [Fact]
    public async Task A_dispute_after_the_deadline_is_refused_with_the_deadline_and_starts_nothing()
    {
        await new FirstPurchase(desk.Caller, TextWriter.Null).Play(CancellationToken.None);
        var batch = await desk.Get("settlement/batches/999901-PV-A-2026-04");
        var line = batch.GetProperty("lines").EnumerateArray().Select(view => view.GetProperty("line")).Single(one => one.Text("status") == "Rejected").Text("id");
        await desk.Until(5, 23, 0);

        var problem = await (await desk.Posts("supplier-a", $"settlement/lines/{line}/disputes", new { evidence = "sha256:signed-paper" }))
            .Refuses(HttpStatusCode.Conflict, "settlement.disputeTooLate");

        Assert.Equal(EndOf(5, 22), problem.GetProperty("deadline").GetDateTimeOffset());
        Assert.Empty(await desk.List("instances?definitionId=procedure.settlement.dispute"));
    }

    public async Task InitializeAsync() => desk = await Open();

    public async Task DisposeAsync() => await desk.DisposeAsync();

    public sealed class OnSqlite : LateDisputeTests
    {
        protected override Task<ReliefDesk> Open() => ReliefDesk.OnSqlite();
    }

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres : LateDisputeTests
    {
        protected override Task<ReliefDesk> Open() => ReliefDesk.OnPostgres();
    }
}
