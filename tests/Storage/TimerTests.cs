using Relief.Flow.Workflows;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Tests.Storage;

public abstract class TimerTests : FlowStoreTests
{
    private static readonly DueRule FiveDays = new(A.Noon, 5, "330102");

    [Fact]
    public async Task A_timer_fires_at_its_moment_and_not_before()
    {
        var timer = A.Timer(A.Noon.AddHours(1));
        var id = await Waiting(timer);
        Assert.Equal(0, await Store.FireTimers(100, default));

        await Later(TimeSpan.FromHours(1));

        Assert.Equal(1, await Store.FireTimers(100, default));
        var mail = Assert.Single((await ClaimOf(id)).Mail);
        Assert.Equal((MailKind.Timer, (Guid?)timer.Id, TimeSpan.Zero), (mail.Kind, mail.BookmarkId, mail.Lateness));
    }

    [Fact]
    public async Task A_late_timer_says_how_late_it_is()
    {
        var id = await Waiting(A.Timer(A.Noon.AddHours(1)));
        await Later(TimeSpan.FromHours(25));
        await Store.FireTimers(100, default);

        Assert.Equal(TimeSpan.FromDays(1), Assert.Single((await ClaimOf(id)).Mail).Lateness);
    }

    [Fact]
    public async Task While_time_is_set_by_hand_no_timer_comes_by_itself()
    {
        await Waiting(A.Timer(A.Noon.AddMilliseconds(200)));

        Assert.Null(await Store.NextTimer(TimeSpan.FromHours(1), default));
    }

    [Fact]
    public async Task In_real_time_the_next_timer_is_seen_ahead_within_reach()
    {
        await Waiting(A.Timer(TimeProvider.System.GetUtcNow().AddMinutes(30)), A.Timer(TimeProvider.System.GetUtcNow().AddMinutes(20)));
        await Ask("update clock set manual_now = null");

        Assert.Null(await Store.NextTimer(TimeSpan.FromMinutes(10), default));
        Assert.InRange((await Store.NextTimer(TimeSpan.FromHours(1), default))!.Value, TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(20));
    }

    [Fact]
    public async Task A_timer_fires_once()
    {
        await Waiting(A.Timer(A.Noon));

        Assert.Equal(1, await Store.FireTimers(100, default));
        Assert.Equal(0, await Store.FireTimers(100, default));
    }

    [Fact]
    public async Task Timers_fire_in_the_order_in_which_they_are_due_a_page_at_a_time()
    {
        var last = await Waiting(A.Timer(A.Noon.AddMinutes(3)));
        var first = await Waiting(A.Timer(A.Noon.AddMinutes(1)));
        await Later(TimeSpan.FromHours(1));

        Assert.Equal(1, await Store.FireTimers(1, default));
        Assert.Equal(first, (await ClaimOne()).InstanceId);
        Assert.Equal(1, await Store.FireTimers(10, default));
        Assert.Equal(last, (await ClaimOne()).InstanceId);
    }

    [Fact]
    public async Task A_dropped_bookmark_takes_its_timer_along()
    {
        var timer = A.Timer(A.Noon.AddHours(1));
        var id = await Waiting(timer, A.Event("go"));
        await Store.Publish(A.Published("go"), default);
        await Commit(A.Wait(await ClaimOf(id), A.Event("more")) with { Dropped = [timer.Id] });
        await Later(TimeSpan.FromHours(2));

        Assert.Equal(0, await Store.FireTimers(100, default));
        Assert.Equal(0, await Ask("select count(*) from timer"));
    }

    [Fact]
    public async Task Mail_of_a_fired_timer_is_not_lost_while_the_instance_is_claimed()
    {
        var id = await Waiting(A.Timer(A.Noon.AddHours(1)), A.Event("go"));
        await Store.Publish(A.Published("go"), default);
        var claim = await ClaimOf(id);
        await Later(TimeSpan.FromHours(1));
        await Store.FireTimers(100, default);
        await NothingIsReady();

        Assert.True((await Commit(A.Burst(claim))).MoreMail);
        Assert.Equal(MailKind.Timer, Assert.Single((await ClaimOf(id)).Mail).Kind);
    }

    [Fact]
    public async Task A_deadline_in_working_days_moves_with_the_calendar_and_a_fixed_one_stays()
    {
        var ruled = await Waiting(A.Timer(A.Noon.AddDays(7), FiveDays));
        await Waiting(A.Timer(A.Noon.AddDays(7)));

        Assert.Equal(1, await Store.RecomputeDeadlines(rule => rule.From.AddDays(rule.WorkingDays + (rule.Area == "330102" ? 1 : 99)), default));

        await Later(TimeSpan.FromDays(6));
        Assert.Equal(1, await Store.FireTimers(100, default));
        Assert.Equal(ruled, (await ClaimOne()).InstanceId);
    }

    [Fact]
    public async Task A_deadline_that_stays_the_same_has_not_moved()
    {
        await Waiting(A.Timer(A.Noon.AddDays(7), FiveDays));

        Assert.Equal(0, await Store.RecomputeDeadlines(_ => A.Noon.AddDays(7), default));
    }

    [Fact]
    public async Task What_comes_next_lies_after_now_and_what_is_due_counts_as_due()
    {
        await Waiting(A.Timer(A.Noon.AddHours(1)));
        await Waiting(A.Timer(A.Noon.AddHours(3)));
        await Later(TimeSpan.FromHours(1));

        var agenda = await Store.ReadAgenda(default);

        Assert.Equal((A.Noon.AddHours(3), 1), (agenda.NextDue, agenda.Due));
    }

    public sealed class OnSqlite : TimerTests
    {
        protected override Task<IFlowStore> Open() => OpenSqlite();
    }

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres : TimerTests
    {
        protected override Task<IFlowStore> Open() => OpenPostgres();
    }
}
