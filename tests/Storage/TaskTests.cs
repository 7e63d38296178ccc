using Relief.Flow.Workflows;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Tests.Storage;

public abstract class TaskTests : FlowStoreTests
{
    private Task<TaskReceipt> Do(NewBookmark task, TaskVerb verb, string by, string? outcome = null, string? to = null, object? data = null) =>
        Store.Act(new TaskDeed(task.Id, verb, by, to, outcome, data is null ? default : A.Json(data)), default);

    [Fact]
    public async Task A_completed_task_consumes_its_bookmark_into_the_decision()
    {
        var task = A.Task();
        var id = await Waiting(task);

        var receipt = await Do(task, TaskVerb.Complete, "ann", "Refuse", data: new { reason = "no papers" });

        Assert.Equal((TaskOutcome.Done, "Completed", "ann", (Guid?)id), (receipt.Outcome, receipt.State, receipt.Assignee, receipt.InstanceId));
        var mail = Assert.Single((await ClaimOf(id)).Mail);
        Assert.Equal((MailKind.Task, (Guid?)task.Id), (mail.Kind, mail.BookmarkId));
        var decision = new Wakeup("decided", BookmarkKind.Task, mail.Payload, mail.At).As<TaskDecision>()!;
        Assert.Equal(("Refuse", "ann", A.Noon), (decision.Outcome, decision.By, decision.At));
        Assert.Equal("no papers", decision.Data.GetProperty("reason").GetString());
    }

    [Fact]
    public async Task A_decision_without_a_form_is_a_decision()
    {
        var task = A.Task();
        var id = await Waiting(task);

        Assert.Equal(TaskOutcome.Done, (await Do(task, TaskVerb.Complete, "ann", "Approve")).Outcome);
        Assert.Equal("Approve", (await ClaimOf(id)).Mail[0].Payload.GetProperty("outcome").GetString());
    }

    [Fact]
    public async Task The_same_person_deciding_the_same_again_gets_the_first_answer()
    {
        var task = A.Task();
        var id = await Waiting(task);
        await Do(task, TaskVerb.Complete, "ann", "Approve");

        var again = await Do(task, TaskVerb.Complete, "ann", "Approve");

        Assert.Equal((TaskOutcome.Repeated, "Completed", "Approve"), (again.Outcome, again.State, again.FirstOutcome));
        Assert.Single((await ClaimOf(id)).Mail);
    }

    [Theory]
    [InlineData("ann", "Refuse")]
    [InlineData("bob", "Approve")]
    public async Task Another_decision_or_another_person_comes_too_late(string by, string outcome)
    {
        var task = A.Task();
        var id = await Waiting(task);
        await Do(task, TaskVerb.Complete, "ann", "Approve");

        var late = await Do(task, TaskVerb.Complete, by, outcome);

        Assert.Equal((TaskOutcome.WrongState, "Completed", "Approve"), (late.Outcome, late.State, late.FirstOutcome));
        Assert.Equal("Approve", Assert.Single((await ClaimOf(id)).Mail).Payload.GetProperty("outcome").GetString());
    }

    [Fact]
    public async Task Two_people_deciding_at_once_leave_one_decision()
    {
        var task = A.Task();
        var id = await Waiting(task);

        var receipts = await Task.WhenAll(Do(task, TaskVerb.Complete, "ann", "Approve"), Do(task, TaskVerb.Complete, "bob", "Refuse"));

        Assert.Single(receipts, receipt => receipt.Outcome == TaskOutcome.Done);
        Assert.Single((await ClaimOf(id)).Mail);
    }

    [Fact]
    public async Task A_claimed_task_is_only_the_claimers()
    {
        var task = A.Task();
        await Waiting(task);

        var claimed = await Do(task, TaskVerb.Claim, "ann");

        Assert.Equal((TaskOutcome.Done, "Claimed", "ann"), (claimed.Outcome, claimed.State, claimed.Assignee));
        Assert.Equal(TaskOutcome.Repeated, (await Do(task, TaskVerb.Claim, "ann")).Outcome);
        var bob = await Do(task, TaskVerb.Claim, "bob");
        Assert.Equal((TaskOutcome.WrongState, "Claimed", "ann"), (bob.Outcome, bob.State, bob.Assignee));
        Assert.Equal(TaskOutcome.WrongState, (await Do(task, TaskVerb.Complete, "bob", "Approve")).Outcome);
        Assert.Equal(TaskOutcome.WrongState, (await Do(task, TaskVerb.Release, "bob")).Outcome);
        Assert.Equal(TaskOutcome.Done, (await Do(task, TaskVerb.Complete, "ann", "Approve")).Outcome);
    }

