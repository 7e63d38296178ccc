using Relief.Flow.Workflows;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Tests.Storage;

public abstract class RelayTests : FlowStoreTests
{
    private static ChildStart Child(Guid? parent = null, Guid? bookmark = null, string definition = "child") =>
        new(Guid.CreateVersion7(), definition, A.Json(new { round = 2 }), "case-1", "2026-0001", null, parent, bookmark);

    [Fact]
    public async Task An_event_of_one_instance_reaches_another_once()
    {
        var receiver = await Waiting(A.Event("paid", "case-1"));
        await Commit(A.Send(await Started(), A.Publishes("paid", "case-1", "from inside")));

        Assert.Equal(1, await Store.Relay(100, default));
        Assert.Equal(0, await Store.Relay(100, default));

        Assert.Equal("from inside", Assert.Single((await ClaimOf(receiver)).Mail).Payload.GetString());
    }

    [Fact]
    public async Task An_event_of_an_instance_that_nobody_waits_for_yet_is_parked()
    {
        await Commit(A.Send(await Started(), A.Publishes("paid", payload: "early")));
        await Store.Relay(100, default);

        var later = await Waiting(A.Event("paid"));

        Assert.Equal("early", Assert.Single((await ClaimOf(later)).Mail).Payload.GetString());
    }

    [Fact]
    public async Task A_child_starts_once_on_the_published_version_and_knows_its_parent()
    {
        await Store.SaveDefinition(A.Definition(1, isPublished: true, id: "child"), default);
        await Store.SaveDefinition(A.Definition(2, id: "child"), default);
        var (claim, bookmark) = (await Started(), A.Child());
        var start = Child(claim.InstanceId, bookmark.Id);
        await Commit(A.Wait(claim, bookmark) with { Outbox = [A.Starts(start)] });

        Assert.Equal(1, await Store.Relay(100, default));
        Assert.Equal(0, await Store.Relay(100, default));

        var child = await ClaimOne();
        Assert.Equal((start.InstanceId, "child", 1, "child-1"), (child.InstanceId, child.DefinitionId, child.DefinitionVersion, child.DefinitionVersionId));
        Assert.Equal(("case-1", "2026-0001"), (child.CorrelationId, child.BusinessKey));
        Assert.Equal((claim.InstanceId, bookmark.Id), (child.Parent!.InstanceId, child.Parent.BookmarkId));
        Assert.Equal(2, Assert.Single(child.Mail).Payload.GetProperty("round").GetInt32());
    }

    [Fact]
    public async Task A_parent_hears_at_once_that_its_child_has_no_published_definition()
    {
        var (claim, bookmark) = (await Started(), A.Child());
        var start = Child(claim.InstanceId, bookmark.Id, "unknown");
        await Commit(A.Wait(claim, bookmark) with { Outbox = [A.Starts(start)] });

        await Store.Relay(100, default);

        var mail = Assert.Single((await ClaimOf(claim.InstanceId)).Mail);
        Assert.Equal((MailKind.Child, (Guid?)bookmark.Id), (mail.Kind, mail.BookmarkId));
        var ended = new Wakeup("ended", BookmarkKind.Child, mail.Payload, mail.At).As<ChildEnded>()!;
        Assert.Equal((start.InstanceId, "Faulted"), (ended.InstanceId, ended.Status));
        Assert.Contains("unknown", ended.Fault);
        Assert.Equal(0, await Store.Relay(100, default));
    }

    [Fact]
    public async Task A_child_that_exists_already_is_not_started_again()
    {
        await Store.SaveDefinition(A.Definition(1, isPublished: true, id: "child"), default);
        var start = Child();
        await Commit(A.Send(await Started(), A.Starts(start), A.Starts(start)));

        await Store.Relay(100, default);

        Assert.Single((await ClaimOf(start.InstanceId)).Mail);
    }

    [Fact]
    public async Task Mail_of_a_child_wakes_its_parent_through_the_bookmark()
    {
        var bookmark = A.Child();
        var parent = await Waiting(bookmark);
        var ended = new ChildEnded(Guid.CreateVersion7(), "Finished", A.Json(new { sum = 7 }));
        await Commit(A.Send(await Started(), A.Mails(new NewMail(parent, MailKind.Child, A.Json(ended), BookmarkId: bookmark.Id))));

        Assert.Equal(1, await Store.Relay(100, default));

        var mail = Assert.Single((await ClaimOf(parent)).Mail);
        Assert.Equal(bookmark.Id, mail.BookmarkId);
        Assert.Equal(7, mail.Payload.GetProperty("output").GetProperty("sum").GetInt32());
    }

    [Fact]
    public async Task Mail_to_an_instance_that_has_ended_is_done_with()
    {
        await Commit(A.Send(await Started(), A.Mails(new NewMail(Guid.CreateVersion7(), MailKind.Cancel, default))));

        Assert.Equal(1, await Store.Relay(100, default));
        Assert.True((await Store.ReadAgenda(default)).IsQuiet);
    }

    [Fact]
    public async Task A_row_that_cannot_be_read_does_not_hold_up_the_others()
    {
        var receiver = await Waiting(A.Event("paid"));
        var broken = A.Row(new Message(MessageKind.Event, "event:?", A.Json("not an event")));
        await Commit(A.Send(await Started(), broken, A.Publishes("paid")));

        await Store.Relay(100, default);

        Assert.Single((await ClaimOf(receiver)).Mail);
    }

    [Theory]
    [InlineData(MessageKind.Event)]
    [InlineData(MessageKind.Start)]
    [InlineData(MessageKind.Mail)]
    public async Task A_row_of_another_shape_ends_as_a_dead_letter_and_not_in_a_circle(MessageKind kind)
    {
        await Commit(A.Send(await Started(), A.Row(new Message(kind, "?", A.Json(new { name = 5, definitionId = 5, instanceId = 5 })))));

        for (var attempt = 1; attempt <= 5; attempt++)
        {
            await Store.Relay(100, default);
            await Later(TimeSpan.FromHours(attempt));
        }

        Assert.Equal(1, await Ask("select count(*) from outbox where state = 3 and last_error is not null"));
        Assert.True((await Store.ReadAgenda(default)).IsQuiet);
    }

    [Fact]
    public async Task Racing_relays_carry_each_row_out_once()
    {
        var bookmarks = Enumerable.Range(0, 12).Select(i => A.Event($"paid-{i}")).ToArray();
        var receiver = await Waiting(bookmarks);
        await Commit(A.Send(await Started(), [.. bookmarks.Select(bookmark => A.Publishes(bookmark.Bookmark.Key!))]));

        var done = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Store.Relay(100, default)));

        Assert.Equal(12, done.Sum());
        Assert.Equal(12, (await ClaimOf(receiver)).Mail.Length);
    }

    public sealed class OnSqlite : RelayTests
    {
        protected override Task<IFlowStore> Open() => OpenSqlite();
    }

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres : RelayTests
    {
        protected override Task<IFlowStore> Open() => OpenPostgres();
    }
}
