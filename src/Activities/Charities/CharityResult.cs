namespace Relief.Flow.Activities.Charities;

/// <summary>What came of a step with a charity.</summary>
/// <param name="Id">The row made or changed; none when it was refused.</param>
/// <param name="Problem">Why it was refused: a stable code.</param>
public sealed record CharityResult(string? Id, string? Problem)
{
    /// <summary>Done.</summary>
    public static CharityResult Done(string id) => new(id, null);

    /// <summary>It cannot be so.</summary>
    public static CharityResult Not(string problem) => new(null, problem);
}
