using Relief.Flow.Workflows;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Tests.Storage;

public abstract class OutboxTests : FlowStoreTests
{
    private async Task<IReadOnlyList<OutboxItem>> Take(TimeSpan? lease = null) => await Store.ClaimOutbox(100, lease ?? A.Lease, default);

    private Task Settle(OutboxItem item, bool delivered, object? reply = null, DateTimeOffset? retryAt = null, string? error = null) =>
        Store.SettleOutbox([new OutboxResult(item.Id, delivered, reply is null ? default : A.Json(reply), retryAt, error)], default);

    private async Task<(Guid Instance, NewOutboxRow Row)> Sent(EffectClass kind = EffectClass.Outbox, bool waits = false)
    {
        var row = A.Http(kind, waits ? Guid.CreateVersion7() : null);
        var claim = await Started();
        await Commit(A.Send(claim, row));
        return (claim.InstanceId, row);
    }

    [Fact]
    public async Task A_row_is_leased_with_all_that_its_sender_needs()
    {
        var (id, row) = await Sent(EffectClass.Request, waits: true);

        var item = Assert.Single(await Take());

        Assert.Equal((row.Id, id, "step", row.ReplyTo, 1), (item.Id, item.InstanceId, item.ActivityId, item.ReplyTo, item.Attempts));
        Assert.Equal((MessageKind.Http, "bank.example", EffectClass.Request), (item.Message.Kind, item.Message.Target, item.Message.Class));
        Assert.Equal("POST", item.Message.Payload.GetProperty("method").GetString());
        Assert.Equal((A.Noon, A.Noon), (item.CreatedAt, item.Now));
        Assert.Empty(await Take());
    }

    [Fact]
    public async Task A_row_whose_lease_is_over_is_leased_again_under_the_same_id()
    {
        await Sent();
        var first = Assert.Single(await Take(TimeSpan.Zero));
        var second = Assert.Single(await Take());

        Assert.Equal((first.Id, 2), (second.Id, second.Attempts));
    }

    [Fact]
    public async Task A_delivered_row_is_never_leased_again()
    {
        await Sent();
        await Settle(Assert.Single(await Take(TimeSpan.Zero)), delivered: true);

        Assert.Empty(await Take());
    }

    [Fact]
    public async Task A_row_that_may_not_yet_leave_stays_until_its_moment()
    {
        await Commit(A.Send(await Started(), A.Row(Message.Of(A.Call()) with { NotBefore = A.Noon.AddHours(1) })));
        Assert.Empty(await Take());

        await Later(TimeSpan.FromHours(1));

        Assert.Single(await Take());
    }

    [Fact]
    public async Task A_call_for_help_overtakes_everything_that_waits_to_leave()
    {
        var ordinary = Enumerable.Range(0, 5).Select(_ => A.Row(Message.Of(A.Call()))).ToList();
        await Commit(A.Send(await Started(), [.. ordinary]));
        await Later(TimeSpan.FromMinutes(1));
        var rings = Enumerable.Range(0, 2).Select(_ => A.Row(Message.Of(A.Call()) with { Urgent = true })).ToList();
        await Commit(A.Send(await Started(), [.. rings]));

        var first = await Store.ClaimOutbox(3, A.Lease, default);

        Assert.Equal([.. rings.Select(row => row.Id), ordinary[0].Id], first.Select(item => item.Id));
        Assert.Equal(ordinary.Skip(1).Select(row => row.Id), (await Take()).Select(item => item.Id));
    }

    [Fact]
    public async Task A_group_of_results_is_settled_each_by_itself()
    {
        var (waiting, _) = await Sent(EffectClass.Request, waits: true);
        await Sent();
        await Sent();
        var items = (await Take()).ToDictionary(item => item.InstanceId == waiting ? "answered" : item.Id.ToString());
        var (again, given) = (items.First(item => item.Key != "answered").Value, items.Last(item => item.Key != "answered").Value);

        await Store.SettleOutbox(
        [
            new OutboxResult(items["answered"].Id, true, A.Json(new { status = 201 }), null, null), new OutboxResult(again.Id, false, default, A.Noon.AddMinutes(1), "503"),
            new OutboxResult(given.Id, false, default, null, "404"), new OutboxResult(Guid.CreateVersion7(), true, default, null, null)
        ], default);

        Assert.Equal(201, Assert.Single((await ClaimOf(waiting)).Mail).Payload.GetProperty("status").GetInt32());
        Assert.Equal(1, await Ask("select count(*) from outbox where state = 3 and last_error = '404'"));
        await Later(TimeSpan.FromMinutes(1));
        Assert.Equal(again.Id, Assert.Single(await Take()).Id);
    }

