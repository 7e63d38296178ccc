using Microsoft.AspNetCore.Http.HttpResults;
using Relief.Flow.Activities.Intake;
using Relief.Flow.Host.Answers;
using Relief.Flow.Host.Relief;
using Relief.Flow.Workflows;
using Relief.Flow.Workflows.Runtime;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Host.Tasks;

/// <summary>Looks through a filled form before it reaches the engine, so that a person is told every field at once.</summary>
internal sealed class TaskDesk(Flows flows, TaskQueries queries, ReliefRecords records)
{
    private const string Data = "data.";

    public Flows Flows => flows;

    /// <summary>The form's field that an error of <see cref="Look"/> is about.</summary>
    public static string FieldOf(string error) => error[Data.Length..];

    /// <summary>Looks a filled form through. Refused: 422 with each field that is missing or of another type for this outcome, 409 when it waits for signers; not for tasks that are no longer open.</summary>
    public async Task<FilledTask> Look(Guid id, CompleteTask body, CancellationToken cancellationToken)
    {
        if (await queries.FindAny(id, cancellationToken) is not { Summary.State: TaskState.Open or TaskState.Claimed } task)
            return new FilledTask(null, default);   // nothing of it is kept
        return await Fault(task, body, cancellationToken) is { } fault ? new FilledTask(fault, default) : new FilledTask(null, FilledForm.Sealed(task.Form, body.Data, records.Key));
    }

    private async Task<ProblemHttpResult?> Fault(TaskDetail task, CompleteTask body, CancellationToken cancellationToken)
    {
        if (Entrusted(task) is { } entrusted)
            return entrusted;
        // Whether something happened outside is not said by one person (K21).
        if (task.Summary.Kind == UnknownOutcome.Kind && !task.Signers.Any(signer => signer.Agrees == true))
            return Refusal.Of(409, "repair.needsSecond", "Two people answer this: ask as a repair, or have somebody sign that you are right.");

        var fields = new Fields();
        foreach (var (field, message) in FilledForm.Faults(task.Form, body.Outcome!, body.Data))
            fields.Add(Data + field, message);
        if (fields.RefusedAs("task.formInvalid") is { } faults)
            return faults;
        if (TaskSigner.Missing(task.Signers) is { Count: > 0 } missing)
            return Refusal.Of(409, "task.waitsForSigners", "Others were asked to sign before it is decided.", ("signers", missing));
        await using var db = records.ReadingAll();
        return await new TaskRules(db).Problem(task.Summary.Kind, task.Summary.Subject, body.Outcome!, body.Data, cancellationToken) is { } problem
            ? Refusal.Of(409, problem, "The rules of relief do not allow this decision.")
            : null;
    }

    /// <summary>409 while a task is entrusted to somebody, who neither decides it nor gives it on.</summary>
    public async Task<ProblemHttpResult?> FindEntrusted(Guid id, CancellationToken cancellationToken) => await queries.FindAny(id, cancellationToken) is { } task ? Entrusted(task) : null;

    private static ProblemHttpResult? Entrusted(TaskDetail task) => task.Entrusted is { } line
        ? Refusal.Of(409, "task.entrusted", "It was entrusted: hand it back, and who entrusted it decides.", ("person", line.By))
        : null;

    /// <summary>403 with the reason when the staff register says that a person may not work on the task: whoever acts, and to whom it is given.</summary>
    /// <param name="people">Staff ids; null stands for a key that acts for nobody and is judged by its roles.</param>
    public async Task<ProblemHttpResult?> FindConflict(Guid id, IReadOnlyList<string?> people, CancellationToken cancellationToken)
    {
        if (people.All(person => person is null) || await queries.FindAny(id, cancellationToken) is not { Summary.State: TaskState.Open or TaskState.Claimed } task)
            return null;
        await using var db = records.ReadingAll();
        var (rules, now) = (new TaskRules(db), await records.Now(cancellationToken));
        foreach (var person in people.OfType<string>())
        {
            if ((await rules.Forbids(person, task.Summary.Role, task.Summary.Unit, now, cancellationToken)
                ?? await rules.Conflicts(person, task.Summary.Kind, task.Summary.Subject, cancellationToken)) is { } reason)
                return Refusal.Of(403, "task." + char.ToLowerInvariant(reason[0]) + reason[1..], "The staff register does not let this person do this task.",
                    ("reason", reason), ("person", person));
        }

        return null;
    }
}

/// <summary>A filled form that was looked through.</summary>
/// <param name="Refused">Why it cannot be taken; null when it may go on.</param>
/// <param name="Data">Its values as the engine gets them, ID numbers sealed.</param>
internal sealed record FilledTask(ProblemHttpResult? Refused, System.Text.Json.JsonElement Data);
