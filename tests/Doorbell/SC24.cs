using Relief.Flow.Tests.Host;
using Relief.Flow.Tests.Scenarios;
using Relief.Flow.Tests.Storage;
using static Relief.Flow.Tests.Doorbell.DoorbellDesk;

namespace Relief.Flow.Tests.Doorbell;

/// <summary>SC-24 over REST: a device falls silent. A call, somebody goes there, the battery is dead, it is swapped, called daily, heard again.</summary>
public abstract class SC24 : IAsyncLifetime
{
    private DoorbellDesk bell = null!;

    protected abstract Task<ReliefDesk> Open();

    [Fact]
    public async Task A_silent_device_leads_to_a_call_a_check_and_a_swap_and_counts_again_when_it_was_heard()
    {
        await bell.Until("10:00:00");
        await bell.Presses("D-001", "doorbell/heartbeat");
        await bell.Until("10:59:00", 11);
        Assert.Empty(await bell.County.Tasks("doorbell-call"));
        await bell.Until("11:00:01", 11);
        Assert.Equal(At("12:00:00", 11), await bell.County.Due("doorbell-call"));
        Assert.Equal("Faulty", (await bell.Device()).Text("status"));

        await bell.County.Decides("duty-1", "doorbell-call", "NoAnswer");
        Assert.Equal(At("15:00:01", 11), await bell.County.Due("doorbell-check"));
        await bell.County.Decides("surveyor-qian", "doorbell-check", "Safe", new { note = "电池耗尽" });
        Assert.Equal(At("23:59:59", 13), await bell.County.Due("doorbell-swap"));
        await bell.Until("11:30:00", 12);
        await bell.County.Decides("duty-1", "doorbell-daily-call", "Answered");
        await bell.Until("09:00:00", 13);
        await bell.County.Decides("surveyor-qian", "doorbell-swap", "Swapped", new { serial = "D-001" });
        Assert.Equal("Installed", (await bell.Device()).Text("status"));
        await bell.County.Decides("surveyor-qian", "doorbell-test", "Heard", new { heardBy = new[] { bell.LinkOf("何某某") } });
        Assert.Equal("Commissioned", (await bell.Device()).Text("status"));
        Assert.Empty(await bell.County.Tasks("doorbell-daily-call"));
        await bell.County.IsSound();
    }

    [Fact]
    public async Task Who_answers_the_call_is_visited_when_a_second_heartbeat_is_missed()
    {
        await bell.Until("10:00:00");
        await bell.Presses("D-001", "doorbell/heartbeat");
        await bell.Until("11:00:01", 11);
        await bell.County.Decides("duty-1", "doorbell-call", "Answered");
        Assert.Empty(await bell.County.Tasks("doorbell-check"));
        await bell.Until("12:00:00", 12);
        Assert.Single(await bell.County.Tasks("doorbell-check"));
        await bell.County.Decides("surveyor-qian", "doorbell-check", "Danger");
        var alert = Assert.Single(await bell.County.List("alerts?open=true"));
        Assert.Equal(("welfare", "Notifying"), (alert.Text("kind"), alert.Text("status")));
    }

    [Fact]
    public async Task A_device_that_speaks_again_after_the_call_counts_again()
    {
        await bell.Until("10:00:00");
        await bell.Presses("D-001", "doorbell/heartbeat");
        await bell.Until("11:00:01", 11);
        await bell.County.Decides("duty-1", "doorbell-call", "Answered");
        await bell.Presses("D-001", "doorbell/heartbeat");
        Assert.Equal("Commissioned", (await bell.Device()).Text("status"));
        Assert.Empty(await bell.County.Tasks("doorbell-check"));
    }

    [Fact]
    public async Task A_low_battery_is_swapped_the_monthly_test_is_asked_for_and_a_device_that_nobody_hears_is_faulty()
    {
        await bell.Until("10:00:00");
        await bell.Presses("D-001", "doorbell/low-battery");
        Assert.Single(await bell.County.Tasks("doorbell-swap"));
        await bell.County.Decides("surveyor-qian", "doorbell-swap", "Swapped");
        await bell.County.Decides("surveyor-qian", "doorbell-test", "Heard", new { heardBy = new[] { bell.LinkOf("何某某") } });
        for (var day = 11; day <= 31; day++)
        {
            await bell.Until("09:00:00", day);
            await bell.Presses("D-001", "doorbell/heartbeat");
        }

        for (var hour = 0; hour < 18; hour++)
        {
            await bell.County.Until(At("09:00:00", 31).AddDays(hour + 1));
            await bell.Presses("D-001", "doorbell/heartbeat");
        }

        Assert.Equal("Faulty", (await bell.Device()).Text("status"));
        Assert.NotEmpty(bell.County.Told("doorbell.notHeard"));
        Assert.Contains("testOverdue", (await bell.Device()).GetProperty("warnings").EnumerateArray().Select(one => one.GetString()));
    }

    [Fact]
    public async Task A_device_that_was_opened_or_moved_leads_to_a_call_once_and_still_alarms()
    {
        await bell.Until("10:00:00");
        await bell.Presses("D-001", "doorbell/tamper");
        await bell.Presses("D-001", "doorbell/tamper");
        Assert.Single(await bell.County.Tasks("doorbell-call"));
        Assert.Equal("Faulty", (await bell.Device()).Text("status"));
        Assert.Equal("ACK", (await bell.Presses("D-001")).Text("result"));
        Assert.Contains("0 何某某/voice", await bell.Rung());
    }

    public async Task InitializeAsync()
    {
        bell = new DoorbellDesk(await Open());
        await bell.County.Until(3, 9, 22);
        await bell.Commission("D-001", null, ("何某某", 1, new { }), ("吕某某", 2, new { }));
    }

    public async Task DisposeAsync() => await bell.DisposeAsync();

    public sealed class OnSqlite : SC24
    {
        protected override Task<ReliefDesk> Open() => ReliefDesk.OnSqlite();
    }

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres : SC24
    {
        protected override Task<ReliefDesk> Open() => ReliefDesk.OnPostgres();
    }
}