    [Fact]
    public async Task A_failed_row_is_tried_again_at_the_moment_given_and_not_before()
    {
        await Sent();
        await Settle(Assert.Single(await Take()), delivered: false, retryAt: A.Noon.AddMinutes(5), error: "503");
        Assert.Empty(await Take());

        await Later(TimeSpan.FromMinutes(5));

        Assert.Equal(2, Assert.Single(await Take()).Attempts);
    }

    [Fact]
    public async Task The_answer_consumes_the_bookmark_that_waits_for_it()
    {
        var (id, row) = await Sent(EffectClass.Request, waits: true);

        await Settle(Assert.Single(await Take()), delivered: true, reply: new { status = 200 });

        var mail = Assert.Single((await ClaimOf(id)).Mail);
        Assert.Equal((MailKind.Reply, row.ReplyTo), (mail.Kind, mail.BookmarkId));
        Assert.Equal(200, mail.Payload.GetProperty("status").GetInt32());
    }

    [Fact]
    public async Task Only_the_first_settlement_mails_its_answer()
    {
        var (id, _) = await Sent(EffectClass.Request, waits: true);
        var slow = Assert.Single(await Take(TimeSpan.Zero));
        var quick = Assert.Single(await Take());

        await Settle(quick, delivered: true, reply: new { status = 200 });
        await Settle(slow, delivered: false, reply: new { status = 500 });

        Assert.Equal(200, Assert.Single((await ClaimOf(id)).Mail).Payload.GetProperty("status").GetInt32());
    }

    [Fact]
    public async Task Giving_up_mails_the_failure_to_whoever_waits()
    {
        var (id, _) = await Sent(EffectClass.Request, waits: true);

        await Settle(Assert.Single(await Take()), delivered: false, reply: new { status = 0, error = "refused" }, error: "refused");

        Assert.Equal("refused", Assert.Single((await ClaimOf(id)).Mail).Payload.GetProperty("error").GetString());
        await Later(TimeSpan.FromDays(9));
        Assert.Empty(await Take());
    }

    [Fact]
    public async Task An_answer_that_nobody_waits_for_any_more_wakes_nobody()
    {
        var (id, row) = await Sent(EffectClass.Request, waits: true);
        var item = Assert.Single(await Take());
        await Store.Publish(A.Published("never"), default);
        await Commit(A.Wait(await ClaimOf(id), A.Event("more")) with { Dropped = [row.ReplyTo!.Value] });

        await Settle(item, delivered: true, reply: new { status = 200 });

        await NothingIsReady();
    }

    [Fact]
    public async Task An_at_most_once_row_is_never_leased_twice()
    {
        await Sent(EffectClass.AtMostOnce, waits: true);
        var item = Assert.Single(await Take(TimeSpan.Zero));
        Assert.Empty(await Take());

        await Settle(item, delivered: false, reply: new { status = 0 }, retryAt: A.Noon, error: "no route");

        Assert.Empty(await Take());
    }

    [Fact]
    public async Task An_at_most_once_row_whose_sender_vanished_becomes_an_unknown_outcome_once()
    {
        var (id, row) = await Sent(EffectClass.AtMostOnce, waits: true);
        var item = Assert.Single(await Take(TimeSpan.Zero));

        Assert.Equal(1, await Store.ExpireOutbox(default));
        Assert.Equal(0, await Store.ExpireOutbox(default));
        await Settle(item, delivered: true, reply: new { status = 200 });

        var mail = Assert.Single((await ClaimOf(id)).Mail);
        Assert.Equal((MailKind.Reply, row.ReplyTo), (mail.Kind, mail.BookmarkId));
        Assert.True(new Wakeup("answered", BookmarkKind.Reply, mail.Payload, mail.At).As<HttpReply>()!.OutcomeUnknown);
    }

