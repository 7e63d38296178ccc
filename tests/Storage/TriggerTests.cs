using Relief.Flow.Workflows;
using Relief.Flow.Workflows.Kernel;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Tests.Storage;

public abstract class TriggerTests : FlowStoreTests
{
    private static readonly NewTrigger OnPaid = new("begin", TriggerKind.Event, "paid");
    private static readonly NewTrigger Hourly = new("tick", TriggerKind.Schedule, "every 01:00:00", Due: A.Noon.AddHours(1));

    [Fact]
    public async Task An_event_starts_what_is_triggered_by_it_once_and_is_not_parked()
    {
        await Publish(OnPaid);

        Assert.Equal(new PublishReceipt(0, false, 1), await Store.Publish(A.Published("paid", "case-1", new { fen = 5 }), default));
        Assert.Equal(1, await Store.Relay(10, default));

        var claim = await ClaimOne();
        Assert.Equal(("case-1", 1), (claim.CorrelationId, claim.DefinitionVersion));
        var fired = Fired(claim);
        Assert.Equal(("begin", TriggerKind.Event, 5), (fired.ActivityId, fired.Kind, fired.Payload.GetProperty("fen").GetInt32()));
        Assert.Equal(0, await Ask("select count(*) from parked_event"));
        await NothingIsReady();
    }

    [Fact]
    public async Task A_repeated_event_starts_nothing_twice()
    {
        await Publish(OnPaid);
        var paid = A.Published("paid") with { DedupKey = "receipt-7" };

        Assert.Equal(1, (await Store.Publish(paid, default)).Started);
        Assert.Equal(new PublishReceipt(0, false), await Store.Publish(paid, default));
        await Store.Relay(10, default);

        Assert.Single(await ClaimAll());
    }

    [Fact]
    public async Task An_event_wakes_who_waits_and_starts_who_is_triggered()
    {
        await Publish(OnPaid);
        await Waiting(A.Event("paid"));

        Assert.Equal(new PublishReceipt(1, false, 1), await Store.Publish(A.Published("paid"), default));
        await Store.Relay(10, default);

        Assert.Equal(2, (await ClaimAll()).Count);
    }

    [Fact]
    public async Task An_event_from_inside_starts_too()
    {
        await Publish(OnPaid);
        await Commit(A.Send(await Started(), A.Publishes("paid", "case-2")));

        Assert.Equal(2, await Store.Relay(10, default) + await Store.Relay(10, default));

        Assert.Equal("case-2", (await ClaimOne()).CorrelationId);
    }

    [Fact]
    public async Task Publishing_anew_moves_the_triggers_and_retracting_takes_them_away()
    {
        await Publish(OnPaid);
        await Save(2, OnPaid with { Key = "owed" });
        Assert.Equal(0, (await Store.Publish(A.Published("paid"), default)).Started);
        Assert.Equal(1, (await Store.Publish(A.Published("owed"), default)).Started);

        await Store.RetractDefinition("inquiry", default);

        Assert.Equal(0, (await Store.Publish(A.Published("owed"), default)).Started);
        await Store.Relay(10, default);
        Assert.Equal(2, (await ClaimOne()).DefinitionVersion);
    }

    [Fact]
    public async Task A_draft_starts_nothing()
    {
        await Store.SaveDefinition(A.Definition(1) with { Triggers = [OnPaid] }, default);

        Assert.Equal(0, (await Store.Publish(A.Published("paid"), default)).Started);
    }

    [Fact]
    public async Task A_schedule_starts_at_its_moment_and_moves_on()
    {
        await Publish(Hourly);
        Assert.Equal(0, await Store.FireTimers(100, default));
        Assert.Equal(A.Noon.AddHours(1), (await Store.ReadAgenda(default)).NextDue);
        await Later(TimeSpan.FromHours(1));
        Assert.Equal(1, (await Store.ReadAgenda(default)).Due);

        Assert.Equal(1, await Store.FireTimers(100, default));
        Assert.Equal(0, await Store.FireTimers(100, default));
        await Store.Relay(10, default);

        Assert.Equal(A.Noon.AddHours(1), Fired(await ClaimOne()).Due);
        Assert.Equal(A.Noon.AddHours(2), (await Store.ReadAgenda(default)).NextDue);
    }

