namespace Relief.Flow.Activities.Suppliers;

/// <summary>A worker with their training.</summary>
/// <param name="Worker">The worker.</param>
/// <param name="Trainings">The certificates, those that are over among them.</param>
public sealed record TrainedWorker(Worker Worker, IReadOnlyList<WorkerTraining> Trainings)
{
    /// <summary>Whether they hold valid training in a course on a day; what asks for no course anybody may do.</summary>
    public bool IsTrained(string? course, DateOnly on) => course is null || Trainings.Any(training => training.Course == course && training.ValidFrom <= on && training.ValidTo >= on);
}
