using Relief.Flow.Workflows.Storage.Stuck;

namespace Relief.Flow.Workflows.Operation;

/// <summary>A deadline that will probably be missed, and what that is reckoned from.</summary>
/// <param name="Finding">The finding K22.</param>
/// <param name="Due">When it should be done.</param>
/// <param name="Expected">When it will be at the earliest, if the step that it is at and those that usually follow take what they take in half of all cases.</param>
public sealed record DeadlineRisk(Finding Finding, DateTimeOffset Due, DateTimeOffset Expected)
{
    /// <summary>How late it will be.</summary>
    public TimeSpan Late => Expected - Due;
}
