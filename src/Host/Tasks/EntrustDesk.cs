using Microsoft.AspNetCore.Http.HttpResults;
using Relief.Flow.Host.Access;
using Relief.Flow.Host.Answers;
using Relief.Flow.Workflows;
using Relief.Flow.Workflows.Runtime;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Host.Tasks;

/// <summary>委派 for the API and for the inbox: a colleague prepares a task and hands it back; who entrusted it decides.</summary>
/// <remarks>Apart from 转办, which is for good. What was entrusted is neither decided, released nor given on until it is handed back.</remarks>
internal sealed class EntrustDesk(TaskDesk desk, TaskNotes notes, TaskQueries tasks)
{
    /// <summary>Null when the colleague has it from now on, else why not.</summary>
    /// <param name="judged">Whom the staff register is asked about; null for a key that acts for nobody.</param>
    public async Task<ProblemHttpResult?> Entrust(Guid id, EntrustTask asked, string by, string? judged, CancellationToken cancellationToken)
    {
        var fields = Noted(asked.Note).Check("to", asked.To is { } to && Actor.StaffId().IsMatch(to) && to != by, "The staff id of a colleague.");
        if (fields.Refused is { } wrong)
            return wrong;
        if (await tasks.Find(id, cancellationToken) is not { } task)
            return TasksApi.NotFound();
        if (TasksApi.NotHeld(task.Summary, by, "Who has taken the task entrusts it.") is { } refused)
            return refused;
        if (await desk.FindConflict(id, [judged, asked.To], cancellationToken) is { } forbidden)
            return forbidden;

        // Noted first: a crash leaves a note about somebody who does not hold the task, which says nothing.
        await notes.Keep(id, "Entrust", (by, asked.To!), asked.Note!.Trim(), cancellationToken);
        return (await TasksApi.Act(desk.Flows, new TaskDeed(id, TaskVerb.Delegate, by, asked.To), cancellationToken)).Result as ProblemHttpResult;
    }

    /// <summary>Null when who entrusted it has it again, else why not.</summary>
    public async Task<ProblemHttpResult?> HandBack(Guid id, HandBackTask asked, string by, CancellationToken cancellationToken)
    {
        if (Noted(asked.Note).Refused is { } wrong)
            return wrong;
        if (await tasks.Find(id, cancellationToken) is not { } task)
            return TasksApi.NotFound();
        if (task.Entrusted is not { To: { } holder, By: var principal } || holder != by)
            return Refusal.Of(409, "task.notEntrusted", "This task was not entrusted to this person.");
        if ((await TasksApi.Act(desk.Flows, new TaskDeed(id, TaskVerb.Delegate, by, principal), cancellationToken)).Result is ProblemHttpResult refused)
            return refused;

        await notes.Keep(id, "HandBack", (by, principal), asked.Note!.Trim(), cancellationToken);
        return null;
    }

    private static Fields Noted(string? note) => new Fields().Check("note", note?.Trim().Length is > 0 and <= 500, "What is asked for, or what was found: 1 to 500 characters.");
}

/// <param name="To">The staff id of the colleague.</param>
/// <param name="Note">What is asked for, 1 to 500 characters.</param>
public sealed record EntrustTask(string? To, string? Note);

/// <param name="Note">What was found, 1 to 500 characters.</param>
public sealed record HandBackTask(string? Note);
