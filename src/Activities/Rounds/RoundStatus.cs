namespace Relief.Flow.Activities.Rounds;

/// <summary>How far a round is.</summary>
public enum RoundStatus
{
    Open,
    Generated,
    Closed
}