    [Fact]
    public async Task What_was_missed_in_an_outage_starts_once_and_the_beat_is_kept()
    {
        await Publish(Hourly);
        await Later(TimeSpan.FromHours(7.5));

        Assert.Equal(1, await Store.FireTimers(100, default));
        await Store.Relay(10, default);

        Assert.Equal(A.Noon.AddHours(1), Fired(await ClaimOne()).Due);
        Assert.Equal(A.Noon.AddHours(8), (await Store.ReadAgenda(default)).NextDue);
    }

    [Fact]
    public async Task A_new_version_with_the_same_schedule_keeps_its_beat()
    {
        await Publish(Hourly);
        await Later(TimeSpan.FromMinutes(30));
        await Save(2, Hourly with { Due = A.Noon.AddMinutes(90) });

        Assert.Equal(A.Noon.AddHours(1), (await Store.ReadAgenda(default)).NextDue);
    }

    [Fact]
    public async Task A_moment_that_has_been_is_not_fired_again_by_a_new_version()
    {
        var once = new NewTrigger("once", TriggerKind.Schedule, Schedule.At(A.Noon.AddHours(1)).Text, Due: A.Noon.AddHours(1));
        await Publish(once);
        await Later(TimeSpan.FromHours(2));
        Assert.Equal(1, await Store.FireTimers(100, default));
        await Save(2, once);

        Assert.Equal(0, await Store.FireTimers(100, default));
        Assert.Null((await Store.ReadAgenda(default)).NextDue);
    }

    [Fact]
    public async Task In_real_time_the_next_schedule_is_seen_ahead_within_reach()
    {
        await Publish(Hourly with { Due = TimeProvider.System.GetUtcNow().AddMinutes(20) });
        await Ask("update clock set manual_now = null");

        Assert.Null(await Store.NextTimer(TimeSpan.FromMinutes(10), default));
        Assert.InRange((await Store.NextTimer(TimeSpan.FromHours(1), default))!.Value, TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(20));
    }

    [Fact]
    public async Task Looking_from_many_sides_at_once_fires_each_occurrence_once()
    {
        await Publish(Hourly);
        for (var hour = 1; hour <= 5; hour++)
        {
            await Later(TimeSpan.FromHours(hour));
            var fired = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Store.FireTimers(100, default)));
            Assert.Equal(1, fired.Sum());
            await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Store.Relay(10, default)));
            Assert.Single(await ClaimAll());
        }
    }

    [Fact]
    public async Task A_request_belongs_to_one_definition()
    {
        var orders = new NewTrigger("in", TriggerKind.Http, "POST orders/{}", A.Json(new { authorize = true }));
        await Publish(orders);

        var refused = await Store.SaveDefinition(A.Definition(1, isPublished: true, id: "other") with { Triggers = [orders] }, default);

        Assert.Equal(new SaveReceipt(false, "POST orders/{}", "inquiry"), refused);
        Assert.Null(await Store.FindDefinition("other", VersionChoice.Published, default));
        await Store.RetractDefinition("inquiry", default);
        Assert.True((await Store.SaveDefinition(A.Definition(1, isPublished: true, id: "other") with { Triggers = [orders] }, default)).IsSaved);
    }

    private Task Publish(params NewTrigger[] triggers) => Save(1, triggers);

    private async Task Save(int version, params NewTrigger[] triggers) =>
        Assert.True((await Store.SaveDefinition(A.Definition(version, isPublished: true) with { Triggers = [.. triggers] }, default)).IsSaved);

    private static TriggerFired Fired(Claim claim)
    {
        var mail = Assert.Single(claim.Mail);
        Assert.Equal(MailKind.Triggered, mail.Kind);
        return FlowJson.To<TriggerFired>(mail.Payload.GetProperty("trigger"))!;
    }

    public sealed class OnSqlite : TriggerTests
    {
        protected override Task<IFlowStore> Open() => OpenSqlite();
    }

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres : TriggerTests
    {
        protected override Task<IFlowStore> Open() => OpenPostgres();
    }
}
