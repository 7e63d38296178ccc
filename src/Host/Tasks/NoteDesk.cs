using Microsoft.AspNetCore.Http.HttpResults;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Host.Access;
using Relief.Flow.Host.Answers;
using Relief.Flow.Host.Relief;
using Relief.Flow.Workflows.Runtime;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Host.Tasks;

/// <summary>Urges and copies tasks for the API and for the inbox: whoever sees a task may.</summary>
internal sealed class NoteDesk(TaskNotes notes, TaskQueries tasks, ReliefRecords records)
{
    private const int MostReaders = 20;

    /// <summary>Null when it was urged, else why not.</summary>
    public async Task<ProblemHttpResult?> Urge(Guid id, string? note, string by, CancellationToken cancellationToken)
    {
        if (new Fields().Check("note", note is null or { Length: <= 200 }, "At most 200 characters.").Refused is { } wrong)
            return wrong;
        if (await tasks.Find(id, cancellationToken) is not { } task)
            return TasksApi.NotFound();
        return await notes.Urge(id, by, note?.Trim(), cancellationToken) switch
        {
            NoteOutcome.Done => null,
            NoteOutcome.TooSoon => Refusal.Of(409, "task.urgedAlready", "You urged this task less than four hours ago."),
            _ => Refusal.Of(409, "task.wrongState", $"The task is {task.Summary.State}.", ("state", task.Summary.State.ToString()))
        };
    }

    /// <summary>Null when they may read it from now on, else why not; who reads it already is no fault.</summary>
    public async Task<ProblemHttpResult?> Copy(Guid id, IReadOnlyList<string> to, string by, CancellationToken cancellationToken)
    {
        var fields = new Fields().Check("to", to.Count is > 0 and <= MostReaders && to.All(Actor.StaffId().IsMatch), $"1 to {MostReaders} staff ids.");
        if (fields.Refused is { } wrong)
            return wrong;
        if (await tasks.Find(id, cancellationToken) is not { } task)
            return TasksApi.NotFound();
        if (to.Any(task.Excluded.Contains))
            return Refusal.Of(403, "task.excluded", "This person may not do this task, and does not read it either.");

        await using var db = records.ReadingAll();
        if (await new StaffQueries(db).FirstUnknown(to, cancellationToken) is { } unknown)
            return fields.Add("to", $"Nobody of the id {unknown} works here.").Refused;

        await notes.Copy(id, by, to, cancellationToken);
        return null;
    }
}
