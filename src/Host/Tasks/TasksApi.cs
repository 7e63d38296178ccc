using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Host.Access;
using Relief.Flow.Host.Answers;
using Relief.Flow.Host.Relief;
using Relief.Flow.Workflows.Runtime;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Host.Tasks;

/// <summary>People's tasks: find, claim, release, delegate, complete.</summary>
internal static class TasksApi
{
    public static void MapTasks(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/tasks").WithTags("Tasks").RequireAuthorization(Policies.See);

        group.MapGet("/", List).WithSummary("Tasks, newest first; without a state those that can be worked on").Refuses(422);
        group.MapGet("/lateness", Lateness).WithSummary("How units kept their deadlines: of the tasks due on these days, done late, and open and late (E15)").Refuses(422);
        group.MapGet("/{id:guid}", Get).WithSummary("One task with its form, its data and what was done with it").Refuses(404);

        Deed(group.MapPost("/{id:guid}/claim", Claim), "Take it");
        Deed(group.MapPost("/{id:guid}/release", Release), "Give it back");
        Deed(group.MapPost("/{id:guid}/delegate", HandOver), "Give it to another");
        Deed(group.MapPost("/{id:guid}/entrust", Entrust), "Have a colleague prepare it and hand it back (委派)");
        Deed(group.MapPost("/{id:guid}/hand-back", HandBack), "Hand it back to who entrusted it, with what was found");
        Deed(group.MapPost("/{id:guid}/complete", Complete), "Decide it; the same decision again gets the first answer");
        Deed(group.MapPost("/complete-many", CompleteMany), "One decision on many tasks of one kind that the person has taken (批量审批); what concerns money is decided alone");
        Deed(group.MapPost("/{id:guid}/urge", Urge), "Make it urgent and say why (催办), at most once in four hours");
        Deed(group.MapPost("/{id:guid}/copies", Copy), "Let others read it (抄送)");

        SignersApi.Map(group);
        ReturnsApi.Map(group);
        AttachmentsApi.Map(group);

        static void Deed(RouteHandlerBuilder deed, string summary) =>
            deed.WithSummary(summary).RequireAuthorization(Policies.Work).WithMetadata(Repeatable.Kept).Refuses(403, 404, 409, 422);
    }

    private static async Task<Results<Ok<Page<TaskSummary>>, ProblemHttpResult>> List(
        TaskQueries queries, [AsParameters] TaskListing asked, CancellationToken cancellationToken)
    {
        var fields = new Fields()
            .Check("after", string.IsNullOrEmpty(asked.After) || Cursor.Parse(asked.After) is not null, "Give what an earlier page returned as next.")
            .Check("take", asked.Take is null or (>= 1 and <= Cursor.MaxTake), $"1 to {Cursor.MaxTake}.");
        return fields.Refused is { } refused ? refused : TypedResults.Ok(await queries.List(asked.ToFilter(), asked.After, asked.Take, cancellationToken));
    }

    private static async Task<Results<Ok<Listing<UnitLateness>>, ProblemHttpResult>> Lateness(
        TaskQueries queries, ReliefRecords records, DateOnly from, DateOnly to, CancellationToken cancellationToken)
    {
        if (new Fields().Check("to", from.Year is >= 2000 and <= 2100 && from <= to && to <= from.AddYears(1), "Days of this century, the last not before the first and at most a year later.").Refused is { } refused)
            return refused;
        return TypedResults.Ok(new Listing<UnitLateness>(await queries.Lateness(ChinaTime.StartOf(from), ChinaTime.StartOf(to.AddDays(1)), await records.Now(cancellationToken), cancellationToken)));
    }

