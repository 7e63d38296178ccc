using Relief.Flow.Tests.Host;
using Relief.Flow.Tests.Scenarios;
using Relief.Flow.Tests.Storage;

namespace Relief.Flow.Tests.Doorbell;

/// <summary>SC-21 over REST: nobody answers. Tier after tier, then the duty desk, then its superior; unanswered is not the end.</summary>
public abstract class SC21 : IAsyncLifetime
{
    private DoorbellDesk bell = null!;

    protected abstract Task<ReliefDesk> Open();

    [Fact]
    public async Task Each_tier_is_rung_in_its_time_and_the_duty_desk_calls_120()
    {
        await bell.Until("13:00:00");
        await bell.Presses("D-001");
        await bell.Until("13:05:00");
        Assert.Equal(["unit:999901 03-10 13:05"], bell.County.Told("doorbell.decide"));
        Assert.Equal(["0 何某某", "90 何某某", "90 吕某某", "180 何某某", "180 吕某某", "180 许某甲", "300 何某某", "300 吕某某", "300 许某甲"], await People());
        Assert.Equal(["unit:999901 03-10 13:03"], bell.County.Told("doorbell.tier3"));

        await bell.Until("13:05:40");
        await bell.Does("duty-1", "dispatch", new { line = "120", reference = "120-0002" });
        await bell.Until("13:09:00");
        var alert = await bell.Alert();
        Assert.Equal(("Notifying", "120-0002", null), (alert.Text("status"), alert.Text("emergencyRef"), alert.Text("unansweredAt")));
        Assert.Empty(bell.County.Told("doorbell.superior"));
        Assert.Equal(4, alert.GetProperty("tier").GetInt32());
        Assert.Contains("420 何某某", await People());   // rung on: nobody has closed it
    }

    [Fact]
    public async Task A_silent_desk_leads_to_its_superior_and_an_unanswered_alert_is_rung_until_a_named_human_closes_it()
    {
        await bell.Until("13:00:00");
        await bell.Presses("D-001");
        await bell.Until("13:08:00");
        Assert.Equal(["unit:999900 03-10 13:06"], bell.County.Told("doorbell.superior"));
        Assert.Equal(["unit:999900 03-10 13:08"], bell.County.Told("doorbell.unanswered"));
        Assert.Equal("Unanswered", await bell.Status());

        await bell.Until("13:30:00");
        Assert.Equal("Unanswered", await bell.Status());
        Assert.Contains("1740 吕某某", await People());
        Assert.True(bell.County.Told("doorbell.unanswered").Count > 20);
        await bell.Does("duty-1", "outcome", new { outcome = "Helped", how = "voice" });
        var before = (await bell.Rings()).Length;
        await bell.Until("14:30:00");
        Assert.Equal(("Resolved", before), (await bell.Status(), (await bell.Rings()).Length));
        await bell.County.IsSound();
    }

    [Fact]
    public async Task Whoever_does_not_arrive_is_kept_and_the_next_tier_is_rung()
    {
        await bell.Until("13:00:00");
        await bell.Presses("D-001");
        await bell.Answers("何某某", "1");
        await bell.Until("13:09:59");
        Assert.Equal(["0 何某某"], await People());   // the ladder stands still while somebody is on the way
        await bell.Until("13:10:01");
        Assert.Equal(["0 何某某", "600 何某某", "600 吕某某"], await People());
        Assert.Equal(["unit:999900 03-10 13:10"], bell.County.Told("doorbell.unanswered"));

        await bell.Until("13:10:30");
        await bell.Answers("吕某某", "1");
        await bell.Until("13:11:00");
        await bell.Answers("何某某", "2");
        Assert.Equal("OnScene", await bell.Status());
        Assert.Equal([false, true], (await bell.Alert()).GetProperty("responders").EnumerateArray().Select(one => one.GetProperty("isLead").GetBoolean()));
        await bell.County.IsSound();
    }

    [Fact]
    public async Task Whoever_gives_it_back_is_replaced_at_once_and_a_locked_door_calls_the_key_holders()
    {
        await bell.Until("13:00:00");
        await bell.Presses("D-001");
        await bell.Answers("何某某", "1");
        await bell.Until("13:02:00");
        await bell.Answers("何某某", "3");
        Assert.Equal(["0 何某某", "120 何某某", "120 吕某某"], await People());
        await bell.Answers("吕某某", "1");
        await bell.Answers("吕某某", "2");
        await bell.Until("13:05:00");
        await bell.Does("duty-1", "no-entry");
        Assert.Equal(["0 何某某", "120 何某某", "120 吕某某", "300 吕某某"], await People());
        Assert.Equal(["unit:999901 03-10 13:05"], bell.County.Told("doorbell.noEntry"));
        Assert.Equal("OnScene", await bell.Status());
    }

    private async Task<IEnumerable<string>> People() => (await bell.Rung()).Select(ring => ring.Split('/')[0]).Distinct();

    public async Task InitializeAsync()
    {
        bell = new DoorbellDesk(await Open());
        await bell.County.Until(3, 9, 22);
        await bell.Commission("D-001", null, ("何某某", 1, new { }), ("吕某某", 2, new { keyHolder = true }), ("许某甲", 3, new { guardian = true }));
    }

    public async Task DisposeAsync() => await bell.DisposeAsync();

    public sealed class OnSqlite : SC21
    {
        protected override Task<ReliefDesk> Open() => ReliefDesk.OnSqlite();
    }

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres : SC21
    {
        protected override Task<ReliefDesk> Open() => ReliefDesk.OnPostgres();
    }
}
