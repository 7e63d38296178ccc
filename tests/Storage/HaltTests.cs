using Relief.Flow.Workflows;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Tests.Storage;

public abstract class HaltTests : FlowStoreTests
{
    private const string Person = "person-1";

    private Task<int> Halt(Guid? handler = null, string kind = "PersonDied") =>
        Store.Halt(new NewHalt(Person, kind, handler, A.Json(new { kind })), default);

    [Fact]
    public async Task A_halt_mails_each_open_instance_of_the_person_and_nobody_elses()
    {
        var mine = await Waiting(Person, A.Event("go"));
        await Waiting("person-2", A.Event("go"));
        await Finish(await Started(Person));

        Assert.Equal(1, await Halt());

        var claim = await ClaimOne();
        Assert.Equal(mine, claim.InstanceId);
        var mail = Assert.Single(claim.Mail);
        Assert.Equal((MailKind.Halt, "PersonDied"), (mail.Kind, mail.Payload.GetProperty("kind").GetString()));
    }

    [Fact]
    public async Task The_same_halt_again_mails_nobody()
    {
        await Waiting(Person, A.Event("go"));
        await Halt();

        Assert.Equal(0, await Halt());
        Assert.Single((await ClaimOne()).Mail);
    }

    [Fact]
    public async Task The_handler_is_not_mailed()
    {
        var handler = await Waiting(Person, A.Event("go"));

        Assert.Equal(0, await Halt(handler));
        await NothingIsReady();
    }

    [Fact]
    public async Task A_message_committed_before_the_halt_does_not_leave()
    {
        await Commit(A.Send(await Started(Person), A.Http(), A.Notice()));
        await Halt();

        Assert.Empty(await Store.ClaimOutbox(10, A.Lease, default));
    }

    [Fact]
    public async Task A_message_committed_after_the_halt_does_not_leave()
    {
        var claim = await Started(Person);
        await Halt();
        await Commit(A.Send(claim, A.Http()));

        Assert.Empty(await Store.ClaimOutbox(10, A.Lease, default));
    }

    [Fact]
    public async Task A_message_that_passes_leaves_in_spite_of_the_halt()
    {
        var passing = A.Row(Message.Of(A.Call()) with { PassesHalt = true });
        await Commit(A.Send(await Started(Person), A.Http(), passing));
        await Halt();

        Assert.Equal(passing.Id, Assert.Single(await Store.ClaimOutbox(10, A.Lease, default)).Id);
    }

    [Fact]
    public async Task The_handlers_own_messages_and_timers_go_on()
    {
        var claim = await Started(Person);
        await Commit(A.Wait(claim, A.Timer(A.Noon)) with { Outbox = [A.Http()] });
        await Waiting(Person, A.Timer(A.Noon));
        await Halt(claim.InstanceId);

        Assert.Single(await Store.ClaimOutbox(10, A.Lease, default));
        Assert.Equal(1, await Store.FireTimers(10, default));
    }

    [Fact]
    public async Task Another_persons_messages_and_timers_go_on()
    {
        await Commit(A.Wait(await Started("person-2"), A.Timer(A.Noon)) with { Outbox = [A.Http()] });
        await Halt();

        Assert.Single(await Store.ClaimOutbox(10, A.Lease, default));
        Assert.Equal(1, await Store.FireTimers(10, default));
    }

    [Fact]
    public async Task Timers_stand_still_and_fire_when_the_halt_is_lifted()
    {
        await Waiting(Person, A.Timer(A.Noon));
        await Halt();
        Assert.Equal(0, await Store.FireTimers(10, default));

        await Store.LiftHalt(Person, default);

        Assert.Equal(1, await Store.FireTimers(10, default));
    }

    [Fact]
    public async Task Messages_leave_when_the_halt_is_lifted()
    {
        await Commit(A.Send(await Started(Person), A.Http()));
        await Halt();

        await Store.LiftHalt(Person, default);

        Assert.Single(await Store.ClaimOutbox(10, A.Lease, default));
        Assert.Equal(StartOutcome.Started, (await Start(A.Start(Person))).Outcome);
    }

