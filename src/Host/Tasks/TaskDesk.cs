using Microsoft.AspNetCore.Http.HttpResults;
using Relief.Flow.Host.Answers;
using Relief.Flow.Workflows.Runtime;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Host.Tasks;

/// <summary>Looks through a filled form before it reaches the engine, so that a person is told every field at once.</summary>
internal sealed class TaskDesk(Flows flows, TaskQueries queries)
{
    public Flows Flows => flows;

    /// <summary>422 with each field that is missing or of another type for this outcome; null when it may go on, also for tasks that are no longer open.</summary>
    public async Task<ProblemHttpResult?> FindFaults(Guid id, CompleteTask body, CancellationToken cancellationToken)
    {
        if (await queries.Find(id, cancellationToken) is not { Summary.State: TaskState.Open or TaskState.Claimed } task)
            return null;

        var fields = new Fields();
        foreach (var (field, message) in FilledForm.Faults(task.Form, body.Outcome!, body.Data))
            fields.Add("data." + field, message);
        return fields.RefusedAs("task.formInvalid");
    }
}
