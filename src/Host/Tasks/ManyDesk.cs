using Microsoft.AspNetCore.Http.HttpResults;
using Relief.Flow.Host.Answers;
using Relief.Flow.Workflows;
using Relief.Flow.Workflows.Operation;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Host.Tasks;

/// <summary>批量审批: one decision on many tasks of one kind, each judged as if it were decided alone.</summary>
/// <remarks>Only tasks that the person has taken; what moves money, and what approves where money is moved after it, is decided one by one.</remarks>
internal sealed class ManyDesk(TaskDesk desk, TaskQueries tasks, InstanceQueries instances, MoneySteps money)
{
    /// <summary>The most that are decided together.</summary>
    public const int Most = 50;

    /// <summary>What became of each, in the order in which they were named; or why nothing was looked at.</summary>
    /// <param name="judged">Whom the staff register is asked about; null for a key that acts for nobody.</param>
    public async Task<(IReadOnlyList<DecidedTask>? Decided, ProblemHttpResult? Refused)> Complete(CompleteMany asked, string by, string? judged, CancellationToken cancellationToken)
    {
        var ids = (asked.TaskIds ?? []).Distinct().ToArray();
        var found = new List<TaskDetail>();
        foreach (var id in ids.Take(Most + 1))
        {
            if (await tasks.Find(id, cancellationToken) is { } task)
                found.Add(task);
        }

        var fields = new Fields().Check("taskIds", ids.Length is > 0 and <= Most, $"1 to {Most} tasks.").Check("outcome", asked.Outcome is { Length: > 0 }, "The chosen outcome is needed.")
            .Check("taskIds", found.Select(task => task.Summary.Kind).Distinct().Count() <= 1, "All of one kind: one decision cannot be right for different questions.");
        if (fields.Refused is { } wrong)
            return (null, wrong);

        List<DecidedTask> decided = [];
        foreach (var id in ids)
        {
            var refused = found.FirstOrDefault(task => task.Summary.Id == id) is { } task ? await Decide(task, asked, (by, judged), cancellationToken) : TasksApi.NotFound();
            decided.Add(new DecidedTask(id, refused is null, refused is null ? null : $"{refused.ProblemDetails.Extensions[Refusal.Code]}", refused?.ProblemDetails.Detail));
        }

        return (decided, null);
    }

    /// <summary>Whether a task is only decided alone: nobody moves money in passing.</summary>
    public async Task<bool> IsDecidedAlone(TaskSummary task, CancellationToken cancellationToken) =>
        await instances.Find(task.InstanceId, cancellationToken) is not { } instance || await money.DecidesMoney(instance.VersionId, task.ActivityId, cancellationToken);

    private async Task<ProblemHttpResult?> Decide(TaskDetail task, CompleteMany asked, (string Name, string? Judged) by, CancellationToken cancellationToken)
    {
        var summary = task.Summary;
        if (summary.State == TaskState.Open || summary.State == TaskState.Claimed && summary.Assignee != by.Name)
            return Refusal.Of(409, "task.wrongState", "Take it first: who decides many has looked at each.");
        if (await IsDecidedAlone(summary, cancellationToken))
            return Refusal.Of(409, "task.decidedAlone", "It concerns money: decide it by itself.");

        var body = new CompleteTask(asked.Outcome, asked.Data);
        if (await desk.FindConflict(summary.Id, [by.Judged], cancellationToken) is { } forbidden)
            return forbidden;
        var filled = await desk.Look(summary.Id, body, cancellationToken);
        if (filled.Refused is { } faults)
            return faults;

        var answer = await TasksApi.Act(desk.Flows, new TaskDeed(summary.Id, TaskVerb.Complete, by.Name, Outcome: asked.Outcome, Data: filled.Data), cancellationToken);
        return answer.Result as ProblemHttpResult;
    }
}

/// <param name="TaskIds">1 to 50 tasks of one kind that the person has taken.</param>
/// <param name="Outcome">The one decision.</param>
/// <param name="Data">The form's values by field, the same for all.</param>
public sealed record CompleteMany(IReadOnlyList<Guid>? TaskIds, string? Outcome, System.Text.Json.JsonElement Data);

/// <summary>What became of one of many.</summary>
/// <param name="Code">Why it was not done; null when it was, now or before.</param>
public sealed record DecidedTask(Guid TaskId, bool Done, string? Code, string? Detail);

/// <summary>What became of many.</summary>
public sealed record DecidedTasks(IReadOnlyList<DecidedTask> Items);
