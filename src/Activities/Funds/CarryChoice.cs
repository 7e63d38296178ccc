namespace Relief.Flow.Activities.Funds;

/// <summary>What becomes of an open reservation at the close of its year.</summary>
public enum CarryChoice
{
    CarryOver,
    Release
}
