namespace Relief.Flow.Activities.Surveys;

/// <summary>How often nobody was found, on how many days.</summary>
/// <param name="Attempts">Visits.</param>
/// <param name="Days">Different days.</param>
public sealed record AttemptCount(int Attempts, int Days)
{
    /// <summary>True from 3 attempts on 2 days; three on one day do not count (SC-08).</summary>
    public bool Unreachable => Attempts >= 3 && Days >= 2;
}
