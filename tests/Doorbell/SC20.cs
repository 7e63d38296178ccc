using System.Net;
using Relief.Flow.Tests.Host;
using Relief.Flow.Tests.Scenarios;
using Relief.Flow.Tests.Storage;
using static Relief.Flow.Tests.Doorbell.DoorbellDesk;

namespace Relief.Flow.Tests.Doorbell;

/// <summary>SC-20 over REST: the button is pressed at night and a neighbour answers.</summary>
public abstract class SC20 : IAsyncLifetime
{
    private DoorbellDesk bell = null!;

    protected abstract Task<ReliefDesk> Open();

    [Fact]
    public async Task A_press_at_02_14_05_is_taken_after_47_seconds_and_ends_with_120()
    {
        await bell.Until("02:14:05");
        var answer = await bell.Presses("D-001");
        Assert.Equal(("ACK", 1), (answer.Text("result"), answer.GetProperty("presses").GetInt32()));
        Assert.Equal(["0 何某某/voice", "0 何某某/sms", "0 施某某/voice", "0 施某某/sms"], await bell.Rung());   // at night a call, not a push
        Assert.Equal("doorbell-duty", (await bell.County.Task("doorbell-duty")).Text("kind"));

        await bell.Until("02:14:52");
        await bell.Answers("何某某", "1");
        Assert.Equal("Accepted", await bell.Status());
        Assert.Equal(["person:施某某 03-10 02:14"], bell.County.Told("doorbell.taken"));
        Assert.Equal(["arrival 03-10 02:24", "decide 03-10 02:19", "superior 03-10 02:20", "unanswered 03-10 02:22"], (await bell.County.Timers("procedure.doorbell")).Order());
        await bell.Answers("施某某", "1", HttpStatusCode.Conflict);

        await bell.Until("02:19:30");
        await bell.Answers("何某某", "2");
        await bell.Does("neighbour-he", "outcome", new { outcome = "Medical", how = "sight" }, HttpStatusCode.UnprocessableEntity);
        await bell.Until("02:23:00");
        await bell.Does("neighbour-he", "outcome", new { outcome = "Medical", how = "sight", reference = "120-0001" });

        var alert = await bell.Alert();
        Assert.Equal(("Resolved", "Medical", "120", "120-0001"), (alert.Text("status"), alert.Text("outcome"), alert.Text("emergencyCall"), alert.Text("emergencyRef")));
        Assert.Equal((47, 325), (alert.GetProperty("responseSeconds").GetDouble(), alert.GetProperty("arrivalSeconds").GetDouble()));
        Assert.Equal((At("04:23:00"), At("09:00:00")), (await bell.County.Due("doorbell-follow-up"), await bell.County.Due("doorbell-review")));
        Assert.Empty(bell.County.Told("doorbell.decide"));
    }

    [Fact]
    public async Task It_is_closed_by_a_review_that_whoever_ended_it_may_not_sign()
    {
        await bell.Until("02:14:05");
        await bell.Presses("D-001");
        await bell.Answers("何某某", "1");
        await bell.Answers("何某某", "2");
        await bell.Does("county-officer-1", "outcome", new { outcome = "Helped", how = "voice" });

        await (await bell.County.Tries("county-officer-1", "doorbell-review", "Reviewed", new { note = "及时" })).Is(HttpStatusCode.Forbidden);
        await bell.County.Decides("county-officer-2", "doorbell-review", "Reviewed", new { note = "及时" });
        await bell.County.Decides("surveyor-qian", "doorbell-follow-up", "Seen");
        Assert.Equal("Closed", await bell.Status());
        Assert.Equal(["AlertAccepted", "ResponderArrived", "AlertResolved", "AlertReviewed", "FollowedUp"],
            (await bell.Alert()).GetProperty("timeline").EnumerateArray().Select(entry => entry.Text("what")));
        await bell.County.IsSound();
    }

    [Fact]
    public async Task Who_is_found_dead_is_reported_with_110_and_the_bell_stays_armed_until_a_human_has_confirmed_it()
    {
        await bell.Until("02:14:05");
        await bell.Presses("D-001");
        await bell.Answers("何某某", "1");
        await bell.Answers("何某某", "2");
        await bell.Does("neighbour-he", "outcome", new { outcome = "FireOrViolence", how = "sight" }, HttpStatusCode.UnprocessableEntity);
        await bell.Does("neighbour-he", "outcome", new { outcome = "Deceased", how = "sight", reference = "110-0001" });
        Assert.Equal(("Deceased", "110"), ((await bell.Alert()).Text("outcome"), (await bell.Alert()).Text("emergencyCall")));
        Assert.Empty(await bell.County.Tasks("doorbell-follow-up"));
        Assert.Equal("Commissioned", (await bell.Device()).Text("status"));

        await bell.County.Decides("clerk-1", "death", "PersonDied", new { evidence = "死亡证明" });
        Assert.Equal("Retired", (await bell.Device()).Text("status"));
        await bell.County.Decides("surveyor-qian", "doorbell-fetch", "Done");
        await bell.County.Decides("county-officer-2", "doorbell-review", "Reviewed", new { note = "已核实" });
        Assert.Equal("Closed", await bell.Status());
        await bell.County.IsSound();
    }

    public async Task InitializeAsync()
    {
        bell = new DoorbellDesk(await Open());
        await bell.County.Until(3, 9, 22);
        await bell.Commission("D-001", null, ("何某某", 1, new { }), ("施某某", 1, new { }), ("吕某某", 2, new { }), ("许某甲", 3, new { guardian = true }));
    }

    public async Task DisposeAsync() => await bell.DisposeAsync();

    public sealed class OnSqlite : SC20
    {
        protected override Task<ReliefDesk> Open() => ReliefDesk.OnSqlite();
    }

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres : SC20
    {
        protected override Task<ReliefDesk> Open() => ReliefDesk.OnPostgres();
    }
}
