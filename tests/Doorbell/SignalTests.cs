using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Doorbell;
using Relief.Flow.Tests.Host;
using Relief.Flow.Tests.Proof;
using Relief.Flow.Tests.Scenarios;
using Relief.Flow.Tests.Storage;
using Relief.Flow.Workflows;

namespace Relief.Flow.Tests.Doorbell;

/// <summary>What comes in at the gateway: forged, replayed, too old, from the future, unknown; the manner of SCAIP; a press by hand.</summary>
public abstract class SignalTests : IAsyncLifetime
{
    private DoorbellDesk bell = null!;

    [Fact]
    public async Task Forged_replayed_old_future_and_unknown_signals_are_refused_with_a_code()
    {
        var now = await bell.Now();
        object Signal(string nonce, int minutes = 0, string device = "D-001") => new { deviceId = device, nonce, time = now.AddMinutes(minutes) };
        await (await bell.Sends("D-001", "doorbell", Signal("a"), secret: "wrong")).Refuses(HttpStatusCode.Unauthorized, "doorbell.badSignature");
        await (await bell.County.Stranger.PostAsync("/api/v1/alerts/doorbell", new StringContent(JsonSerializer.Serialize(Signal("a"))))).Refuses(HttpStatusCode.Unauthorized, "doorbell.unsigned");
        await (await bell.Sends("D-001", "doorbell", Signal("a", device: "D-404"))).Refuses(HttpStatusCode.NotFound, "doorbell.unknownDevice");
        await (await bell.Sends("D-001", "doorbell", Signal("a", -6))).Refuses(HttpStatusCode.UnprocessableEntity, "doorbell.tooOld");
        await (await bell.Sends("D-001", "doorbell", Signal("a", 6))).Refuses(HttpStatusCode.UnprocessableEntity, "doorbell.future");
        await (await bell.Sends("D-001", "doorbell", "{ not json")).Refuses(HttpStatusCode.BadRequest, "doorbell.malformed");
        Assert.Empty(await bell.County.List("alerts?open=true"));

        await (await bell.Sends("D-001", "doorbell", Signal("a"))).Is(HttpStatusCode.Accepted);
        await (await bell.Sends("D-001", "doorbell", Signal("a"))).Refuses(HttpStatusCode.Conflict, "doorbell.replayed");
        await bell.County.Settles();
        Assert.Equal(0, Assert.Single(await bell.County.List("alerts?open=true")).GetProperty("mergedCount").GetInt32());
    }

    [Fact]
    public async Task What_cannot_be_written_down_whole_is_not_acknowledged_and_leaves_nothing_and_the_same_press_counts_when_it_can()
    {
        var press = new { deviceId = "D-001", nonce = "a", time = await bell.Now() };
        await bell.County.Set(db => db.Database.ExecuteSqlRawAsync(FullDisk.Of(Kind, engine: "instance").Breaks));   // the alert can be written, its procedure cannot
        Assert.Equal(HttpStatusCode.InternalServerError, (await bell.Sends("D-001", "doorbell", press)).StatusCode);
        Assert.Empty(await bell.County.List("alerts?open=true"));
        await bell.County.Set(db => db.Database.ExecuteSqlRawAsync(FullDisk.Of(Kind, engine: "instance").Mends));
        Assert.Equal("ACK", (await (await bell.Sends("D-001", "doorbell", press)).Is(HttpStatusCode.Accepted)).Text("result"));
        Assert.Equal(("Notifying", 4), Rung(Assert.Single(await bell.County.List("alerts?open=true"))));   // its first rings are on disk with it
        await bell.County.Settles();
        Assert.Equal(("Notifying", 4), Rung(Assert.Single(await bell.County.List("alerts?open=true"))));
    }

    [Fact]
    public async Task A_press_whose_first_ring_cannot_be_written_stands_and_is_rung_when_it_can()
    {
        await bell.County.Set(db => db.Database.ExecuteSqlRawAsync(FullDisk.Of(Kind, records: "alert_notification").Breaks));
        Assert.Equal("ACK", (await bell.Presses("D-001")).Text("result"));
        Assert.Equal(("Raised", 0), Rung(await bell.Alert()));
        Assert.Single(bell.County.Told("doorbell.called"));
        await bell.County.Set(db => db.Database.ExecuteSqlRawAsync(FullDisk.Of(Kind, records: "alert_notification").Mends));
        await bell.County.Sends(null, $"instances/{Guid.Parse(bell.AlertId)}/retry", new { });
        Assert.Equal(("Notifying", 4), Rung(await bell.Alert()));
        Assert.Single(bell.County.Told("doorbell.called"));
    }

