using System.Text.Json;
using Relief.Flow.Activities.Attachments;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Host.Tasks;
using Relief.Flow.Workflows;
using Relief.Flow.Workflows.Operation;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Host.Console;

/// <summary>Gathers what the page of one task shows.</summary>
internal sealed class TaskViews(InboxDesk desk, InstanceQueries instances, DrawnNames names, TaskReturns returns, AttachmentDesk files)
{
    // The member of a task's data by which an activity says why it asks again.
    private const string Problem = "problem";

    /// <summary>Null when there is no such task.</summary>
    public async Task<TaskView?> Of(Guid id, Visitor visitor, CancellationToken cancellationToken)
    {
        if (await desk.Tasks.Find(id, cancellationToken) is not { } task)
            return null;

        var summary = task.Summary;
        var instance = await instances.Find(summary.InstanceId, cancellationToken);
        var drawing = instance is null ? null : await names.Version(instance.VersionId, cancellationToken);
        var isMine = summary.State == TaskState.Claimed && summary.Assignee == visitor.By;
        return new TaskView
        {
            Task = task,
            Row = (await desk.Reckoned([summary], visitor, cancellationToken))[0],
            IsMine = isMine,
            IsExcluded = task.Excluded.Contains(visitor.By),
            DefinitionName = drawing?.Name,
            OutcomeNames = task.Outcomes.ToDictionary(outcome => outcome, outcome => names.Outcome(drawing, summary.ActivityId, outcome, visitor.Language)),
            Data = [.. NamedValue.In(task.Data).Where(one => one.Name != Problem)],
            SentBack = task.Data.ValueKind == JsonValueKind.Object && task.Data.TryGetProperty(Problem, out var code) ? code.GetString() : null,
            Files = await files.Of(id, cancellationToken) ?? [],
            Returns = isMine ? await returns.Steps(id, cancellationToken) : [],
            MayWithdraw = summary.State == TaskState.Completed && summary.CompletedBy == visitor.By && instance is { FinishedAt: null },
            Colleagues = isMine ? await desk.Colleagues(summary, visitor, cancellationToken) : [],
            Outcome = task.Outcomes is [var only] ? only : ""
        };
    }
}

/// <summary>A task as its page shows it.</summary>
public sealed record TaskView
{
    public required TaskDetail Task { get; init; }

    public required InboxRow Row { get; init; }

    /// <summary>Whether the visitor has taken it.</summary>
    public required bool IsMine { get; init; }

    /// <summary>False for who only reads along.</summary>
    public bool MayDo { get; init; } = true;

    /// <summary>Whether the visitor may not do it.</summary>
    public required bool IsExcluded { get; init; }

    public string? DefinitionName { get; init; }

    public required IReadOnlyDictionary<string, string> OutcomeNames { get; init; }

    /// <summary>What the person needs to know.</summary>
    public required IReadOnlyList<NamedValue> Data { get; init; }

    /// <summary>Why the answer before was not taken: a code with a text in <see cref="RefusedAnswers"/>; null the first time.</summary>
    public string? SentBack { get; init; }

    /// <summary>To whom it may be given.</summary>
    public required IReadOnlyList<StaffMember> Colleagues { get; init; }

    /// <summary>Photos and scans at it.</summary>
    public required IReadOnlyList<TaskAttachment> Files { get; init; }

    /// <summary>The steps to which who holds it may send it back.</summary>
    public required IReadOnlyList<DoneStep> Returns { get; init; }

    /// <summary>Whether the visitor did it, and its instance goes on: it may be taken back.</summary>
    public required bool MayWithdraw { get; init; }

    /// <summary>The outcome that is chosen; empty for none.</summary>
    public required string Outcome { get; init; }

    /// <summary>What was typed before it was refused, by field.</summary>
    public IReadOnlyDictionary<string, string> Typed { get; init; } = new Dictionary<string, string>();

    /// <summary>Why the last verb was not done.</summary>
    public RefusedDeed? Refused { get; init; }

    /// <summary>The title of the task that was completed before this one.</summary>
    public string? Done { get; init; }

    public TaskSummary Summary => Task.Summary;

    public bool IsOpen => Summary.State is TaskState.Open or TaskState.Claimed;

    /// <summary>The names of the outcomes for which a field is needed.</summary>
    public string NeededFor(FormField field) => string.Join("、", field.Outcomes.Select(outcome => OutcomeNames.GetValueOrDefault(outcome, outcome)));
}