    [Fact]
    public async Task An_at_most_once_row_whose_sender_is_still_at_it_does_not_expire()
    {
        await Sent(EffectClass.AtMostOnce, waits: true);
        await Take();

        Assert.Equal(0, await Store.ExpireOutbox(default));
    }

    [Fact]
    public async Task A_row_that_may_be_repeated_does_not_expire()
    {
        await Sent(EffectClass.Request, waits: true);
        await Take(TimeSpan.Zero);

        Assert.Equal(0, await Store.ExpireOutbox(default));
        Assert.Single(await Take());
    }

    [Fact]
    public async Task Rows_leave_in_the_order_in_which_they_were_decided_and_no_more_than_asked_for()
    {
        NewOutboxRow[] rows = [A.Http(), A.Notice(), A.Http()];
        await Commit(A.Send(await Started(), [.. rows]));

        var first = await Store.ClaimOutbox(2, A.Lease, default);
        var rest = await Store.ClaimOutbox(2, A.Lease, default);

        Assert.Equal(rows.Select(row => row.Id), first.Concat(rest).Select(item => item.Id));
    }

    [Fact]
    public async Task What_stays_inside_the_house_is_not_given_to_senders()
    {
        await Commit(A.Send(await Started(), A.Publishes("paid"), A.Mails(new NewMail(Guid.CreateVersion7(), MailKind.Cancel, default))));

        Assert.Empty(await Take());
    }

    [Fact]
    public async Task Each_row_is_leased_to_one_of_many_senders()
    {
        await Commit(A.Send(await Started(), [.. Enumerable.Range(0, 20).Select(_ => A.Http())]));

        var taken = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Store.ClaimOutbox(7, A.Lease, default)));

        Assert.Equal(20, taken.SelectMany(items => items).Select(item => item.Id).Distinct().Count());
        Assert.Equal(20, taken.Sum(items => items.Length));
    }

    [Fact]
    public async Task A_row_written_again_while_it_is_on_its_way_is_not_doubled()
    {
        var row = A.Http(EffectClass.Request, Guid.CreateVersion7());
        var first = await Started();
        await Write(first, row);
        var item = Assert.Single(await Take());

        await Store.Send(new NewMail(first.InstanceId, MailKind.Retry, default), default);
        await Write(await ClaimOf(first.InstanceId), row);

        Assert.Empty(await Take());
        await Settle(item, delivered: true, reply: new { status = 200 });
        Assert.Equal(1, await Ask("select count(*) from outbox"));
    }

    [Fact]
    public async Task A_row_that_was_given_up_leaves_again_when_it_is_written_again()
    {
        var row = A.Http();
        var first = await Started();
        await Write(first, row);
        await Settle(Assert.Single(await Take()), delivered: false, error: "500");

        await Store.Send(new NewMail(first.InstanceId, MailKind.Retry, default), default);
        await Write(await ClaimOf(first.InstanceId), row);

        var item = Assert.Single(await Take());
        Assert.Equal((row.Id, 1), (item.Id, item.Attempts));
    }

    [Fact]
    public async Task A_delivered_row_written_again_stays_delivered()
    {
        var row = A.Http();
        var first = await Started();
        await Write(first, row);
        await Settle(Assert.Single(await Take()), delivered: true);

        await Store.Send(new NewMail(first.InstanceId, MailKind.Retry, default), default);
        await Write(await ClaimOf(first.InstanceId), row);

        Assert.Empty(await Take());
    }

    private async Task Write(Claim claim, NewOutboxRow row) =>
        Assert.Equal(CommitOutcome.Committed, (await Commit(A.Burst(claim) with { Outbox = [row], Bookmarks = [A.Event(Guid.NewGuid().ToString())] })).Outcome);

    public sealed class OnSqlite : OutboxTests
    {
        protected override Task<IFlowStore> Open() => OpenSqlite();
    }

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres : OutboxTests
    {
        protected override Task<IFlowStore> Open() => OpenPostgres();
    }
}