    private static (string? Status, int Rings) Rung(JsonElement alert) => (alert.Text("status"), alert.GetProperty("rings").GetArrayLength());

    [Fact]
    public async Task Presses_at_the_same_moment_make_one_alert()
    {
        var now = await bell.Now();
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(async one => await (await bell.Sends("D-001", "doorbell", new { deviceId = "D-001", nonce = $"r-{one}", time = now })).Is(HttpStatusCode.Accepted)));
        await bell.County.Settles();
        Assert.Single(answers, answer => answer.Text("result") == "ACK");
        Assert.Equal(5, Assert.Single(await bell.County.List("alerts?open=true")).GetProperty("mergedCount").GetInt32());
    }

    [Fact]
    public async Task The_first_accept_wins()
    {
        await bell.Presses("D-001");
        var links = new[] { "何某某", "吕某某", "施某某" }.Select(bell.LinkOf).ToArray();
        var answers = await Task.WhenAll(links.Select(link => bell.County.Posts(null, $"alerts/{bell.AlertId}/accept", new { linkId = link })));
        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK);
        Assert.All(answers.Where(answer => answer.StatusCode != HttpStatusCode.OK), answer => Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode));
        await bell.County.Settles();
        Assert.Single((await bell.Alert()).GetProperty("responders").EnumerateArray());
    }

    [Fact]
    public async Task A_gateway_speaks_for_its_devices_and_in_the_manner_of_SCAIP()
    {
        var gateway = await (await bell.County.Posts("duty-1", "doorbells/gateways", new { id = "gw-1", name = "示例网关" })).Is(HttpStatusCode.Created);
        await (await bell.County.Posts("duty-1", "doorbells", new { serial = "D-002", countyCode = "999900", areaCode = "99990101", place = "一村5组3号", gatewayId = "gw-1" })).Is(HttpStatusCode.Created);
        string Message(string reference, string code) => $"<mrq><ref>{reference}</ref><cid>D-002</cid><tim>{Time}</tim><stc>{code}</stc><bat>55</bat></mrq>";
        var secret = gateway.Text("secret");
        await (await bell.Sends("D-002", "scaip", Message("1", "0010"), secret)).Refuses(HttpStatusCode.Unauthorized, "doorbell.badSignature");
        var first = await bell.Sends("D-002", "scaip", Message("1", "0010"), secret, "gw-1");
        Assert.Equal((HttpStatusCode.Accepted, "<mrs><ref>1</ref><snu>0</snu></mrs>"), (first.StatusCode, (await first.Content.ReadAsStringAsync()).Replace("\n", "").Replace("  ", "")));
        var second = await bell.Sends("D-002", "scaip", Message("2", "9999"), secret, "gw-1");   // a code that the mapping does not know is an alarm
        Assert.Contains("<snu>1</snu>", await second.Content.ReadAsStringAsync());
        await (await bell.Sends("D-002", "scaip", "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><mrq><ref>&b;</ref></mrq>", secret, "gw-1")).Refuses(HttpStatusCode.BadRequest, "doorbell.malformed");
        Assert.Equal(("D-002", 1), (Assert.Single(await bell.County.List("alerts?open=true")).Text("serial"), (await bell.County.List("alerts?open=true"))[0].GetProperty("mergedCount").GetInt32()));
    }

    [Fact]
    public async Task A_child_alone_takes_a_vetted_responder_or_two_people()
    {
        await bell.County.Set(async db => await db.Replace((await db.FindAsync<Relief.Flow.Activities.Doorbell.DoorbellDevice>(bell.DeviceId))! with { ChildAlone = true }, default));
        await bell.Presses("D-001");
        Assert.NotEmpty(bell.County.Told("doorbell.childAlone"));
        await bell.Answers("何某某", "1");
        await bell.County.Until((await bell.Now()).AddSeconds(95));
        Assert.Equal(2, (await bell.Alert()).GetProperty("tier").GetInt32());   // one who is not vetted is not enough
        Assert.Equal("Second", (await bell.Answers("吕某某", "1")).Text("result"));
        await bell.County.Until((await bell.Now()).AddMinutes(4));
        Assert.Equal(2, (await bell.Alert()).GetProperty("tier").GetInt32());
    }

    [Fact]
    public async Task Who_is_away_or_at_work_or_leads_elsewhere_is_skipped_and_the_next_tier_rings_at_once()
    {
        await bell.Until("10:00:00");
        await bell.County.Posts("duty-1", $"doorbells/D-001/responders/{bell.LinkOf("何某某")}", new { availability = new[] { "1-5 18:00-07:00" } });
        await bell.County.Posts("duty-1", $"doorbells/D-001/responders/{bell.LinkOf("施某某")}", new { awayUntil = await bell.Now() + TimeSpan.FromDays(1) });
        await bell.Presses("D-001");
        Assert.Equal(["0 吕某某/push", "0 吕某某/voice"], await bell.Rung());
        await bell.County.Posts("duty-1", "doorbells/D-001/away", new { until = await bell.Now() + TimeSpan.FromDays(9) });
        Assert.Equal("Away", (await bell.Device()).Text("status"));
        await bell.Does("duty-1", "outcome", new { outcome = "Helped", how = "voice" });
        Assert.Equal("ACK", (await bell.Presses("D-001")).Text("result"));   // away is a flag, and it alarms
    }

    [Fact]
    public async Task A_device_has_seconds_of_its_own_and_who_leads_elsewhere_is_skipped()
    {
        await bell.Until("10:00:00");
        await bell.Presses("D-001");
        await bell.Answers("何某某", "1");
        await bell.Commission("D-002", new { profile = new { tier1 = 30, tier2 = 50, tier3 = 70 } }, ("何某某", 1, new { }), ("许某某", 1, new { channels = new[] { "wechat", "sms" } }), ("吕某某", 2, new { }), ("许某甲", 3, new { }));
        await bell.Presses("D-002");
        Assert.Equal(["0 许某某/sms", "0 许某某/wechat"], await bell.Rung());
        await bell.Until("10:01:11");
        Assert.Equal(["0", "30", "50", "70"], (await bell.Rung()).Select(ring => ring.Split(' ')[0]).Distinct());
        Assert.Contains("70 何某某/push", await bell.Rung());   // when every tier has been rung, everybody is
        foreach (var channels in new[] { new[] { "sms" }, ["sms", "sms"], ["sms", "pigeon"] })
            await (await bell.County.Posts("duty-1", "doorbells/D-002/responders", new { userId = "person:x", name = "某", tier = 1, channels })).Refuses(HttpStatusCode.UnprocessableEntity, "request.invalid");
    }

    [Fact]
    public async Task More_than_ten_alerts_in_ten_minutes_are_told_to_the_coordinator()
    {
        for (var one = 0; one < 13; one++)
        {
            Assert.Equal(one < 11 ? 0 : 1, bell.County.Told("doorbell.storm").Count);   // once when it begins; the board marks each
            var serial = $"S-{one}";
            await (await bell.County.Posts("duty-1", "doorbells", new { serial, countyCode = "999900", areaCode = "99990101", place = "一村" })).Is(HttpStatusCode.Created);
            await (await bell.County.Posts("duty-1", "alerts", new { deviceId = serial })).Is(HttpStatusCode.Accepted);
            await bell.County.Settles();
        }

        Assert.Single(bell.County.Told("doorbell.storm"));
        Assert.Equal(3, (await bell.County.List("alerts?open=true")).Count(alert => alert.GetProperty("storm").GetBoolean()));
    }

    [Fact]
    public async Task A_county_says_how_many_alerts_make_a_storm()
    {
        using var admin = bell.County.Board;
        await (await admin.PutAsJsonAsync("/api/v1/parameters/doorbell.storm", new { areaCode = "999900", value = "1", validFrom = "2026-03-01", basis = "示例民发〔2026〕9号" })).Is(HttpStatusCode.OK);
        foreach (var serial in new[] { "S-1", "S-2" })
        {
            Assert.Empty(bell.County.Told("doorbell.storm"));
            await (await bell.County.Posts("duty-1", "doorbells", new { serial, countyCode = "999900", areaCode = "99990101", place = "一村" })).Is(HttpStatusCode.Created);
            await (await bell.County.Posts("duty-1", "alerts", new { deviceId = serial })).Is(HttpStatusCode.Accepted);
            await bell.County.Settles();
        }

        Assert.Single(bell.County.Told("doorbell.storm"));
    }

    [Fact]
    public async Task Old_nonces_are_forgotten_and_those_of_alerts_are_kept()
    {
        await bell.Presses("D-001", "doorbell/heartbeat");
        await bell.Presses("D-001");
        var now = await bell.Now();
        var forgotten = 0;
        await bell.County.Set(async db => forgotten = await new AlertIntake(db).Sweep(now, CancellationToken.None));
        Assert.Equal(0, forgotten);
        await bell.County.Set(async db => forgotten = await new AlertIntake(db).Sweep(now.AddDays(8), CancellationToken.None));
        Assert.Equal(1, forgotten);
    }

    private string Time => bell.Now().GetAwaiter().GetResult().ToString("O", System.Globalization.CultureInfo.InvariantCulture);

    public async Task InitializeAsync()
    {
        bell = new DoorbellDesk(await ReliefDesk.On(Kind));
        await bell.County.Until(3, 9, 22);
        await bell.Commission("D-001", null, ("何某某", 1, new { }), ("施某某", 1, new { }), ("吕某某", 2, new { }));
    }

    public async Task DisposeAsync() => await bell.DisposeAsync();

    protected abstract StorageKind Kind { get; }

    public sealed class OnSqlite : SignalTests
    {
        protected override StorageKind Kind => StorageKind.Sqlite;
    }

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres : SignalTests
    {
        protected override StorageKind Kind => StorageKind.PostgreSql;

        /// <summary>Another session holds the table of the rings and then wants the device, which the press has: the server breaks the press's transaction off (40P01).</summary>
        [Fact]
        public async Task A_press_that_deadlocks_is_answered_and_alert_and_first_rings_are_there_once()
        {
            Task<JsonElement> press = null!;
            await bell.County.Set(async db =>
            {
                await db.Database.ExecuteSqlRawAsync("set local deadlock_timeout = '5min'; lock table relief.alert_notification in share mode");   // so that never this session is the one to give way
                press = bell.Presses("D-001");
                await db.Database.ExecuteSqlRawAsync(
                    """
                    do $$ begin
                      while not exists (select from pg_stat_activity where pg_blocking_pids(pid) @> array[pg_backend_pid()]) loop perform pg_sleep(0.01); end loop;
                      perform 1 from relief.doorbell_device for update;
                    end $$
                    """);
            });

            await StandsOnce(press);
            await Patience.Until(async () => await Ask("select deadlocks as \"Value\" from pg_stat_database where datname = current_database()") == 1, () => "The server has met no deadlock.");
        }

        /// <summary>A serialization failure (40001), in the records or in what the procedure begins with, is tried three times and no more.</summary>
        [Theory]
        [InlineData("relief.alert")]
        [InlineData("relief.alert_notification")]
        public async Task A_press_that_cannot_be_serialised_is_tried_three_times_and_leaves_all_once_or_nothing(string table)
        {
            var (failsAt, tries) = table == "relief.alert" ? (2, 3) : (1, 5);   // what the first burst met is left to the worker, which writes the four rings
            await Change($"create sequence tries; create function fails() returns trigger language plpgsql as 'begin if nextval($$tries$$) <= {failsAt} then raise exception using errcode = $$40001$$; end if; return new; end';"
                + $"create trigger fails before insert on {table} for each statement execute function fails()");
            await StandsOnce(bell.Presses("D-001"));
            Assert.Equal(tries, await Ask("select last_value as \"Value\" from tries"));

            if (table != "relief.alert")
                return;
            await bell.Does("duty-1", "outcome", new { outcome = "Helped", how = "voice" });
            await Change("alter sequence tries restart; create or replace function fails() returns trigger language plpgsql as 'begin perform nextval($$tries$$); raise exception using errcode = $$40001$$; end'");
            var again = new { deviceId = "D-001", nonce = "again", time = await bell.Now() };
            Assert.Equal(HttpStatusCode.ServiceUnavailable, (await bell.Sends("D-001", "doorbell", again)).StatusCode);
            Assert.Equal((3, 1), (await Ask("select last_value as \"Value\" from tries"), (await bell.County.List("alerts")).Length));
            await Change("drop trigger fails on relief.alert");
            await (await bell.Sends("D-001", "doorbell", again)).Is(HttpStatusCode.Accepted);   // its nonce was not used up
        }

        private async Task StandsOnce(Task<JsonElement> press)
        {
            Assert.Equal("ACK", (await press).Text("result"));
            Assert.Equal(("Notifying", 4), Rung(Assert.Single(await bell.County.List("alerts"))));
            Assert.Single(await bell.County.List("instances?definitionId=procedure.doorbell"));
            Assert.Equal(4, bell.County.Told("doorbell.ring").Count);
            Assert.Single(bell.County.Told("doorbell.called"));
            await bell.County.IsSound();
        }

        private Task Change(string sql) => bell.County.Set(db => db.Database.ExecuteSqlRawAsync(sql));

        private async Task<long> Ask(string sql)
        {
            long answer = 0;
            await bell.County.Set(async db => answer = Assert.Single(await db.Database.SqlQueryRaw<long>(sql).ToListAsync()));
            return answer;
        }
    }
}