    // Who does tasks must read what they are about; who only looks on need not.
    private static async Task<Results<Ok<TaskDetail>, ProblemHttpResult>> Get(TaskQueries queries, Guid id, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        await queries.Find(id, cancellationToken) is not { } found ? NotFound()
            : TypedResults.Ok(Policies.Lets(user, Policies.Work) ? found : found with { Data = Masking.Masked("", found.Data), Result = Masking.Masked("", found.Result) });

    private static async Task<Results<Ok<TaskDone>, ProblemHttpResult>> Claim(TaskDesk desk, Guid id, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        await desk.FindConflict(id, [user.Acting()], cancellationToken) is { } forbidden
            ? forbidden
            : await Act(desk.Flows, new TaskDeed(id, TaskVerb.Claim, user.By()), cancellationToken);

    private static async Task<Results<Ok<TaskDone>, ProblemHttpResult>> Release(TaskDesk desk, Guid id, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        await desk.FindEntrusted(id, cancellationToken) is { } entrusted ? entrusted : await Act(desk.Flows, new TaskDeed(id, TaskVerb.Release, user.By()), cancellationToken);

    private static async Task<Results<Ok<TaskDone>, ProblemHttpResult>> HandOver(
        TaskDesk desk, Guid id, DelegateTask body, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (new Fields().Check("to", body.To is { } to && Actor.StaffId().IsMatch(to), "The staff id of the receiver is needed.").Refused is { } refused)
            return refused;
        return (await desk.FindEntrusted(id, cancellationToken) ?? await desk.FindConflict(id, [user.Acting(), body.To], cancellationToken)) is { } forbidden
            ? forbidden
            : await Act(desk.Flows, new TaskDeed(id, TaskVerb.Delegate, user.By(), body.To), cancellationToken);
    }

    private static async Task<Results<Ok<TaskDone>, ProblemHttpResult>> Complete(
        TaskDesk desk, Guid id, CompleteTask body, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (new Fields().Check("outcome", body.Outcome is { Length: > 0 }, "The chosen outcome is needed.").Refused is { } refused)
            return refused;
        if (await desk.FindConflict(id, [user.Acting()], cancellationToken) is { } forbidden)
            return forbidden;
        var filled = await desk.Look(id, body, cancellationToken);
        return filled.Refused is { } faults ? faults : await Act(desk.Flows, new TaskDeed(id, TaskVerb.Complete, user.By(), Outcome: body.Outcome, Data: filled.Data), cancellationToken);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Entrust(EntrustDesk desk, Guid id, EntrustTask body, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        await desk.Entrust(id, body, user.By(), user.Acting(), cancellationToken) is { } refused ? refused : TypedResults.NoContent();

    private static async Task<Results<NoContent, ProblemHttpResult>> HandBack(EntrustDesk desk, Guid id, HandBackTask body, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        await desk.HandBack(id, body, user.By(), cancellationToken) is { } refused ? refused : TypedResults.NoContent();

    private static async Task<Results<Ok<DecidedTasks>, ProblemHttpResult>> CompleteMany(ManyDesk desk, CompleteMany body, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var (decided, refused) = await desk.Complete(body, user.By(), user.Acting(), cancellationToken);
        return decided is not null ? TypedResults.Ok(new DecidedTasks(decided)) : refused!;
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Urge(NoteDesk notes, Guid id, UrgeTask body, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        await notes.Urge(id, body.Note, user.By(), cancellationToken) is { } refused ? refused : TypedResults.NoContent();

    private static async Task<Results<NoContent, ProblemHttpResult>> Copy(NoteDesk notes, Guid id, CopyTask body, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        await notes.Copy(id, body.To ?? [], user.By(), cancellationToken) is { } refused ? refused : TypedResults.NoContent();

    /// <summary>Does a deed and tells in words when it cannot be done.</summary>
    internal static async Task<Results<Ok<TaskDone>, ProblemHttpResult>> Act(Flows flows, TaskDeed deed, CancellationToken cancellationToken)
    {
        var receipt = await flows.Act(deed, cancellationToken);
        return receipt.Outcome switch
        {
            TaskOutcome.Done or TaskOutcome.Repeated => TypedResults.Ok(new TaskDone(
                deed.TaskId, receipt.State, receipt.Assignee, receipt.FirstOutcome ?? deed.Outcome, receipt.InstanceId)),
            TaskOutcome.NotFound => NotFound(),
            TaskOutcome.WrongState => Refusal.Of(409, "task.wrongState", $"The task is {receipt.State}.",
                ("state", receipt.State), ("assignee", receipt.Assignee), ("outcome", receipt.FirstOutcome)),
            TaskOutcome.Excluded => Refusal.Of(403, "task.excluded", "This person may not do this task."),
            TaskOutcome.NoSuchOutcome => new Fields().Add("outcome", "The task has no such outcome.").RefusedAs("task.noSuchOutcome")!,
            _ => throw new InvalidOperationException($"Unknown task outcome {receipt.Outcome}.")
        };
    }

    /// <summary>409 unless this person has taken the task.</summary>
    /// <param name="rule">What only who has taken it may do, in words.</param>
    internal static ProblemHttpResult? NotHeld(TaskSummary task, string by, string rule) => task.State == TaskState.Claimed && task.Assignee == by
        ? null
        : Refusal.Of(409, "task.wrongState", rule, ("state", task.State.ToString()), ("assignee", task.Assignee));

    internal static ProblemHttpResult NotFound() => Refusal.Of(404, "task.notFound", "There is no such task.");
}

/// <summary>What a list of tasks may be restricted to.</summary>
internal sealed record TaskListing
{
    [FromQuery(Name = "role")] public string? Role { get; init; }

    [FromQuery(Name = "unit")] public string? Unit { get; init; }

    [FromQuery(Name = "assignee")] public string? Assignee { get; init; }

    [FromQuery(Name = "subject")] public string? Subject { get; init; }

    [FromQuery(Name = "kind")] public string? Kind { get; init; }

    [FromQuery(Name = "businessKey")] public string? BusinessKey { get; init; }

    [FromQuery(Name = "instanceId")] public Guid? InstanceId { get; init; }

    /// <summary>Open, Claimed, Completed, Cancelled; may be repeated.</summary>
    [FromQuery(Name = "state")] public string[]? State { get; init; }

    [FromQuery(Name = "after")] public string? After { get; init; }

    [FromQuery(Name = "take")] public int? Take { get; init; }

    public TaskFilter ToFilter() => new()
    {
        Role = Role, Unit = Unit, Assignee = Assignee, Subject = Subject, Kind = Kind, BusinessKey = BusinessKey, InstanceId = InstanceId, States = State ?? []
    };
}

public sealed record DelegateTask(string? To);

/// <param name="Outcome">One of the task's outcomes.</param>
/// <param name="Data">The form's values by field.</param>
public sealed record CompleteTask(string? Outcome, JsonElement Data);

/// <param name="Note">Why, at most 200 characters.</param>
public sealed record UrgeTask(string? Note);

/// <param name="To">Staff ids, 1 to 20.</param>
public sealed record CopyTask(IReadOnlyList<string>? To);

/// <summary>How a task stands after a deed.</summary>
public sealed record TaskDone(Guid TaskId, string? State, string? Assignee, string? Outcome, Guid? InstanceId);
