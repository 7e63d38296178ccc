using System.Net;
using Relief.Flow.Tests.Host;
using Relief.Flow.Tests.Scenarios;
using Relief.Flow.Tests.Storage;

namespace Relief.Flow.Tests.Doorbell;

/// <summary>SC-23 over REST: a further press, the cancel key, false alarms.</summary>
public abstract class SC23 : IAsyncLifetime
{
    private DoorbellDesk bell = null!;

    protected abstract Task<ReliefDesk> Open();

    [Fact]
    public async Task A_second_press_is_merged_and_rings_the_next_tier_at_once()
    {
        await bell.Until("22:10:00");
        await bell.Presses("D-001");
        await bell.Until("22:10:30");
        var answer = await bell.Presses("D-001");
        Assert.Equal(("DUPLICATE", 2), (answer.Text("result"), answer.GetProperty("presses").GetInt32()));
        var alert = await bell.Alert();
        Assert.Equal(("Notifying", 1, 2), (alert.Text("status"), alert.GetProperty("mergedCount").GetInt32(), alert.GetProperty("tier").GetInt32()));
        Assert.Contains("30 吕某某/voice", await bell.Rung());
        Assert.Single((await bell.County.List("alerts?open=true")));
    }

    [Fact]
    public async Task The_cancel_key_stops_nothing_until_a_named_human_has_verified_it()
    {
        await bell.Until("22:10:00");
        await bell.Presses("D-001");
        await bell.Until("22:10:30");
        await bell.Presses("D-001", "doorbell/cancel");
        Assert.Equal("SelfCancelPending", await bell.Status());
        Assert.Equal(["person:何某某 03-10 22:10"], bell.County.Told("doorbell.selfCancelled"));
        await bell.Until("22:15:30");
        Assert.Equal("SelfCancelPending", await bell.Status());
        Assert.Equal(["0", "90", "180", "240", "300"], (await bell.Rung()).Select(ring => ring.Split(' ')[0]).Distinct());   // nobody in tier 3: all again at once

        await bell.Until("22:25:00");
        await bell.Does("neighbour-he", "outcome", new { outcome = "FalseAlarm", how = "guess" }, HttpStatusCode.UnprocessableEntity);
        await bell.Does("neighbour-he", "outcome", new { outcome = "FalseAlarm", how = "voice" });
        Assert.Equal(("Resolved", "FalseAlarm"), (await bell.Status(), (await bell.Alert()).Text("outcome")));
        await bell.Does("neighbour-he", "outcome", new { outcome = "Helped", how = "voice" }, HttpStatusCode.Conflict);
        await bell.County.IsSound();
    }

    [Fact]
    public async Task The_third_false_alarm_in_seven_days_leads_to_a_visit_and_to_no_sanction()
    {
        foreach (var day in new[] { 10, 12, 15 })
        {
            Assert.Empty(await bell.County.Tasks("doorbell-visit"));
            for (var before = Math.Max(11, day - 2); before <= day; before++)
            {
                await bell.Until("09:00:00", before);
                await bell.Presses("D-001", "doorbell/heartbeat");
            }

            await bell.Until("10:00:00", day);
            await bell.Presses("D-001");
            await bell.Does("neighbour-he", "outcome", new { outcome = "FalseAlarm", how = "sight" });
        }

        Assert.Single(await bell.County.Tasks("doorbell-visit"));
        Assert.Equal("Commissioned", (await bell.Device()).Text("status"));
        await bell.Presses("D-001");
        await bell.Answers("何某某", "1");
        await bell.Does("neighbour-he", "outcome", new { outcome = "Helped", how = "sight" });
        var figures = await bell.County.Get("alerts/kpis?county=999900");
        Assert.Equal((4, 3, 1), (figures.GetProperty("alerts").GetInt32(), figures.GetProperty("falseAlarms").GetInt32(), figures.GetProperty("trueAlarms").GetInt32()));
    }

    [Fact]
    public async Task A_further_press_rings_others_although_somebody_is_on_the_way()
    {
        await bell.Until("10:00:00");
        await bell.Presses("D-001");
        await bell.Answers("何某某", "1");
        await bell.Until("10:01:00");
        await bell.Presses("D-001");
        Assert.Contains("60 吕某某/push", await bell.Rung());
        Assert.Equal("Accepted", await bell.Status());
    }

    [Fact]
    public async Task A_voice_that_says_all_is_well_stops_nothing_either_and_every_ring_has_its_receipt()
    {
        await bell.Until("10:00:00");
        await bell.Presses("D-001");
        foreach (var (state, ring) in new[] { "delivered", "noAnswer" }.Zip(await bell.Rings()))
            await (await bell.County.Posts(null, $"alerts/rings/{ring.Text("id")}/receipt", new { state })).Is(HttpStatusCode.NoContent);
        Assert.Equal(["delivered", "noAnswer"], (await bell.Rings()).Select(ring => ring.Text("receiptState")));
        Assert.All(await bell.Rings(), ring => Assert.Equal(DoorbellDesk.At("10:00:00"), ring.GetProperty("receiptAt").GetDateTimeOffset()));
        await (await bell.County.Posts(null, "alerts/rings/nowhere/receipt", new { state = "delivered" })).Is(HttpStatusCode.NotFound);
        await (await bell.County.Posts(null, $"alerts/rings/{(await bell.Rings())[0].Text("id")}/receipt", new { state = "perhaps" })).Refuses(HttpStatusCode.UnprocessableEntity, "request.invalid");

        await bell.Does("duty-1", "fine");
        await bell.Until("10:01:31");
        Assert.Equal(("SelfCancelPending", 2), (await bell.Status(), (await bell.Alert()).GetProperty("tier").GetInt32()));
        await bell.Does("duty-1", "outcome", new { outcome = "FalseAlarm", how = "voice" });
        Assert.Equal("Resolved", await bell.Status());
    }

    public async Task InitializeAsync()
    {
        bell = new DoorbellDesk(await Open());
        await bell.County.Until(3, 9, 22);
        await bell.Commission("D-001", null, ("何某某", 1, new { }), ("吕某某", 2, new { }));
    }

    public async Task DisposeAsync() => await bell.DisposeAsync();

    public sealed class OnSqlite : SC23
    {
        protected override Task<ReliefDesk> Open() => ReliefDesk.OnSqlite();
    }

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres : SC23
    {
        protected override Task<ReliefDesk> Open() => ReliefDesk.OnPostgres();
    }
}
