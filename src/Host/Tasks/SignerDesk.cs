using Microsoft.AspNetCore.Http.HttpResults;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Host.Access;
using Relief.Flow.Host.Answers;
using Relief.Flow.Host.Relief;
using Relief.Flow.Workflows.Runtime;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Host.Tasks;

/// <summary>加签, 减签 and 会签 for the API and for the inbox: who holds a task asks, who is asked signs, both by name.</summary>
internal sealed class SignerDesk(TaskSigners signers, TaskQueries tasks, ReliefRecords records)
{
    /// <summary>Null when they are asked from now on, else why not.</summary>
    public async Task<ProblemHttpResult?> Ask(Guid id, AskSigners asked, string by, CancellationToken cancellationToken)
    {
        var staff = asked.Staff ?? [];
        var fields = new Fields()
            .Check("staff", staff.Count is > 0 and <= TaskSigners.Most && staff.All(Actor.StaffId().IsMatch), $"1 to {TaskSigners.Most} staff ids.")
            .Check("staff", !staff.Contains(by), "Who holds the task decides it; nobody signs for themselves.")
            .Check("mode", asked.Mode is not null, $"One of {string.Join(", ", Enum.GetNames<SigningMode>())}.");
        if (fields.Refused is { } wrong)
            return wrong;
        if (await Held(id, by, cancellationToken) is var (task, refused) && refused is not null)
            return refused;
        if (staff.Any(task!.Excluded.Contains))
            return Refusal.Of(403, "task.excluded", "Who may not do this task does not sign it either.");
        if (task.Signers.Select(signer => signer.Staff).Union(staff).Count() > TaskSigners.Most)
            return fields.Add("staff", $"At most {TaskSigners.Most} sign one task.").Refused;
        await using var db = records.ReadingAll();
        if (await new StaffQueries(db).FirstUnknown(staff, cancellationToken) is { } unknown)
            return fields.Add("staff", $"Nobody of the id {unknown} works here.").Refused;

        await signers.Ask(id, staff, asked.Mode!.Value, by, cancellationToken);
        return null;
    }

    /// <summary>Null when somebody is asked no longer, else why not.</summary>
    public async Task<ProblemHttpResult?> Spare(Guid id, string staff, string by, CancellationToken cancellationToken) =>
        (await Held(id, by, cancellationToken)).Refused
        ?? (await signers.Spare(id, staff, cancellationToken) ? null : Refusal.Of(409, "task.signedAlready", "This person was not asked, or has signed."));

    /// <summary>Null when it was signed, else why not.</summary>
    public async Task<ProblemHttpResult?> Sign(Guid id, SignTask signed, string by, CancellationToken cancellationToken)
    {
        var fields = new Fields()
            .Check("agrees", signed.Agrees is not null, "Whether the person agrees.")
            .Check("note", signed.Note is null or { Length: <= 500 }, "At most 500 characters.")
            .Check("note", signed.Agrees is not false || signed.Note?.Trim() is { Length: > 0 }, "Who does not agree says why.");
        if (fields.Refused is { } wrong)
            return wrong;
        if (await tasks.Find(id, cancellationToken) is not { } task)
            return TasksApi.NotFound();
        return TaskSigner.MaySign(task.Signers, by) && await signers.Sign(id, by, signed.Agrees!.Value, signed.Note?.Trim(), cancellationToken)
            ? null
            : Refusal.Of(409, "task.notYourTurn", "This person is not asked to sign now: not at all, not yet, or no more.");
    }

    private async Task<(TaskDetail? Task, ProblemHttpResult? Refused)> Held(Guid id, string by, CancellationToken cancellationToken) => await tasks.Find(id, cancellationToken) is { } task
        ? (task, TasksApi.NotHeld(task.Summary, by, "Who has taken the task asks others to sign."))
        : (null, TasksApi.NotFound());
}
