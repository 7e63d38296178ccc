using Microsoft.AspNetCore.Http.HttpResults;
using Relief.Flow.Host.Access;
using Relief.Flow.Host.Answers;
using Relief.Flow.Host.Tasks;
using Relief.Flow.Workflows;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Host.Console;

/// <summary>Does a verb on a task as the API does it: the same rules, asked at the same places.</summary>
internal sealed class TaskVerbs(TaskDesk desk)
{
    /// <summary>Null when it was done, now or before; else why not.</summary>
    public async Task<RefusedDeed?> Do(TaskDetail task, TaskDeed deed, InboxOwner owner, CancellationToken cancellationToken)
    {
        if (!owner.MayDo(task.Summary))
            return new RefusedDeed("task.notYours");
        if (deed.Verb == TaskVerb.Delegate && (deed.To is null || !Actor.StaffId().IsMatch(deed.To)))
            return new RefusedDeed("task.receiver");
        if (deed is { Verb: TaskVerb.Complete, Outcome: not { Length: > 0 } })
            return new RefusedDeed("task.chooseOutcome");
        if (deed.Verb is TaskVerb.Release or TaskVerb.Delegate && await desk.FindEntrusted(deed.TaskId, cancellationToken) is { } entrusted)
            return Of(entrusted);
        if (deed.Verb != TaskVerb.Release && await desk.FindConflict(deed.TaskId, [owner.Judged, deed.To], cancellationToken) is { } conflict)
            return Of(conflict);
        var filled = deed.Verb == TaskVerb.Complete ? await desk.Look(deed.TaskId, new CompleteTask(deed.Outcome, deed.Data), cancellationToken) : null;
        if (filled?.Refused is { } faults)
            return Of(faults);

        var receipt = await desk.Flows.Act(deed with { Outcome = filled is null ? null : deed.Outcome, Data = filled?.Data ?? default }, cancellationToken);
        return receipt.Outcome switch
        {
            TaskOutcome.Done or TaskOutcome.Repeated => null,
            TaskOutcome.Excluded => new RefusedDeed("task.excluded"),
            TaskOutcome.NoSuchOutcome => new RefusedDeed("task.chooseOutcome"),
            TaskOutcome.NotFound => new RefusedDeed("task.notFound"),
            _ => new RefusedDeed("task.wrongState") { By = receipt.Assignee }
        };
    }

    private static RefusedDeed Of(ProblemHttpResult problem) => new(problem.ProblemDetails.Extensions[Refusal.Code]?.ToString() ?? "task.refused")
    {
        By = problem.ProblemDetails.Extensions.TryGetValue("person", out var person) ? person?.ToString() : null,
        Fields = [.. Refusal.FieldsOf(problem).Select(TaskDesk.FieldOf)]
    };
}

/// <summary>Why a verb was not done.</summary>
/// <param name="Code">The API's code; the page has a text for it.</param>
public sealed record RefusedDeed(string Code)
{
    /// <summary>Who stands in the way: who took the task, or who may not do it.</summary>
    public string? By { get; init; }

    /// <summary>The fields that are missing or cannot be read.</summary>
    public IReadOnlyList<string> Fields { get; init; } = [];
}
