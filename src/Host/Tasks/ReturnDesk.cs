using Microsoft.AspNetCore.Http.HttpResults;
using Relief.Flow.Host.Access;
using Relief.Flow.Host.Answers;
using Relief.Flow.Workflows.Operation;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Host.Tasks;

/// <summary>驳回 and 撤回 for the API and for the inbox: by name, with a reason.</summary>
internal sealed class ReturnDesk(TaskReturns returns, TaskQueries tasks, TaskDesk desk)
{
    /// <summary>The steps to which a task can go back; null when whoever asks sees no such task.</summary>
    public async Task<IReadOnlyList<DoneStep>?> Steps(Guid id, CancellationToken cancellationToken) =>
        await tasks.Find(id, cancellationToken) is null ? null : await returns.Steps(id, cancellationToken);

    /// <summary>Null when it went back, else why not.</summary>
    /// <param name="judged">Whom the staff register is asked about; null for a key that acts for nobody.</param>
    public async Task<ProblemHttpResult?> Return(Guid id, ReturnTask asked, string by, string? judged, CancellationToken cancellationToken)
    {
        if (Reasoned(asked.Reason).Check("to", asked.To is { Length: > 0 }, "The step to go back to; /returns names them.").Refused is { } wrong)
            return wrong;
        if (await tasks.Find(id, cancellationToken) is null)
            return TasksApi.NotFound();
        return await desk.FindConflict(id, [judged], cancellationToken) ?? Refused(await returns.Return(id, asked.To!, asked.Reason!.Trim(), by, cancellationToken));
    }

    /// <summary>Null when the decision was taken back, else why not.</summary>
    public async Task<ProblemHttpResult?> Withdraw(Guid id, WithdrawTask asked, string by, CancellationToken cancellationToken)
    {
        if (Reasoned(asked.Reason).Refused is { } wrong)
            return wrong;
        return await tasks.Find(id, cancellationToken) is null ? TasksApi.NotFound() : Refused(await returns.Withdraw(id, asked.Reason!.Trim(), by, cancellationToken));
    }

    private static Fields Reasoned(string? reason) => new Fields().Check("reason", reason?.Trim().Length is >= 2 and <= 500, "2 to 500 characters: whoever does it again reads it.");

    private static ProblemHttpResult? Refused(ReturnOutcome outcome) => outcome switch
    {
        ReturnOutcome.Done => null,
        ReturnOutcome.NotHeld => Refusal.Of(409, "task.wrongState", "Who has taken an open task sends it back, and who has done one takes it back."),
        ReturnOutcome.NoStep => Refusal.Of(409, "task.noWayBack", "The step was not done before, or something was approved, paid or sent since."),
        _ => Refusal.Of(409, "task.goneOn", "Work has gone on: the task is done, somebody has begun what came of it, or it was an approval.")
    };
}

/// <param name="To">The activity id of a step that was done.</param>
/// <param name="Reason">Why, 2 to 500 characters.</param>
public sealed record ReturnTask(string? To, string? Reason);

/// <param name="Reason">Why, 2 to 500 characters.</param>
public sealed record WithdrawTask(string? Reason);