    [Fact]
    public async Task Events_and_starts_of_a_halted_person_are_not_relayed_but_the_engines_own_mail_is()
    {
        await Store.SaveDefinition(A.Definition(1, isPublished: true, id: "child"), default);
        var parent = await Waiting(A.Event("go"));
        await Commit(A.Send(await Started(Person),
            A.Publishes("go"), A.Starts(new ChildStart(Guid.CreateVersion7(), "child", A.Json(new { }))), A.Mails(new NewMail(parent, MailKind.Cancel, default))));
        await Halt();

        Assert.Equal(1, await Store.Relay(10, default));

        Assert.Equal(MailKind.Cancel, Assert.Single((await ClaimOf(parent)).Mail).Kind);
    }

    [Fact]
    public async Task A_halt_that_an_instance_raises_with_its_commit_stops_the_others_and_lets_it_go_on()
    {
        var other = await Waiting(Person, A.Timer(A.Noon));
        await Commit(A.Send(await Started(Person), A.Http(), A.Notice()));
        var handler = await Started(Person);
        var own = A.Http();
        var halt = A.Mails(NewHalt.ByInstance(handler.InstanceId, new PersonHalted(Person, "PersonDied")));
        await Commit(A.Wait(handler, A.Timer(A.Noon)) with { Outbox = [halt, own] });

        Assert.Equal(1, await Store.Relay(10, default));

        Assert.Equal(own.Id, Assert.Single(await Store.ClaimOutbox(10, A.Lease, default)).Id);
        Assert.Equal(1, await Store.FireTimers(10, default));
        var claims = await ClaimAll();
        Assert.Equal(MailKind.Timer, Assert.Single(claims.Single(claim => claim.InstanceId == handler.InstanceId).Mail).Kind);
        var mail = Assert.Single(claims.Single(claim => claim.InstanceId == other).Mail);
        Assert.Equal((MailKind.Halt, "PersonDied"), (mail.Kind, mail.Payload.GetProperty("kind").GetString()));
        Assert.Equal(StartOutcome.Halted, (await Start(A.Start(Person))).Outcome);
    }

    [Fact]
    public async Task What_a_halt_holds_back_does_not_keep_the_agenda_from_being_quiet()
    {
        await Commit(A.Wait(await Started(Person), A.Timer(A.Noon)) with { Outbox = [A.Http()] });
        await Halt();
        await Finish(await ClaimOne());

        var agenda = await Store.ReadAgenda(default);

        Assert.True(agenda.IsQuiet);
        Assert.Null(agenda.NextDue);
    }

    [Fact]
    public async Task INV_19_whatever_nodes_are_about_to_fire_send_or_start_for_a_person_nothing_of_it_comes_after_the_halt()
    {
        var late = await Started(Person);
        for (var one = 0; one < 20; one++)
            await Commit(A.Wait(await Started(Person), A.Timer(A.Noon)) with { Outbox = [A.Http(), A.Notice()] });
        var stands = 0;
        var underway = new TaskCompletionSource();

        // A look that begins when the halt stands is the last of its node, and must find nothing.
        async Task<int> Works(Func<Task<int>> look)
        {
            for (; ; )
            {
                var isLast = Volatile.Read(ref stands) == 1;
                var found = await look();
                if (found > 0)
                    underway.TrySetResult();
                if (isLast)
                    return found;
            }
        }

        Func<Task<int>>[] duties =
        [
            () => Store.FireTimers(1, default), async () => (await Store.ClaimOutbox(1, A.Lease, default)).Length,
            async () => (await Start(A.Start(Person))).Outcome == StartOutcome.Started ? 1 : 0
        ];
        var nodes = Task.WhenAll(duties.Concat(duties).Select(duty => Task.Run(() => Works(duty))));
        await underway.Task;
        await Halt();
        Volatile.Write(ref stands, 1);

        Assert.All(await nodes, found => Assert.Equal(0, found));
        await Commit(A.Wait(late, A.Timer(A.Noon)) with { Outbox = [A.Http()] });   // a burst that was running meanwhile
        await Later(TimeSpan.FromDays(60));
        Assert.Equal(0, await Store.FireTimers(100, default));
        Assert.Empty(await Store.ClaimOutbox(100, A.Lease, default));
    }

    public sealed class OnSqlite : HaltTests
    {
        protected override Task<IFlowStore> Open() => OpenSqlite();
    }

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres : HaltTests
    {
        protected override Task<IFlowStore> Open() => OpenPostgres();
    }
}
