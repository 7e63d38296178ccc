namespace Relief.Flow.Activities.Matching;

/// <summary>A data set that a run waits for.</summary>
/// <param name="Rule">What it means.</param>
/// <param name="Files">What has come of it, oldest first; none while it is missing.</param>
public sealed record AwaitedData(MatchRule Rule, IReadOnlyList<MatchFile> Files)
{
    /// <summary>Whether it is here.</summary>
    public bool HasCome => Files.Count > 0;
}