    [Fact]
    public async Task A_task_given_to_a_person_at_once_is_theirs()
    {
        var task = A.Task("ann");
        await Waiting(task);

        Assert.Equal(TaskOutcome.WrongState, (await Do(task, TaskVerb.Complete, "bob", "Approve")).Outcome);
        Assert.Equal(TaskOutcome.Done, (await Do(task, TaskVerb.Complete, "ann", "Approve")).Outcome);
    }

    [Fact]
    public async Task A_released_task_is_open_to_others()
    {
        var task = A.Task();
        await Waiting(task);
        await Do(task, TaskVerb.Claim, "ann");

        var released = await Do(task, TaskVerb.Release, "ann");

        Assert.Equal((TaskOutcome.Done, "Open", (string?)null), (released.Outcome, released.State, released.Assignee));
        Assert.Equal(TaskOutcome.Repeated, (await Do(task, TaskVerb.Release, "ann")).Outcome);
        Assert.Equal(TaskOutcome.Done, (await Do(task, TaskVerb.Claim, "bob")).Outcome);
    }

    [Fact]
    public async Task A_delegated_task_is_the_receivers()
    {
        var task = A.Task();
        await Waiting(task);
        await Do(task, TaskVerb.Claim, "ann");

        var delegated = await Do(task, TaskVerb.Delegate, "ann", to: "bob");

        Assert.Equal((TaskOutcome.Done, "Claimed", "bob"), (delegated.Outcome, delegated.State, delegated.Assignee));
        Assert.Equal(TaskOutcome.Repeated, (await Do(task, TaskVerb.Delegate, "ann", to: "bob")).Outcome);
        Assert.Equal(TaskOutcome.WrongState, (await Do(task, TaskVerb.Complete, "ann", "Approve")).Outcome);
        Assert.Equal(TaskOutcome.Done, (await Do(task, TaskVerb.Complete, "bob", "Approve")).Outcome);
    }

    [Fact]
    public async Task An_excluded_person_can_neither_claim_nor_complete_nor_be_given_a_task()
    {
        var task = A.Task(null, "eve", "dan");
        var id = await Waiting(task);

        Assert.Equal(TaskOutcome.Excluded, (await Do(task, TaskVerb.Claim, "eve")).Outcome);
        Assert.Equal(TaskOutcome.Excluded, (await Do(task, TaskVerb.Complete, "eve", "Approve")).Outcome);
        await Do(task, TaskVerb.Claim, "ann");
        Assert.Equal(TaskOutcome.Excluded, (await Do(task, TaskVerb.Delegate, "ann", to: "dan")).Outcome);

        await NothingIsReady();
        Assert.Equal(TaskOutcome.Done, (await Do(task, TaskVerb.Complete, "ann", "Approve")).Outcome);
        Assert.Single((await ClaimOf(id)).Mail);
    }

    [Theory]
    [InlineData("Perhaps")]
    [InlineData("approve")]
    [InlineData(null)]
    public async Task An_outcome_that_the_task_does_not_have_changes_nothing(string? outcome)
    {
        var task = A.Task();
        await Waiting(task);

        Assert.Equal(TaskOutcome.NoSuchOutcome, (await Do(task, TaskVerb.Complete, "ann", outcome)).Outcome);
        Assert.Equal(TaskOutcome.Done, (await Do(task, TaskVerb.Claim, "bob")).Outcome);
    }

    [Fact]
    public async Task An_unknown_task_is_not_found() =>
        Assert.Equal(TaskOutcome.NotFound, (await Do(A.Task(), TaskVerb.Claim, "ann")).Outcome);

    [Fact]
    public async Task A_task_whose_bookmark_was_dropped_is_cancelled()
    {
        var task = A.Task();
        var id = await Waiting(task, A.Event("go"));
        await Store.Publish(A.Published("go"), default);
        await Commit(A.Wait(await ClaimOf(id), A.Event("more")) with { Dropped = [task.Id] });

        var late = await Do(task, TaskVerb.Complete, "ann", "Approve");

        Assert.Equal((TaskOutcome.WrongState, "Cancelled"), (late.Outcome, late.State));
        await NothingIsReady();
    }

    [Fact]
    public async Task Every_deed_leaves_a_trace()
    {
        var task = A.Task();
        await Waiting(task);
        await Do(task, TaskVerb.Claim, "ann");
        await Do(task, TaskVerb.Claim, "bob");
        await Do(task, TaskVerb.Delegate, "ann", to: "bob");
        await Do(task, TaskVerb.Complete, "bob", "Approve");

        Assert.Equal(3, await Ask("select count(*) from task_event"));
        Assert.Equal(1, await Ask("select count(*) from task_event where verb = 'Delegate' and by_whom = 'ann' and to_whom = 'bob'"));
    }

    public sealed class OnSqlite : TaskTests
    {
        protected override Task<IFlowStore> Open() => OpenSqlite();
    }

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres : TaskTests
    {
        protected override Task<IFlowStore> Open() => OpenPostgres();
    }
}
